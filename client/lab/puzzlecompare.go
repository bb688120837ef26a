package lab

import (
	"fmt"
	"slices"
	"strings"

	"optimist/client/search"
)

// compareWays puts the person's way beside the shortest.
func compareWays(p *Puzzle, best *Tape) *Comparison {
	c := &Comparison{
		sides: [2]*Player{NewPlayer(p.tape), NewPlayer(best)},
		walks: []string{"yours", "the shortest"},
		lines: []int{0},
		speed: usualSpeed,
	}
	mine, theirs := p.steps(), p.scout.whole.route.Moves
	for i := range max(len(mine), len(theirs)) {
		c.lines = append(c.lines, i+1)
	}
	c.differ = partOf(mine, theirs)
	c.results = [2]string{
		length(p.walk.Steps(), p.walk.Faults()),
		length(p.scout.whole.route.Steps, p.scout.whole.route.Faults),
	}
	return c
}

// partOf says at which step two ways first part.
func partOf(mine, theirs []search.Move) Difference {
	n := 0
	for n < min(len(mine), len(theirs)) && mine[n].Same(theirs[n]) {
		n++
	}
	if n == len(mine) && n == len(theirs) {
		return Difference{Text: "yours is the shortest, step by step."}
	}
	return Difference{Line: n + 1, Text: fmt.Sprintf("they part at step %d: in yours %s; in the shortest %s.", n+1, wordsAt(mine, n), wordsAt(theirs, n))}
}

// wordsAt is what a way does at a step.
func wordsAt(way []search.Move, n int) string {
	if n >= len(way) {
		return "it is over"
	}
	return way[n].Words
}

// bothSteps says what each side does at the step that is shown.
func (c *Comparison) bothSteps() string {
	if c.at == 0 {
		return "Two schedules of the same people, step by step: yours, and the shortest."
	}
	var parts []string
	for i, p := range c.sides {
		text := "it is over"
		if c.at < p.Len() {
			text = p.tape.doing(&p.tape.Stops[c.at])
		}
		parts = append(parts, c.walks[i]+": "+text)
	}
	return strings.Join(slices.Compact(parts), " | ")
}
