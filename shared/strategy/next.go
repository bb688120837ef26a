package strategy

import "strings"

// Word is one that may come next in the text of a strategy, and what it means.
type Word struct {
	Text string
	Help string
}

// Next returns what makes sense after the words of a strategy: the presets after
// none, and after those each choice on an axis that is not made yet and goes with
// the others. After words that are no strategy it is nothing.
func Next(words []string) []Word {
	var next []Word
	if len(words) == 0 {
		for _, s := range All() {
			next = append(next, Word{s.Name, s.Summary})
		}
		return next
	}
	text := strings.Join(words, " ")
	now, err := Parse(text)
	if err != nil {
		return nil
	}
	for _, a := range Axes() {
		for _, v := range a.Values {
			choice := a.Name + "=" + v.Name
			if s, err := Parse(text + " " + choice); err == nil && s != now {
				next = append(next, Word{choice, v.Help})
			}
		}
	}
	return next
}

// NextWhole is Next for a text of which the last word is being typed: what the
// whole text may become.
func NextWhole(typed string) []Word {
	begun := typed[:strings.LastIndexByte(typed, ' ')+1]
	next := Next(strings.Fields(begun))
	for i := range next {
		next[i].Text = begun + next[i].Text
	}
	return next
}
