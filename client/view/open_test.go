package view

import "strings"

// What the kept pictures open over the sample.

func both(s *Screen) { s.LogOpen, s.FaultsOpen = true, true }

func empty(s *Screen) {
	s.Records, s.Inspector, s.Toast, s.Pipeline = Records{Selected: -1}, Inspector{}, nil, Pipeline{}
	s.Records.Empty = "No records yet. Press n to make the first one."
	s.Header.Log, s.Header.DB = 0, 0
}

func withForm(s *Screen) {
	s.Form = &Form{
		Title: "edit Ada Lovelace", Focus: 1, Hint: "enter saves · tab next field · esc leaves without saving",
		Fields: []FormField{
			{Label: "name", Value: "Ada King, Countess of Lovelace", Cursor: -1},
			{Label: "email", Value: "ada@@engine.example", Cursor: 4, Error: "not an email address"},
		},
	}
}

func withConfirm(s *Screen) {
	s.Confirm = &Confirm{
		Title: "delete Ada Lovelace?",
		Text:  []string{"The record disappears from the screen at once and from the database when the projector has read the event.", "Undo brings it back."},
		Keys:  []Key{{"D", "delete"}, {"esc", "keep it"}},
	}
}

func withPalette(s *Screen) {
	s.Palette = &Palette{Input: "re", Cursor: 2, Selected: 1, Items: []PaletteItem{
		{"n", "new record", "create a user"},
		{"R", "retry", "send what was rolled back again"},
		{"E", "edit and retry", "change what was typed, then send it"},
		{"", "strategy reconcile", "check against the log, reject in the log"},
	}}
}

func withHelp(s *Screen) {
	keys := []Key{{"n", "new record"}, {"e", "edit"}, {"d", "delete, then D"}, {"u", "undo"}, {"R", "retry"}, {"enter", "inspect"}}
	s.Help = &Help{Groups: []HelpGroup{
		{"records", keys}, {"panes", []Key{{"1 … 5", "focus a pane"}, {"tab", "next pane"}, {"z", "zoom"}, {"l", "event log"}}},
		{"faults", []Key{{"f", "faults"}, {"space", "arm"}, {"F", "clear all"}}},
		{"program", []Key{{"?", "this help"}, {":", "commands"}, {"q", "quit"}, {"ctrl-z", "suspend"}}},
	}}
}

func withNotices(s *Screen) {
	s.Notices = &Notices{Lines: []Toast{
		{Mark: MarkRolledBack, Text: "Edit of Ada Lovelace rolled back: no such record"},
		{Mark: MarkConfirmed, Text: "Grace Hopper confirmed at #38"},
		{Mark: MarkStalled, Text: "The projector stalls at #42"},
	}}
}

func withPicker(s *Screen) {
	s.Picker = &Picker{Title: "strategy", Selected: 1, Items: []PickerItem{
		{Name: "check-projection", Help: "an edit is checked against SQLite", Current: true},
		{Name: "check-log", Help: "an edit is checked against the log"},
		{Name: "reconcile", Help: "and rejections are logged, pushed and cascade"},
	}}
}

func withPickerNote(s *Screen) {
	withPicker(s)
	s.Picker.Note = "Price: failures are found late, by looking"
	s.Picker.Keys = []Key{{"enter", "choose"}, {"e", "choose single axes"}, {"esc", "leave"}}
}

func withPickerTyped(s *Screen) {
	withPicker(s)
	s.Picker.Selected, s.Picker.Input, s.Picker.Cursor = -1, "check-log raed=log", 18
	s.Picker.Note, s.Picker.Wrong = "unknown axis “raed”; did you mean read? choose one of write, validate, reply, read, dependents", true
}

