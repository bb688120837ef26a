package scenario

import (
	"fmt"
	"slices"

	"optimist/shared/sim"
	"optimist/shared/strategy"
)

// Check says what of the script contradicts itself under a strategy, as far as
// that can be known before it runs: nil, or Errors.
func (s *Script) Check(under strategy.Strategy) error {
	if found := s.check(under); len(found) > 0 {
		return found[:min(len(found), MaxErrors)]
	}
	return nil
}

// Vet is Check under every preset, for scripts that are to be run with each.
func (s *Script) Vet() error {
	var all Errors
	told := make(map[int]bool)
	for _, preset := range strategy.All() {
		for _, e := range s.check(preset) {
			if told[e.Line] {
				continue
			}
			told[e.Line] = true
			if preset != s.Strategy {
				e.What += " (under " + preset.Name + ")"
			}
			all = append(all, e)
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b Error) int { return a.Line - b.Line })
	return all[:min(len(all), MaxErrors)]
}

// walk is what is known of a run before it.
type walk struct {
	script *Script
	under  strategy.Strategy
	flaws  Errors
	line   *Line

	madeAt map[string]int // The line that makes each intent under this strategy.
	fewer  bool           // Under another, there are more.
	began  bool           // Something happened.
	held   Group
	down   map[string]bool
	cut    map[string]bool
	server bool // The server is down.
	armed  bool // A fault may have crashed it.

	sure  bool                // The queues below are what will stand at the server.
	queue map[string][]string // Of each client: intents never handled.
}

// check walks the script under a strategy.
func (s *Script) check(under strategy.Strategy) Errors {
	w := walk{
		script: s, under: under, sure: true,
		madeAt: make(map[string]int), down: make(map[string]bool), cut: make(map[string]bool), queue: make(map[string][]string),
	}
	for i := range s.Lines {
		switch l := &s.Lines[i]; {
		case l.Step.Do != Act || l.Step.Intent == "":
		case l.Only.Holds(under):
			w.madeAt[l.Step.Intent] = l.Number
		default:
			w.fewer = true
		}
	}
	for i := range s.Lines {
		if l := &s.Lines[i]; l.Kind == Directive && l.Only.Holds(under) {
			w.line = l
			w.step(&l.Step)
		}
	}
	return w.flaws
}

// flaw notes what is wrong with the line at hand, the first thing only.
func (w *walk) flaw(what, hint string) {
	if n := len(w.flaws); n > 0 && w.flaws[n-1].Line == w.line.Number {
		return
	}
	w.flaws = append(w.flaws, Error{
		File: w.script.Name, Line: w.line.Number, Column: w.line.Column,
		What: what, Text: w.script.text[w.line.Number-1], Hint: hint,
	})
}

// step takes the next directive.
func (w *walk) step(s *Step) {
	w.speaksOf(s)
	switch s.Do {
	case Use, Given:
		if w.began {
			w.flaw("the story has begun", "its setting comes before the first thing that happens")
		}
		return
	case Join, Hold, ClearFaults:
		w.held |= s.Group
		return
	case Arm:
		w.armed = w.armed || s.Fault.Kind.Crashes()
		w.sure = false
		return
	case Release:
		w.release(s.Group)
	case Act:
		w.act(s)
	case Handle:
		w.needs(ServerGates, "server")
		w.handle(s.Intent)
	case Project:
		w.needs(ProjectorGates, "projector")
	case DeliverReply:
		w.needs(ReplyGates, "replies")
		w.made(s.Intent)
	case DeliverFeed:
		w.needs(FeedGates, "feed")
	case Stabilize, Wait:
		w.sure = false
	case ExpectSees, ExpectSeesNo, ExpectFate, ExpectLog, ExpectRow, ExpectNoRow, ExpectNoRows,
		ExpectAnomaly, ExpectNoAnomaly, ExpectConverged:
	default:
		panic(fmt.Sprintf("scenario: unknown directive %d", s.Do))
	}
	w.began = true
}

// speaksOf says which intent of the line is never made under this strategy.
func (w *walk) speaksOf(s *Step) {
	if !w.fewer || s.Do == Act || s.Do == Arm {
		return
	}
	w.speaksOfOne(s.Intent)
	for _, intent := range s.Intents {
		w.speaksOfOne(intent)
	}
}

func (w *walk) speaksOfOne(intent string) {
	if _, made := w.madeAt[intent]; intent != "" && !made {
		w.flaw(fmt.Sprintf("%s is not made", intent), "the line that makes it has a condition; give this one the same")
	}
}

func (w *walk) release(g Group) {
	if w.held&g == 0 {
		w.flaw("nothing of that is held", "a hold comes before its release")
	}
	w.held &^= g
	w.sure = w.sure && g&ServerGates == 0
}

// needs says that a step through a gate needs the gate to be held.
func (w *walk) needs(g Group, name string) {
	if w.held&g == 0 {
		w.flaw("the gate is open: what stood there has moved", "`hold "+name+"` comes before it")
	}
}

// made says that a step of an intent comes before the intent.
func (w *walk) made(intent string) {
	if at := w.madeAt[intent]; at > w.line.Number {
		w.flaw(fmt.Sprintf("%s is made further down", intent), fmt.Sprintf("in line %d", at))
	}
}

// handle says that an intent is not the first of its client at the server.
func (w *walk) handle(intent string) {
	w.made(intent)
	client, _, _ := cutIntent(intent)
	queue := w.queue[client]
	at := slices.Index(queue, intent)
	if !w.sure || at < 0 {
		return
	}
	if at > 0 {
		w.flaw(fmt.Sprintf("%s is not the first of its queue", intent), fmt.Sprintf("%s is before it", queue[0]))
		return
	}
	w.queue[client] = queue[1:]
}

// act takes what a person or the environment does.
func (w *walk) act(s *Step) {
	c := s.Client
	switch s.Verb {
	case sim.CrashServer:
		if w.server && !w.armed {
			w.flaw("the server is down already", "server restart")
		}
		w.server, w.sure = true, false
	case sim.RestartServer:
		if !w.server && !w.armed {
			w.flaw("the server is not down", "")
		}
		w.server, w.sure = false, false
	case sim.CrashClient:
		w.turn(w.down, true, c+" is down already", c+" restart")
	case sim.RestartClient:
		w.turn(w.down, false, c+" is not down", "")
	case sim.Disconnect:
		w.turn(w.cut, true, c+" is disconnected already", c+" reconnect")
	case sim.Reconnect:
		w.turn(w.cut, false, c+" is not disconnected", "")
	case sim.Create, sim.Edit, sim.Delete, sim.Retry, sim.Dismiss, sim.Undo:
		w.typed(s)
	default:
		panic(fmt.Sprintf("scenario: verb %d in a script", s.Verb))
	}
}

// turn changes whether the client of the line is down or cut.
func (w *walk) turn(states map[string]bool, to bool, what, hint string) {
	c := w.line.Step.Client
	if states[c] == to {
		w.flaw(what, hint)
	}
	states[c], w.sure = to, false
}

// typed takes what a person does on a screen.
func (w *walk) typed(s *Step) {
	if w.down[s.Client] {
		w.flaw(s.Client+" is down", s.Client+" restart")
	}
	plain := s.Verb == sim.Create || s.Verb == sim.Edit || s.Verb == sim.Delete
	w.sure = w.sure && plain && w.under.Dependents == strategy.SendDependents
	if w.sure && s.Intent != "" && w.held&ServerGates != 0 {
		w.queue[s.Client] = append(w.queue[s.Client], s.Intent)
	}
}
