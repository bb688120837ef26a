package scenario

import (
	"fmt"
	"slices"
	"strings"

	"optimist/shared/spelling"
	"optimist/shared/strategy"
)

// condition reads [strategy=a,b] or [strategy!=a].
func (p *parser) condition(s *scanner) *flaw {
	const form = "[strategy=NAME,…] or [strategy!=NAME,…]"
	end := strings.IndexByte(s.text, ']')
	if end < 0 {
		return &flaw{column: s.column, what: "the condition is not closed", hint: form}
	}
	s.take(1)
	body, isStrategy := strings.CutPrefix(s.text[:end-1], "strategy")
	body, not := strings.CutPrefix(body, "!")
	body, equals := strings.CutPrefix(body, "=")
	if !isStrategy || !equals {
		return &flaw{column: s.column, what: "unknown condition", hint: form}
	}
	s.take(end - 1 - len(body))
	p.line.Only.Not = not
	for _, name := range strings.Split(body, ",") {
		if preset, err := strategy.Named(name); err != nil || preset.Name != name {
			return &flaw{column: s.column, what: fmt.Sprintf("unknown strategy %q", spelling.Brief(name)), hint: suggest(name, strategy.Names())}
		}
		if slices.Contains(p.line.Only.Names, name) {
			return &flaw{column: s.column, what: name + " is named twice"}
		}
		p.line.Only.Names = append(p.line.Only.Names, name)
		s.take(min(len(name)+1, len(s.text)))
	}
	s.skip()
	return nil
}
