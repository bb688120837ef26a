// Package view renders: a state, a size and a theme become a string. It reads
// no clock, keeps nothing and knows neither keys nor network, so that the same
// state is the same picture in a terminal, a golden file and a film.
package view

// Pane names a pane, by the number that focuses it.
type Pane uint8

// The panes, in the order of their numbers. The zero Pane is none.
const (
	PanePipeline Pane = iota + 1
	PaneRecords
	PaneInspector
	PaneLog
	PaneFaults
)

// Screen is all that one frame shows. Every text in it is raw: rendering passes
// each through the sanitiser, so no caller has to.
type Screen struct {
	Width, Height int
	Theme         Theme

	Header    Header
	Pipeline  Pipeline
	Records   Records
	Inspector Inspector
	Log       EventLog
	Faults    Faults

	Focus      Pane
	Zoomed     bool // The focused pane has the whole screen.
	LogOpen    bool
	FaultsOpen bool

	Toast *Toast // Newest unread notice, nil for none.
	Guide string // One line that leads through the demo, "" for none.
	Keys  []Key  // Hints for the footer, most important first.
	Stage *Stage // Of a story that is played, nil for none.

	Compare *Compare // In place of the panes, nil for none.
	Matrix  *Matrix  // In place of everything, nil for none.
	Hall    bool     // In place of everything: what a lecture hall can read.

	// At most one overlay is open.
	Form    *Form
	Confirm *Confirm
	Palette *Palette
	Help    *Help
	Notices *Notices
	Picker  *Picker

	Anomalies *Anomalies
}

// Key is one key and what it does.
type Key struct{ Key, Does string }

// Header is the top line.
type Header struct {
	Mode      string // demo, lab, or a server's URL.
	Client    string // Whose screen this is.
	Strategy  string
	Log, DB   uint64 // Last sequence in the log, and in the database.
	BehindFor int64  // Milliseconds the database has been behind; 0: it is not.
	Online    bool
	Loading   bool   // The first rows are not here yet.
	Waiting   string // What is waited for, "" for nothing.
	Filter    string
	Anomalies int // How many were found so far.
}

// Pipeline is the lane from the person to the screen.
type Pipeline struct {
	You      []Chip // Typed, not yet answered.
	Log      []Chip // In the log, not yet in the database; oldest first.
	Project  Chip   // What the projector is at; Text "" for nothing.
	State    string // running, stalled, retrying or failed.
	Why      string
	LogSeq   uint64
	DBSeq    uint64
	Guesses  int    // Pending mutations on the screen.
	Selected string // Name of the selected record.
	Seen     string // Its versions as the columns show them.
	InLog    string
	InDB     string
}

// Chip is a command or an event on its way: [A2 edit] or [A1 create #42].
type Chip struct {
	Text string
	Mark Mark
}

// Mark is the state of a thing on the screen: a glyph, a word and a style.
type Mark uint8

// The marks. The zero Mark is none.
const (
	MarkNone Mark = iota
	MarkPending
	MarkConfirmed
	MarkRolledBack
	MarkStalled
	MarkAnomaly
)

// Records is the table. Rows holds only what fits or a little more; the caller
// windows a million records by itself.
type Records struct {
	Total      int // After the filter.
	Pending    int // Mutations.
	RolledBack int
	Offset     int // Index of Rows[0] among Total.
	Rows       []Row
	Selected   int // Index into Rows, -1 for none in sight.
	Below      int // New records out of sight above or below, for "12 new".
	Filter     string
	Filtering  bool   // The filter is being typed.
	Cursor     int    // Position of the cursor in Filter, in characters.
	Title      string // In place of the pane's own; such a table has no filter.
	Empty      string // What to say when there is no row.
}

// Row is a line of the table.
type Row struct {
	ID       string
	Shown    string // The id as a person sees it; "" where ids are not shown.
	Name     string
	Email    string
	Mark     Mark
	Tags     string // Tags of pending and rolled-back mutations: "A1 A2".
	Seen     uint64 // Versions; 0: none there.
	Guess    bool   // Seen holds a guess: v2?.
	Log      uint64
	DB       uint64
	Age      int64  // Milliseconds since the last visible change; -1: unknown.
	Struck   bool   // Rolled back, or about to be deleted.
	Erased   string // What was typed and rolled back, "" for nothing; struck out after the name.
	Ghost    bool   // Deleted by another under a pending edit.
	Deleting bool
	Slow     bool
	Twin     bool // The same record as the row above, under the server's id.
}

