// Package scenario is the language in which this product tells its stories: one
// directive a line, with comments, narration and questions between them. A
// script is read here, checked before anything runs, brought into its one form,
// and run on any world, simulated or live, by one rule of motion: after each
// line everything that can move moves, except what is held.
package scenario

import (
	"fmt"

	"golang.org/x/tools/txtar"

	"optimist/shared/fault"
	"optimist/shared/reconcile"
	"optimist/shared/sim"
	"optimist/shared/strategy"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// Limits of a script and of its run.
const (
	MaxBytes    = 1 << 20            // Of a file.
	MaxLines    = 10_000             // Of a file, its sections included.
	MaxErrors   = 10                 // Errors that are told at once.
	MaxClients  = 32                 // Clients of one script.
	MaxProject  = 1024               // Events of one `project`.
	MaxWait     = 60 * 60_000        // Milliseconds of one `wait`.
	MaxExplored = 1_000_000_000_000  // States of a search.
	MaxJumps    = 100                // Timers that one `stabilize` jumps to.
	MaxIdle     = 3                  // Of them, in a row, that change nothing while the projector is stalled.
	MaxTimers   = 10_000             // Timers that strike one by one within a `wait`.
	MaxPermits  = 100_000            // Permits of one settling.
	MaxSearch   = 7 * 24 * 3_600_000 // Milliseconds of a search.
)

// Script is one scenario. Parse makes it; nobody changes it after.
type Script struct {
	Name     string             // The file's name, as errors show it.
	Title    string             // Of the `# title:` line; "" if there is none.
	Level    int                // Of the `# level:` line, 1 to 9; 0 if there is none.
	Lesson   int                // Its place in the course, of the `# lesson:` line; 0: it is none.
	Takeaway string             // What to remember, of the `# takeaway:` line; "" if there is none.
	Notes    []string           // Of the `# note:` lines, in their order; see NoteAt.
	Strategy strategy.Strategy  // Of the `use` line, or the default.
	Compare  *strategy.Strategy // Put beside it at its end, of the `# compare:` line; nil: none.
	Clients  []string           // In the order they come.
	Records  []string           // Every alias, in the order they come.
	Lines    []Line             // Every line of the script, blank ones too.
	Explore  *Explore           // The bounds of a search; nil without that section.
	Asks     []Ask              // Asked after the story, of the check section.
	Files    []txtar.File       // Every section after the script, as it stands.

	text  []string // The lines before the first section.
	noted []int    // The line of each note.
	asked []Line   // Of the check section.
}

// Text returns the lines before the first section. Nobody may change them.
func (s *Script) Text() []string { return s.text }

// Kind is what a line is.
type Kind uint8

// The kinds of line. The zero Kind is a blank line.
const (
	Blank Kind = iota
	Comment
	Narration // A line of text for whoever watches.
	Question  // A prediction that is asked for; its options follow.
	Option    // One of the answers.
	Directive // Something that happens, or must hold: Step says what.
)

// Line is one line of a script.
type Line struct {
	Number int // From 1.
	Column int // Of what follows the condition, in characters from 1.
	Kind   Kind
	Text   string    // Of a comment with its #, of anything else without its mark.
	Only   Condition // When it counts; the zero Condition: always.
	Right  bool      // Option: the right answer.
	Step   Step      // Of a Directive.
	Note   string    // Of a Directive: the comment behind it, with its #.

	words []word
}

// Condition says under which strategies a line counts. The zero Condition
// always holds.
type Condition struct {
	Not   bool     // All but those named.
	Names []string // Of presets.
}

// Holds reports whether the line counts under s. Axes chosen otherwise than the
// preset's do not matter: the name does.
func (c Condition) Holds(s strategy.Strategy) bool {
	if len(c.Names) == 0 {
		return true
	}
	for _, name := range c.Names {
		if name == s.Name {
			return !c.Not
		}
	}
	return c.Not
}

// Do is what a directive does.
type Do uint8

// The directives. The comment lists the fields of Step that mean something.
const (
	Use          Do = iota + 1 // Strategy.
	Join                       // Clients.
	Given                      // Record, Patch.
	Act                        // Verb; Client, but for the server's; Record, Patch, Intent as the verb needs them; Refused.
	Hold                       // Group.
	Release                    // Group.
	Handle                     // Intent.
	Project                    // N.
	DeliverReply               // Intent.
	DeliverFeed                // Client.
	Stabilize                  //
	Arm                        // Fault; its On as written.
	ClearFaults                //
	Wait                       // For.

	ExpectSees      // Client, Record, Patch, Status.
	ExpectSeesNo    // Client, Record.
	ExpectFate      // Intent, Fate, Code.
	ExpectLog       // Intents; none: nothing.
	ExpectRow       // Record, Patch.
	ExpectNoRow     // Record.
	ExpectNoRows    //
	ExpectAnomaly   // Anomaly, Intent.
	ExpectNoAnomaly //
	ExpectConverged //
)

// Expects reports whether d is an expectation, which moves nothing.
func (d Do) Expects() bool { return d >= ExpectSees }

// Group is a set of gates with one name.
type Group uint8

// The groups. The zero Group is invalid.
const (
	ServerGates Group = 1 << iota
	ProjectorGates
	ReplyGates
	FeedGates
	AllGates = ServerGates | ProjectorGates | ReplyGates | FeedGates
)

// groups are the words for them.
var groups = []struct {
	word  string
	group Group
}{{"all", AllGates}, {"server", ServerGates}, {"projector", ProjectorGates}, {"replies", ReplyGates}, {"feed", FeedGates}}

// Has reports whether g has the gate.
func (g Group) Has(gate sim.Gate) bool {
	switch gate {
	case sim.CommandGate, sim.AppendGate:
		return g&ServerGates != 0
	case sim.EventGate, sim.CommitGate:
		return g&ProjectorGates != 0
	case sim.ReplyGate:
		return g&ReplyGates != 0
	case sim.FeedGate:
		return g&FeedGates != 0
	}
	panic(fmt.Sprintf("scenario: unknown %v", gate))
}

// Step is what a directive says, flat: which fields mean something depends on
// Do. Records are named by their aliases.
type Step struct {
	Do       Do
	Verb     sim.Verb
	Strategy strategy.Strategy
	Client   string
	Clients  []string
	Record   string
	Patch    user.Patch
	Intent   string // Act: the intent it makes, "" if none.
	Intents  []string
	Refused  error // Act: why the value is refused when it is typed, so that no intent is made.
	Group    Group
	N        int // Project: how many events, at least 1.
	For      int64
	Fault    fault.Fault
	Status   reconcile.Status
	Fate     trace.Fate
	Code     user.Code
	Anomaly  string // As typed.
}

// Explore is the section that bounds a search.
type Explore struct {
	Faults []string // Kinds that the search may strike with, as typed.
	Budget int      // How many faults a path may have.
	Window int      // How far the system may lag: in intents, and in messages to each client.
	States int64    // The most states visited; 0: the searcher's limit.
	Time   int64    // The longest time in milliseconds; 0: the searcher's limit.

	lines []Line
}
