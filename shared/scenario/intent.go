package scenario

import (
	"errors"
	"fmt"
	"strings"

	"optimist/shared/spelling"
)

// mention is an intent, a record or a client that a line speaks of; it may come
// further down.
type mention struct {
	line, column int
	name         string
}

// mentioned returns a word of the line at hand as the name of something.
func (p *parser) mentioned(w word) mention { return mention{p.line.Number, w.column, w.raw} }

// resolve looks up the intents that lines speak of.
func (p *parser) resolve() {
	for _, m := range p.mentions {
		if p.full() {
			return
		}
		client, number, err := cutIntent(m.name)
		made, known := p.clients[client]
		switch {
		case err != nil:
			p.at(m.line, m.column, fmt.Sprintf("%q is no intent", spelling.Brief(m.name)), "CLIENT.NUMBER, such as alice.1")
		case !known:
			p.missing(mention{m.line, m.column, client}, fmt.Sprintf("unknown client %q", spelling.Brief(client)), suggest(client, p.script.Clients))
		case number > made:
			p.missing(mention{m.line, m.column, client}, fmt.Sprintf("%s is never made", m.name), intentsOf(client, made))
		}
	}
	for _, m := range p.targets {
		if !p.records[m.name] {
			p.missing(m, fmt.Sprintf("unknown record %q", spelling.Brief(m.name)), suggest(m.name, p.script.Records))
		}
	}
}

// intentsOf says which intents a client makes.
func intentsOf(client string, made int) string {
	switch made {
	case 0:
		return client + " makes no intent"
	case 1:
		return fmt.Sprintf("%s makes one intent: %s.1", client, client)
	}
	return fmt.Sprintf("%s makes %d intents: %s.1 to %s.%d", client, made, client, client, made)
}

var errNoIntent = errors.New("no intent")

// cutIntent returns the two parts of an intent's id.
func cutIntent(id string) (client string, number int, err error) {
	client, digits, _ := strings.Cut(id, ".")
	if client == "" || digits == "" || len(digits) > 6 || digits[0] == '0' {
		return "", 0, errNoIntent
	}
	for _, d := range digits {
		if d < '0' || d > '9' {
			return "", 0, errNoIntent
		}
		number = number*10 + int(d-'0')
	}
	return client, number, nil
}
