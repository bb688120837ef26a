package tui

import (
	"time"

	"github.com/google/uuid"

	"optimist/shared/fault"
	"optimist/shared/reconcile"
)

// Limits of what the model remembers, and its intervals in milliseconds.
const (
	MaxLog     = 1_000  // Events of the log kept for the log pane.
	MaxWaiting = 10_000 // Events kept that the database does not have yet.
	MaxLives   = 1_000  // Records whose life is remembered.
	MaxSteps   = 64     // Steps of one life.
	MaxNotices = 200    // Messages that can be read again.
	MaxFound   = 100    // Anomalies that can be read again.
	MaxTags    = 4_096  // Commands of this client whose tag is remembered, at least.
	MaxAges    = 65_536 // Records whose last change is remembered, at least.
	MaxLate    = 4_096  // Records that wait for a dialog to close before they move.
	MaxChips   = 12     // Chips of one part of the lane.
	MaxSweep   = 4_000  // Records looked at in one go when a filter is typed.

	AgeEvery   = 1_000  // Between two frames that only make things older.
	ToastFor   = 6_000  // Good news goes by itself after this long.
	AnomalyFor = 30_000 // What went wrong stays so long; the list of anomalies keeps it.
	NotableFor = 1_000  // A change pending for this long has its confirmation announced.
)

// Options is how a session starts.
type Options struct {
	ASCII    bool   // Symbols of seven bits only.
	Mouse    bool   // The mouse is reported at first.
	Demo     bool   // The guide leads through the race.
	Kept     bool   // The outbox outlives the session.
	Embedded bool   // The server is part of this program, so no fault may crash it.
	Mode     string // demo, lab, or a server's URL.
	Strategy string // Of new changes; "" is the server's default.
	Client   string // Whose session this is.
	Version  string // Of the program, for reports.
	Reports  string // The directory where a panic is reported; "" is the system's for temporary files.
	Course   Course // What there is to learn; zero: nothing.

	Now   func() int64  // Milliseconds, never going back, the Remote's clock; nil: the system's.
	NewID func() string // A fresh id; nil makes UUIDs of version 7.
}

// withDefaults fills in what was left out.
func (o Options) withDefaults() Options {
	if o.Strategy == "" && o.Demo {
		o.Strategy = demoStrategy
	}
	if o.Now == nil {
		o.Now = steadyClock()
	}
	if o.NewID == nil {
		o.NewID = newID
	}
	return o
}

// steadyClock returns a clock that starts at the system's time and never goes
// back, whatever becomes of the system's.
func steadyClock() func() int64 {
	start := time.Now()
	return func() int64 { return start.UnixMilli() + time.Since(start).Milliseconds() }
}

// newID returns a UUID of version 7: the time it was made comes first.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// Remote carries out what a person asks for. None of its methods blocks or
// fails: what comes of them arrives as messages.
type Remote interface {
	// Do carries out the replica's effects in order.
	Do(effects []reconcile.Effect)
	// Arm arms a fault at the server.
	Arm(f fault.Fault)
	// Clear disarms the fault with that id, or all for 0.
	Clear(id int)
}
