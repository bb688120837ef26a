package view

// sample is the race as the mock-ups tell it: Ada's create is in the log, the
// projector stalls, and her edit was refused.
func sample(w, h int, opt Options) Screen {
	return Screen{
		Width: w, Height: h, Theme: NewTheme(opt), Focus: PaneRecords,
		Header:    Header{Mode: "demo", Client: "ada", Strategy: "check-projection", Log: 43, DB: 41, BehindFor: 1900, Online: true},
		Pipeline:  samplePipeline(),
		Records:   sampleRecords(),
		Inspector: sampleInspector(),
		Log:       sampleLog(),
		Faults:    sampleFaults(),
		Guide:     "3 of 7  The edit was refused: enter says why, s changes the strategy.",
		Toast: &Toast{
			Mark: MarkRolledBack, Text: "Edit of Ada Lovelace rolled back: no such record", Index: 1, Total: 2,
			Keys: []Key{{"R", "retry"}, {"u", "undo"}, {"enter", "why"}},
		},
		Keys: []Key{
			{"n", "new"}, {"e", "edit"}, {"d", "delete"}, {"f", "faults"}, {"l", "log"}, {"s", "strategy"},
			{"?", "help"}, {":", "commands"}, {"tab", "pane"}, {"z", "zoom"}, {"q", "quit"},
		},
	}
}

func samplePipeline() Pipeline {
	return Pipeline{
		You: []Chip{{"A3 edit", MarkPending}}, Log: []Chip{{"#43", MarkNone}},
		Project: Chip{"A1 #42", MarkStalled}, State: "stalled", LogSeq: 43, DBSeq: 41, Guesses: 2,
		Selected: "Ada Lovelace", Seen: "v2?", InLog: "v1", InDB: "–",
	}
}

func sampleRecords() Records {
	rows := []Row{
		{ID: "1", Name: "Grace Hopper", Email: "grace@navy.example", Mark: MarkConfirmed, Seen: 3, Log: 3, DB: 3, Age: 8000},
		{ID: "2", Name: "Edsger Dijkstra", Email: "edsger@tue.example", Mark: MarkConfirmed, Seen: 1, Log: 1, DB: 1, Age: 74_000},
		{ID: "rec-7f3a", Name: "Ada Lovelace", Email: "ada@engine.example", Mark: MarkPending, Tags: "A1 A3", Seen: 2, Guess: true, Log: 1, Age: 1900},
		{ID: "4", Name: "Barbara Liskov", Email: "barbara@mit.example", Mark: MarkPending, Tags: "A4", Seen: 1, Guess: true, Log: 1, Age: 400},
		{ID: "5", Name: "Alan Turing", Email: "alan@bletchley.example", Mark: MarkRolledBack, Tags: "A2", Log: 1, DB: 1, Age: 64_000, Struck: true},
		{ID: "6", Name: "Tony Hoare", Email: "tony@ox.example", Mark: MarkConfirmed, Seen: 2, Log: 2, DB: 2, Age: 5000},
		{ID: "7", Name: "Katherine Johnson", Email: "kj@nasa.example", Mark: MarkPending, Tags: "A5", Seen: 4, Guess: true, Log: 4, DB: 4, Age: 100, Ghost: true},
		{ID: "8", Name: "Margaret Hamilton", Email: "margaret@apollo.example", Mark: MarkConfirmed, Seen: 7, Log: 7, DB: 7, Age: 7_400_000},
	}
	return Records{Total: 1204, Pending: 2, RolledBack: 1, Rows: rows, Selected: 2}
}

func sampleInspector() Inspector {
	return Inspector{
		Row: sampleRecords().Rows[2], Offset: -1,
		Fields: []Field{{"name", "Ada Lovelace", "–"}, {"email", "ada@engine.example", "–"}},
		Steps: []Step{
			{At: 0, Actor: "you", Text: "create “Ada”", Note: "shown", Mark: MarkPending},
			{At: 1, Actor: "outbox", Text: "stored A1"},
			{At: 2, Actor: "log", Text: "created v1", Seq: 42, Note: "accepted", Mark: MarkPending},
			{At: 3, Actor: "projector", Text: "picks the event", Seq: 42, Note: "stalled", Mark: MarkStalled},
			{At: 640, Actor: "you", Text: "edit → “Ada Lovelace”", Note: "shown", Mark: MarkPending},
			{At: 641, Actor: "server", Text: "looks the record up in the database"},
			{At: 642, Actor: "server", Text: "no row", Note: "not_found", Mark: MarkRolledBack},
			{At: 642, Actor: "screen", Text: "rolls back A2", Note: "rolled back", Mark: MarkRolledBack, Here: true},
		},
		Verdicts: []Verdict{{
			Tag: "A2", What: "edit of the name", Typed: "name: Ada Lovelace",
			Why:  "The edit was checked against the projection at #41; the create is #42: in the log, not yet in the database.",
			Fix:  "Retry once the create is confirmed, or check against the log: strategy reconcile.",
			Keys: []Key{{"R", "retry"}, {"E", "edit and retry"}, {"x", "dismiss"}},
		}},
	}
}

func sampleLog() EventLog {
	return EventLog{Following: true, Selected: -1, Lines: []LogLine{
		{Seq: 38, Kind: "edited", Record: "rec-2a90", By: "bob", Version: 3, Note: "in the database +15 ms", Mark: MarkConfirmed},
		{Seq: 39, Kind: "created", Record: "rec-0c11", By: "demo", Version: 1, Note: "in the database +11 ms", Mark: MarkConfirmed},
		{Seq: 40, Kind: "created", Record: "rec-1d20", By: "demo", Version: 1, Note: "in the database +12 ms", Mark: MarkConfirmed},
		{Seq: 41, Kind: "edited", Record: "rec-1d20", By: "bob", Version: 2, Note: "in the database +38 ms", Mark: MarkConfirmed},
		{Seq: 42, Tag: "A1", Kind: "created", Record: "rec-7f3a", By: "ada", Version: 1, Note: "stalled 1.9s", Mark: MarkStalled},
		{Seq: 43, Kind: "created", Record: "rec-91bc", By: "bob", Version: 1, Note: "waiting", Mark: MarkPending},
	}}
}

func sampleFaults() Faults {
	return Faults{Aim: "created", Selected: 1, Choices: []FaultLine{
		{Text: "append refused", Help: "the log takes nothing"},
		{Text: "projector stalls", Help: "events wait in the log", Armed: "on created, next 1"},
		{Text: "projection fails for good", Help: "the event is rejected"},
		{Text: "acknowledgement lost", Help: "the append is repeated"},
		{Text: "reply lost", Help: "the command is sent again"},
		{Text: "feed dropped", Help: "a gap: the client resyncs"},
	}}
}
