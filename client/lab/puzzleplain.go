package lab

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"optimist/client/search"
)

// PlainPuzzle plays a puzzle line by line: the choices are numbered, and the
// answers come from in. It returns whether the goal was reached; the end of in
// leaves the puzzle. tell shows how far a search is.
func PlainPuzzle(in io.Reader, out io.Writer, p *Puzzle, tell func(string)) (bool, error) {
	g := plainPuzzle{Puzzle: p, plain: plain{in: bufio.NewReader(in), out: bufio.NewWriter(out)}, show: tell}
	p.scout.whole = p.scout.send(p.walk, nil)
	g.say("%s", p.Goal())
	g.say("Type a number to choose, b to take a step back, h for a hint, q to leave.")
	for g.err == nil && !g.over {
		if f, reached := p.Reached(); reached {
			g.say("! %s.", alarm(f))
			g.end()
			return true, g.flush()
		}
		g.turn()
	}
	return false, g.flush()
}

// plainPuzzle is a puzzle being played line by line.
type plainPuzzle struct {
	*Puzzle
	plain
	show  func(string)
	asked bool // The choices stand above: what was answered was none of them.
}

func (g *plainPuzzle) flush() error { return errors.Join(g.err, g.out.Flush()) }

// turn offers the choices and does what is answered.
func (g *plainPuzzle) turn() {
	if !g.asked {
		g.offer()
	}
	g.asked = false
	line, more := g.line()
	n, err := strconv.Atoi(line)
	switch {
	case !more || line == "q":
		g.leave()
	case line == "b":
		g.back()
	case line == "h":
		g.hint()
	case err == nil && n >= 1 && n <= len(g.moves):
		g.choose(g.moves[n-1])
	default:
		g.asked = true
		g.say("%q is none of them: a number, b, h or q.", line)
	}
}

// offer lists the choices, faults last.
func (g *plainPuzzle) offer() {
	g.say("")
	g.say("Step %d. What happens?", g.walk.Steps()+1)
	plain := len(g.plainMoves())
	for i, mv := range g.moves {
		if i == plain {
			g.say("  or a fault (%d left):", g.walk.Left())
		}
		g.say("  %d %s", i+1, mv.Words)
	}
	if len(g.moves) == 0 {
		g.say("  Nothing more can happen.")
	}
}

// line reads an answer; false: nobody answers any more.
func (g *plainPuzzle) line() (string, bool) {
	if g.err = g.out.Flush(); g.err != nil {
		return "", false
	}
	line, err := g.in.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		g.err = fmt.Errorf("read an answer: %w", err)
	}
	if err != nil && line == "" {
		g.say("(nobody answers)")
		return "", false
	}
	return strings.ToLower(strings.TrimSpace(line)), true
}

// choose takes a step and tells what it did.
func (g *plainPuzzle) choose(mv search.Move) {
	if err := g.Take(mv); err != nil {
		g.say("%s.", err)
		return
	}
	g.say("%s", strings.Join(mv.Lines, ", "))
	for _, text := range g.sentences(g.walk.Steps()) {
		g.say("  %s.", text)
	}
}

func (g *plainPuzzle) back() {
	moved, err := g.Back(1)
	switch {
	case err != nil:
		g.say("%s.", err)
	case !moved:
		g.say("This is where it begins.")
	default:
		g.say("One step back; %s taken.", amount(g.walk.Steps(), "step"))
	}
}

// hint tells the next step of a shortest way.
func (g *plainPuzzle) hint() {
	if g.walk.Steps() == 0 || g.scout.whole.settled(0) {
		g.wait(g.scout.whole)
	}
	mv, known := g.scout.next(g.steps())
	if !known && g.hopeless() == "" {
		e := g.scout.send(g.walk, g.steps())
		g.wait(e)
		switch {
		case len(e.route.Moves) > 0:
			mv = e.route.Moves[0]
		case e.route.Cut != "":
			g.say("No hint: %s.", e.halted())
			return
		default:
			g.countHint()
			g.say("Hint: from here it can no longer be reached. b takes a step back.")
			return
		}
	} else if !known {
		g.say("No hint.%s", g.hopeless())
		return
	}
	g.countHint()
	g.say("Hint: %s.", mv.Words)
}

// wait waits for a search, telling how far it is.
func (g *plainPuzzle) wait(e *errand) {
	if e.route != nil {
		return
	}
	for over := false; !over; {
		over = e.settled(glanceEvery)
		g.show(fmt.Sprintf("looking for the shortest way: %d states", e.states.Load()))
	}
	g.show("")
	g.scout.heard(e)
}

// end tells the result, and the shortest way.
func (g *plainPuzzle) end() {
	g.wait(g.scout.whole)
	g.say("%s", g.Result())
	if !g.solved() {
		return
	}
	g.say("The shortest way:")
	for i, mv := range g.scout.whole.route.Moves {
		g.say("  %d %s", i+1, mv.Words)
	}
}

// leave says what is known of a goal that was not reached.
func (g *plainPuzzle) leave() {
	g.over = true
	g.say("Left after %s; it was not reached.", g.Tally())
	if !g.scout.whole.settled(0) {
		return // Nobody waits for what is still being looked for.
	}
	g.wait(g.scout.whole)
	if text := strings.TrimSpace(g.hopeless()); text != "" {
		g.say("%s", text)
	}
}