// corpus is text that breaks screens.
var corpus = []string{
	"\x1b[2J\x1b[31mred\x1b]0;title\x07\x1bPq#0\x1b\\end",
	"\u009b31mC1 \u0085 \u009d0;t\u009c tail",
	"漢字かな交じり文の長い名前がここに続いていく",
	"👩‍👩‍👧‍👦 family 👍🏽 🇩🇪 ❤️ 1️⃣",
	"z" + strings.Repeat("\u0301\u0323", 40) + "algo",
	"\u0301starts with a mark",
	"abc\u202edesrever\u2069 \u2066x",
	"zero\u200bwidth\ufeff \u00ad soft \U000e0041tag",
	"क्षत्रिय நிலா กำไร မြို့ עִבְרִית",
	"\xff\xfe bad \xc3 utf8",
	"line\u2028sep\nnew\ttab\rcr\x00nul\x7f",
	strings.Repeat("W", 300),
	strings.Repeat("漢", 150),
	"│ ╮ │ border │ lookalike ╰",
	"\u1160\u3164\uffa0\u115f fillers \u2800",
	"한국어 ﾊﾝｶｸ ﷽ 𝕬",
}

func evil(i int) string { return corpus[i%len(corpus)] }

// hostile puts the corpus everywhere that text can come from outside.
func hostile(s *Screen) {
	s.Header.Mode, s.Header.Client, s.Header.Strategy, s.Guide = evil(0), evil(4), evil(2), evil(3)
	s.Records.Rows, s.Records.Filter = nil, evil(8)
	for i := range corpus {
		s.Records.Rows = append(s.Records.Rows, Row{ID: evil(i), Name: evil(i), Email: evil(i + 1), Tags: evil(i + 2), Mark: MarkPending, Seen: 1 << 63})
	}
	s.Pipeline.You, s.Pipeline.Log = []Chip{{evil(2), MarkPending}}, []Chip{{evil(3), MarkPending}, {evil(4), MarkNone}}
	s.Pipeline.Project, s.Pipeline.State, s.Pipeline.Selected = Chip{evil(5), MarkStalled}, evil(6), evil(7)
	s.Inspector = Inspector{Row: s.Records.Rows[3], Offset: -1}
	for i := range corpus {
		s.Inspector.Steps = append(s.Inspector.Steps, Step{At: 1 << 40, Actor: evil(i), Text: evil(i + 3), Note: evil(i + 5), Seq: 1 << 60, Mark: MarkRolledBack})
		s.Log.Lines = append(s.Log.Lines, LogLine{Seq: 1 << 62, Tag: evil(i), Kind: evil(i + 1), Record: evil(i + 2), By: evil(i), Note: evil(i + 3)})
		s.Faults.Choices = append(s.Faults.Choices, FaultLine{Text: evil(i), Help: evil(i + 1), Armed: evil(i + 2)})
	}
	s.Inspector.Verdicts = []Verdict{{Tag: evil(5), What: evil(2), Why: evil(11), Fix: evil(12), Typed: evil(4), Keys: []Key{{evil(2), evil(3)}, {"R", "retry"}}}}
	s.Inspector.Fields = []Field{{evil(0), evil(12), evil(11)}}
	s.Inspector.Anomalies = []Anomaly{{ID: evil(0), Name: evil(2), Why: evil(11), Also: evil(3), Note: evil(4)}}
	s.Toast = &Toast{Mark: MarkRolledBack, Text: evil(12), Keys: []Key{{"R", evil(2)}}}
	s.Keys = append([]Key{{evil(2), evil(3)}}, s.Keys...)
}

func hostileForm(s *Screen) {
	s.Form.Title, s.Form.Hint, s.Form.Error = evil(2), evil(11), evil(12)
	s.Form.Fields = []FormField{{Label: evil(2), Value: evil(12), Cursor: 70, Error: evil(8)}, {Label: evil(3), Value: evil(4), Cursor: -1}}
}

func hostileTimeline(s *Screen) {
	hostile(s)
	s.Inspector.Timeline = []TimelineLine{{Text: evil(2), Head: true}}
	for i := range corpus {
		s.Inspector.Timeline = append(s.Inspector.Timeline, TimelineLine{Text: evil(i), Mark: MarkAnomaly})
	}
}

func hostileAnomalies(s *Screen) {
	hostile(s)
	s.Anomalies = &Anomalies{Title: evil(1), Items: s.Inspector.Anomalies, Note: evil(12)}
}
