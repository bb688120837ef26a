package strategy

import (
	"fmt"
	"strings"

	"optimist/shared/spelling"
)

// Parse reads the text of a strategy: a preset's name, and after it single axes
// that are chosen otherwise, such as "reconcile validate=projection". It returns
// an error that says what to type instead, or why a combination makes no sense.
func Parse(text string) (Strategy, error) {
	name, rest := word(text)
	i := presetAt(name)
	if i < 0 {
		return Strategy{}, unknownName(name)
	}
	s := presets[i]
	var named [len(axes)]bool
	for rest != "" {
		var choice string
		choice, rest = word(rest)
		axis, value, err := readChoice(choice)
		if err != nil {
			return Strategy{}, err
		}
		if named[axis] {
			return Strategy{}, fmt.Errorf("%s is chosen twice", axes[axis].Name)
		}
		named[axis] = true
		s.set(axis, value)
	}
	if s == presets[i] {
		return s, nil
	}
	s.Summary = chosenFreely
	if err := s.Check(); err != nil {
		return Strategy{}, fmt.Errorf("%s: %w", s.Text(), err)
	}
	return s, nil
}

// chosenFreely is the summary of every combination that is no preset.
const chosenFreely = "chosen axis by axis"

// Named is Parse.
func Named(text string) (Strategy, error) { return Parse(text) }

// Of returns the strategy that text is of, or the default for what Parse
// refuses: an event of the log may come from a program that knows more of them.
// A preset's name costs no allocation, nor does the lack of one.
func Of(text string) Strategy {
	if text == "" {
		text = Default
	}
	if i := presetAt(text); i >= 0 {
		return presets[i]
	}
	if s, err := Parse(text); err == nil {
		return s
	}
	return presets[presetAt(Default)]
}

// Text returns what Parse reads as s: the preset's name, and the axes on which
// s differs from it in their order. A strategy without a preset's name is told
// as it differs from the default.
func (s Strategy) Text() string {
	i := s.base()
	text := presets[i].Name
	for axis := range axes {
		if at := s.at(axis); at != presets[i].at(axis) {
			text += " " + axes[axis].Name + "=" + axes[axis].Values[at].Name
		}
	}
	return text
}

// base returns the place of the preset that s is told by.
func (s Strategy) base() int {
	if i := presetAt(s.Name); i >= 0 {
		return i
	}
	return presetAt(Default)
}

// word cuts the first word off text; what is left does not begin with space.
func word(text string) (first, rest string) {
	text = strings.TrimLeft(text, " \t")
	end := strings.IndexAny(text, " \t")
	if end < 0 {
		return text, ""
	}
	return text[:end], strings.TrimLeft(text[end:], " \t")
}

// readChoice reads AXIS=VALUE as places.
func readChoice(choice string) (axis int, value uint8, err error) {
	name, answer, both := strings.Cut(choice, "=")
	if axis = axisAt(name); axis < 0 {
		return 0, 0, unknownAxis(name)
	}
	at := valueAt(axis, answer)
	if !both || at < 0 {
		return 0, 0, unknownValue(axis, answer)
	}
	return axis, uint8(at), nil
}

func unknownName(name string) error {
	if axis, _, _ := strings.Cut(name, "="); axisAt(axis) >= 0 {
		return fmt.Errorf("%q has no strategy before it; write one first, such as %s %s", spelling.Brief(name), Default, spelling.Brief(name))
	}
	return fmt.Errorf("unknown strategy %q; %schoose one of %s", spelling.Brief(name), meant(name, Names()), strings.Join(Names(), ", "))
}

func unknownAxis(name string) error {
	names := make([]string, len(axes))
	for i := range axes {
		names[i] = axes[i].Name
	}
	if presetAt(name) >= 0 {
		return fmt.Errorf("%q is a second strategy; give one, and after it AXIS=VALUE", name)
	}
	return fmt.Errorf("unknown axis %q; %schoose one of %s", spelling.Brief(name), meant(name, names), strings.Join(names, ", "))
}

func unknownValue(axis int, answer string) error {
	names := make([]string, len(axes[axis].Values))
	for i, v := range axes[axis].Values {
		names[i] = v.Name
	}
	return fmt.Errorf("unknown %s %q; %schoose one of %s", axes[axis].Name, spelling.Brief(answer), meant(answer, names), strings.Join(names, ", "))
}