// Inspector is the life of one record.
type Inspector struct {
	Row      Row // Of the record; ID "" for none.
	Steps    []Step
	Offset   int       // First step shown when they do not all fit; -1: the newest.
	Verdicts []Verdict // Newest first.
	Fields   []Field   // Field by field: on the screen, confirmed.
	Raw      string    // JSON, when asked for.

	Anomalies []Anomaly      // What was found of the record, the newest first.
	Timeline  []TimelineLine // In the place of the rest, when asked for.
}

// Field is one field as the screen and the database have it.
type Field struct{ Name, Seen, DB string }

// Step is one line of a life: when, where, what, and what came of it.
type Step struct {
	At    int64  // Milliseconds since the record's first step.
	When  string // In place of At, "" for At.
	Actor string // you, screen, outbox, server, log, proj, db, bob …
	Text  string
	Seq   uint64 // 0: none.
	Note  string // accepted, shown, confirmed …
	Mark  Mark
	Here  bool // The present: "you are here".
}

// Verdict explains one rollback.
type Verdict struct {
	Tag   string // A2
	What  string // What was rolled back.
	Why   string
	Fix   string
	Typed string // The person's own text, kept.
	Open  bool   // It is no rollback: nobody can tell yet.
	Keys  []Key
}

// EventLog is the newest part of the log.
type EventLog struct {
	Following bool
	New       int       // Events since the pane stopped following.
	Lines     []LogLine // Oldest first.
	Offset    int       // Index of the first line shown; ignored when following.
	Selected  int       // Index into Lines, -1 for none.
}

// LogLine is one event.
type LogLine struct {
	Seq     uint64
	Tag     string // Of this client's mutation, "" for others.
	Kind    string
	Record  string
	By      string
	Version uint64
	Note    string // waiting, in the database +12 ms, rejected: email_taken …
	Mark    Mark
}

// Faults is what is armed and what can be.
type Faults struct {
	Off      string // Why none can be armed; "" if they can.
	Choices  []FaultLine
	Selected int
	Aim      string // next, created, edited, deleted, or a record.
}

// FaultLine is one fault that can be armed.
type FaultLine struct {
	Text  string
	Help  string
	Armed string // "" or what is armed: "on created", "struck 2×".
}

// Toast is a notice at the bottom.
type Toast struct {
	Mark  Mark
	Text  string
	Keys  []Key
	Index int // 1 of Total.
	Total int
}

// Form edits a record.
type Form struct {
	Title  string
	Fields []FormField
	Focus  int
	Error  string
	Hint   string
}

// FormField is one input, already laid out by its editor.
type FormField struct {
	Label  string
	Value  string
	Cursor int // In characters; -1: not focused.
	Error  string
}

// Confirm asks before something is lost.
type Confirm struct {
	Title string
	Text  []string
	Keys  []Key
}

// Palette lists actions that match what was typed.
type Palette struct {
	Input    string
	Cursor   int
	Items    []PaletteItem
	Selected int
}

// PaletteItem is one action.
type PaletteItem struct{ Key, Name, Help string }

// Help lists every key.
type Help struct {
	Groups []HelpGroup
	Offset int
}

// HelpGroup is a titled list of keys.
type HelpGroup struct {
	Title string
	Keys  []Key
}

// Notices lists every toast there was.
type Notices struct {
	Lines  []Toast
	Offset int
}

// Picker chooses one of several.
type Picker struct {
	Title    string
	Items    []PickerItem
	Selected int    // -1: none; something else is being typed.
	Keys     []Key  // While nothing is typed.
	Input    string // What is typed.
	Cursor   int
	Note     string // What is to be known of what is selected or typed.
	Wrong    bool   // Note says what is wrong with it.
}

// PickerItem is a choice and what it means.
type PickerItem struct {
	Name, Help string
	Current    bool
}
