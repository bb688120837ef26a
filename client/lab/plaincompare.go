package lab

import (
	"bufio"
	"fmt"
	"io"
	"slices"

	"optimist/shared/scenario"
)

// PlainCompare tells two runs of a story at once, line by line of the script:
// what both do stands there once, and what only one of them does under its name.
// Then it says where they part and why, and how each ends. It returns the first
// failed write.
func PlainCompare(out io.Writer, a, b *Tape) error {
	p := plain{out: bufio.NewWriter(out)}
	p.say("%s", a.Trace.Title)
	p.say("%s and %s, with the same intents, seed and clock.", a.Under.Text(), b.Under.Text())
	p.say("What has no name before it holds for both.")
	differ := Differ(a, b)
	left, right := a.scenes(), b.scenes()
	for len(left)+len(right) > 0 {
		var at [2]*scene
		line := min(next(left), next(right))
		if next(left) == line {
			at[0], left = &left[0], left[1:]
		}
		if next(right) == line {
			at[1], right = &right[0], right[1:]
		}
		p.both([2]string{a.Under.Text(), b.Under.Text()}, at)
		if line == differ.Line {
			p.say("  ^ From here on it comes out differently.")
		}
	}
	p.say("")
	p.say("%s", differ.Text)
	for _, t := range []*Tape{a, b} {
		p.say("%s: %s", t.Under.Text(), t.Account())
	}
	return p.out.Flush()
}

// scene is one line of the script as a run has it: a paragraph, or what is
// played, and what happened then.
type scene struct {
	line     int
	head     string
	happened []string
}

// scenes are those of a story, without what it asks.
func (t *Tape) scenes() []scene {
	var list []scene
	end := len(t.Stops)
	if t.told > 0 {
		end = t.told
	}
	for at := 1; at < end; at++ {
		s := &t.Stops[at]
		if line := lineOf(s); len(list) == 0 || list[len(list)-1].line != line {
			list = append(list, scene{line: line, head: t.headline(s)})
		}
		last := &list[len(list)-1]
		last.happened = append(last.happened, t.happened(at)...)
	}
	return slices.DeleteFunc(list, func(s scene) bool { return s.head == "" && len(s.happened) == 0 })
}

// headline is what stands above what happens at a stop, "" above a question.
func (t *Tape) headline(s *Stop) string {
	switch {
	case s.Question >= 0:
		return ""
	case s.Line.Kind == scenario.Narration:
		return s.Story
	}
	return fmt.Sprintf("line %d: %s", s.Line.Number, t.text(s.Line.Number))
}

// next is the line of the first scene; behind the last there is none.
func next(list []scene) int {
	if len(list) == 0 {
		return int(^uint(0) >> 1)
	}
	return list[0].line
}

// both tells of one line under two names; a run that does not have it is nil.
func (p *plain) both(names [2]string, at [2]*scene) {
	p.say("")
	if at[0] == nil || at[1] == nil || at[0].head != at[1].head {
		for side, s := range at {
			if s != nil {
				p.alone(names[side], append([]string{s.head}, s.happened...))
			}
		}
		return
	}
	if at[0].head != "" {
		p.say("%s", at[0].head)
	}
	for _, part := range aligned(at[0].happened, at[1].happened) {
		for _, text := range part.both {
			p.say("  %s", text)
		}
		for side, only := range part.only {
			p.alone(names[side], only)
		}
	}
}

// alone tells what one of the two does.
func (p *plain) alone(name string, list []string) {
	if len(list) == 0 {
		return
	}
	p.say("  %s:", name)
	for _, text := range list {
		if text != "" {
			p.say("    %s", text)
		}
	}
}

// part is what two lists share, and then what each has by itself.
type part struct {
	both []string
	only [2][]string
}

// aligned goes through two lists in step: what they share, in the order that
// both have, and between that what only one has.
func aligned(a, b []string) []part {
	var list []part
	shared := longestCommon(a, b)
	for len(a)+len(b) > 0 {
		var p part
		for len(shared) > 0 && a[0] == shared[0] && b[0] == shared[0] {
			p.both = append(p.both, shared[0])
			a, b, shared = a[1:], b[1:], shared[1:]
		}
		p.only[0], a = before(a, shared)
		p.only[1], b = before(b, shared)
		list = append(list, p)
	}
	return list
}

// before splits a list before the first of those that are shared.
func before(list, shared []string) (only, rest []string) {
	if len(shared) == 0 {
		return list, nil
	}
	at := slices.Index(list, shared[0])
	return list[:at], list[at:]
}

// longestCommon is the longest list that is in both, in order, if with gaps.
func longestCommon(a, b []string) []string {
	best := make([][]int, len(a)+1) // Of what is behind i and j.
	for i := range best {
		best[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if a[i] == b[j] {
				best[i][j] = best[i+1][j+1] + 1
			}
		}
	}
	var list []string
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			list = append(list, a[i])
			i, j = i+1, j+1
		case best[i+1][j] >= best[i][j+1]:
			i++
		default:
			j++
		}
	}
	return list
}
