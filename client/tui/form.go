package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"optimist/client/terminal"
	"optimist/client/view"
	"optimist/shared/event"
	"optimist/shared/reconcile"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// formKind says what a form's answer becomes.
type formKind uint8

const (
	formNew formKind = iota + 1
	formEdit
	formRetry
)

// form edits one record. It belongs to a record's id, so whatever moves under
// it changes nothing about what it is for.
type form struct {
	kind   formKind
	record string
	seq    uint64 // Of the record's row when it opened.
	title  string
	inputs [2]terminal.Input // The name, the email.
	focus  int
	failed string // What is wrong with the whole, after an attempt to save.
	tried  bool
}

var fieldNames = [2]string{"name", "email"}

// newForm returns a form prefilled with name and email.
func newForm(kind formKind, record, title, name, email string) *form {
	return &form{kind: kind, record: record, title: title, inputs: [2]terminal.Input{terminal.Filled(name), terminal.Filled(email)}}
}

// problem says what is wrong with a field, in the server's words.
func (f *form) problem(field int) string {
	check := user.ValidateName
	if field == 1 {
		check = user.ValidateEmail
	}
	if err := check(f.inputs[field].Value()); err != nil && f.sets(field) {
		return err.Error()
	}
	return ""
}

// shortProblem is how long a problem may be, in bytes, to stand below its field;
// a longer one stands below the form, where it is wrapped.
const shortProblem = 42

// sets reports whether the answer sets a field: all of a new record, and what
// was changed of another.
func (f *form) sets(field int) bool { return f.kind == formNew || f.inputs[field].Touched() }

// patch returns what the answer sets.
func (f *form) patch() user.Patch {
	var p user.Patch
	if f.sets(0) {
		p = user.SetName(f.inputs[0].Value()).Over(p)
	}
	if f.sets(1) {
		p = user.SetEmail(f.inputs[1].Value()).Over(p)
	}
	return p
}

// press takes a key of an open form. Letters are text, whatever else they mean.
func (m *Model) pressForm(key tea.KeyPressMsg) {
	f := m.form
	switch key.String() {
	case "esc":
		m.form = nil
	case "tab", "down", "shift+tab", "up":
		f.focus = 1 - f.focus
	case "enter":
		m.save()
	default:
		f.inputs[f.focus].Take(key)
		f.failed = ""
	}
}

// save submits the form, or goes to what is wrong with it.
func (m *Model) save() {
	f := m.form
	for i := range f.inputs {
		if f.problem(i) == "" {
			continue
		}
		// An empty field that comes next is not wrong, it is next.
		f.tried = f.tried || f.focus == i || f.inputs[i].Value() != ""
		f.focus = i
		return
	}
	p := f.patch()
	if f.kind == formEdit && p.Set == 0 {
		f.failed = "nothing was changed: type, or Esc leaves"
		return
	}
	m.form = nil
	in := m.asked(f, p)
	if m.step(in); m.declined != "" {
		f.failed = m.declinedWhy(m.declined) + ". Your text is kept here: save again then, or Esc."
		m.form = f
		return
	}
	m.goWith(in)
	m.lookAtRecord()
}

// asked returns what the form's answer asks of the replica.
func (m *Model) asked(f *form, p user.Patch) reconcile.Input {
	in := reconcile.Input{
		Kind: reconcile.Submit, At: m.now, ID: m.opts.NewID(), Record: f.record,
		Op: user.Edit, Patch: p, Strategy: m.strategy, Base: f.seq,
	}
	switch f.kind {
	case formNew:
		if m.reads().Identity == strategy.ByEmail {
			f.record = event.EmailToken(p.Email)
			in.Record = f.record
		}
		in.Op, m.adopt = user.Create, f.record
		if !matches(reconcile.View{ID: f.record, Name: p.Name, Email: p.Email}, m.table.filter) {
			m.setFilter("") // What was just made must not be hidden.
		}
	case formRetry:
		in.Kind, in.Op = reconcile.Retry, 0
	case formEdit:
	default:
		panic(fmt.Sprintf("tui: unknown form %d", f.kind))
	}
	return in
}

// goWith goes along with what was tried again, if that is another record now.
func (m *Model) goWith(in reconcile.Input) {
	if mu, made := m.replica.Mutation(in.ID); made && mu.Record != in.Record {
		m.adopt = mu.Record
	}
}

// viewForm returns the form as it is drawn.
func (m *Model) viewForm() *view.Form {
	f := m.form
	if f == nil {
		return nil
	}
	out := &view.Form{
		Title: f.title, Focus: f.focus, Error: f.failed,
		Hint: "Tab next field · Enter saves · Esc leaves",
	}
	for i := range f.inputs {
		field := view.FormField{Label: fieldNames[i], Value: f.inputs[i].Value(), Cursor: -1}
		if i == f.focus {
			field.Cursor = f.inputs[i].Cursor()
		}
		if f.inputs[i].Touched() || f.tried {
			field.Error = f.problem(i)
		}
		if len(field.Error) > shortProblem {
			out.Error, field.Error = field.Error, ""
		}
		out.Fields = append(out.Fields, field)
	}
	if news := m.changedUnder(f); news != "" {
		out.Hint = news
	}
	return out
}

// changedUnder says what somebody made of the record while the form was open.
func (m *Model) changedUnder(f *form) string {
	v, _ := m.replica.View(f.record)
	switch {
	case f.kind == formNew || v.Row.Seq <= f.seq || v.Row.By == m.opts.Client:
		return ""
	case v.Row.Deleted:
		return fmt.Sprintf("%s deleted this record meanwhile", v.Row.By)
	}
	return fmt.Sprintf("%s changed it meanwhile: %s, %s", v.Row.By, v.Row.Name, v.Row.Email)
}
