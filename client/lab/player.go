package lab

import (
	"fmt"
	"slices"

	"optimist/client/view"
	"optimist/shared/anomaly"
)

// Speeds are how fast a story can play; 1 is a reader's.
var Speeds = []float64{0.1, 0.25, 0.5, 1, 2, 4, 8, 16}

// usualSpeed is the index of speed 1.
const usualSpeed = 3

// Player is a place in a tape and how it is looked at. It has one owner.
type Player struct {
	tape    *Tape
	at      int
	playing bool
	speed   int // Index into Speeds.

	person   string  // Whose screen is shown; "": that of who acted last.
	record   string  // Which record's life is shown; "": that of which something was heard last.
	timeline bool    // In place of the life.
	behind   int     // How many lines of that are below what is shown.
	log      bool    // The event log is open.
	lesson   *Lesson // nil: it is none.
	answers  []answer
	hand     bool // Whoever stands at the last stop goes on from there.
}

// answer is a prediction that was made.
type answer struct {
	choice   int // -1: none yet.
	revealed bool
	tried    []int // Of a check: what was answered and is not right.
}

// NewPlayer returns a player at the beginning of a tape.
func NewPlayer(t *Tape) *Player {
	p := &Player{tape: t, speed: usualSpeed, answers: make([]answer, len(t.Questions))}
	for i := range p.answers {
		p.answers[i].choice = -1
	}
	return p
}

// Tape returns what is played.
func (p *Player) Tape() *Tape { return p.tape }

// At returns the place, from 0.
func (p *Player) At() int { return p.at }

// Len returns how many stops there are.
func (p *Player) Len() int { return len(p.tape.Stops) }

// Stop returns where the player stands.
func (p *Player) Stop() *Stop { return &p.tape.Stops[p.at] }

// Jump goes to a stop, or to the nearest there is.
func (p *Player) Jump(at int) { p.at, p.behind = min(max(at, 0), p.Len()-1), 0 }

// Step goes n stops on, or back, and reports whether it moved.
func (p *Player) Step(n int) bool {
	was := p.at
	p.Jump(p.at + n)
	return p.at != was
}

// Home goes to the beginning.
func (p *Player) Home() { p.Jump(0) }

// End goes to the end.
func (p *Player) End() { p.Jump(p.Len() - 1) }

// Playing reports whether the story moves by itself.
func (p *Player) Playing() bool { return p.playing }

// Play starts or stops playing. At the end it starts over.
func (p *Player) Play(on bool) {
	if on && p.at == p.Len()-1 {
		p.Home()
	}
	p.playing = on
}

// Faster goes n speeds up, or down.
func (p *Player) Faster(n int) { p.speed = min(max(p.speed+n, 0), len(Speeds)-1) }

// Speed returns how fast the story plays.
func (p *Player) Speed() float64 { return Speeds[p.speed] }

// Asked returns the question at this stop and its index, -1 for none.
func (p *Player) Asked() (*Question, int) {
	if i := p.Stop().Question; i >= 0 {
		return &p.tape.Questions[i], i
	}
	return nil, -1
}

// Open reports whether a question stands here that has not been revealed.
func (p *Player) Open() bool {
	_, i := p.Asked()
	return i >= 0 && !p.answers[i].revealed
}

// Answer predicts option n, from 0, of the question at this stop.
func (p *Player) Answer(n int) bool {
	q, i := p.Asked()
	if i < 0 || n < 0 || n >= len(q.Options) || p.answers[i].revealed || p.answers[i].hasTried(n) {
		return false
	}
	p.answers[i].choice = n
	return true
}

// Reveal shows which answer is right; in a check, whether the chosen one is.
func (p *Player) Reveal() bool {
	if !p.Open() {
		return false
	}
	q, i := p.Asked()
	if q.Check {
		p.grade(i)
	} else {
		p.answers[i].revealed = true
	}
	return true
}

// Score returns how many predictions were right, of how many that were made and
// revealed. A check is no prediction.
func (p *Player) Score() (right, made int) {
	for i, a := range p.answers {
		if a.choice < 0 || !a.revealed || p.tape.Questions[i].Check {
			continue
		}
		made++
		if p.tape.Questions[i].Options[a.choice].Right {
			right++
		}
	}
	return right, made
}

// People returns everybody who is there at this stop.
func (p *Player) People() []string {
	var names []string
	for i := range p.Stop().State.Clients {
		names = append(names, p.Stop().State.Clients[i].Name)
	}
	return names
}

// NextPerson shows the screen of the next person.
func (p *Player) NextPerson() {
	names := p.People()
	if len(names) == 0 {
		return
	}
	p.person = names[(slices.Index(names, p.Person())+1)%len(names)]
}

// Person returns whose screen is shown: the chosen one's, else that of who
// acted last.
func (p *Player) Person() string {
	names := p.People()
	if slices.Contains(names, p.person) {
		return p.person
	}
	for at := p.at; at > 0; at-- {
		if a := &p.tape.Stops[at].Action; a.Verb.Personal() {
			return a.Client
		}
	}
	if len(names) > 0 {
		return names[0]
	}
	return ""
}

// Select goes n rows down, or up, in the table of records.
func (p *Player) Select(n int) {
	rows := p.desk(view.Theme{}).records("", 0).Rows
	at := slices.IndexFunc(rows, func(r view.Row) bool { return r.ID == p.Record() })
	if len(rows) > 0 {
		p.record = rows[min(max(at+n, 0), len(rows)-1)].ID
	}
}

// Record returns whose life is shown: the chosen record's, else that of which
// something was heard last.
func (p *Player) Record() string {
	ids := known(p.Stop().State)
	if slices.Contains(ids, p.record) {
		return p.record
	}
	for i := p.Stop().Events - 1; i >= 0; i-- {
		if id := p.tape.Trace.Events[i].Record; slices.Contains(ids, id) {
			return id
		}
	}
	return ""
}

// Found returns what the checkers found at this very stop, but for what only
// waits: see marked.
func (p *Player) Found() []anomaly.Finding { return p.tape.marked(p.at) }

// found returns what became certain at a stop.
func (t *Tape) found(at int) []anomaly.Finding {
	before := 0
	if at > 0 {
		before = t.Stops[at-1].Found
	}
	return t.Findings[before:t.Stops[at].Found]
}

// marked are the findings at a stop that are worth a mark. That something waits
// because a person is cut off, or the projector held, is a price that is being
// paid before everybody's eyes, and mostly over a moment later.
func (t *Tape) marked(at int) []anomaly.Finding {
	var list []anomaly.Finding
	for _, f := range t.found(at) {
		if waits := f.ID == "V7" || f.ID == "D9"; !waits || !f.Price {
			list = append(list, f)
		}
	}
	return list
}

// ToggleTimeline shows the timeline in place of a record's life, or not.
func (p *Player) ToggleTimeline() { p.timeline = !p.timeline }

// Reading times in milliseconds at speed 1.
const (
	stepTime = 1_100 // Of a step.
	wordTime = 260   // Of a word that is told.
	leastAge = 1_500 // Of anything that is told.
)

// Pause is how long the player stays at this stop at its speed, in milliseconds.
func (p *Player) Pause() int64 {
	s := p.Stop()
	ms := int64(stepTime)
	if p.at == 0 || p.tape.Stops[p.at-1].Story != s.Story {
		ms = max(leastAge, int64(words(s.Story))*wordTime)
	}
	for _, f := range p.Found() {
		ms += int64(words(f.Why)) * wordTime
	}
	return max(int64(float64(ms)/p.Speed()), 1)
}

// words counts words.
func words(text string) int {
	n, in := 0, false
	for _, r := range text {
		if blank := r == ' '; blank == in {
			in = !in
			if in {
				n++
			}
		}
	}
	return n
}

// place says where the player is, how fast, and when.
func (p *Player) place() string {
	state := "paused"
	switch {
	case p.at == p.Len()-1 && p.hand:
		state = "your turn"
	case p.at == p.Len()-1:
		state = "the end"
	case p.playing:
		state = "▶"
	}
	return fmt.Sprintf("%s %g×  %d/%d  t %d.%03d s", state, p.Speed(), p.at, p.Len()-1, p.Stop().State.Now/1000, p.Stop().State.Now%1000)
}
