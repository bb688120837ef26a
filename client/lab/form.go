package lab

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"optimist/client/terminal"
	"optimist/client/view"
	"optimist/shared/user"
)

// form is a record being typed by whoever took a story over.
type form struct {
	record string // "" for a new one.
	title  string
	fields [2]terminal.Input // The name, the email.
	focus  int
	wrong  string
}

// newForm returns a form that holds a name and an email.
func newForm(record, title, name, email string) *form {
	return &form{record: record, title: title, fields: [2]terminal.Input{terminal.Filled(name), terminal.Filled(email)}}
}

// take gives the field at hand a key or a paste.
func (f *form) take(msg tea.Msg) {
	f.fields[f.focus].Take(msg)
	f.wrong = ""
}

// patch is what was typed: all of a new record, and what was changed of another.
func (f *form) patch() (p user.Patch, err error) {
	name, email := f.fields[0].Value(), f.fields[1].Value()
	if f.record == "" || f.fields[0].Touched() {
		p = user.SetName(name)
		err = errors.Join(err, user.ValidateName(name))
	}
	if f.record == "" || f.fields[1].Touched() {
		p = user.SetEmail(email).Over(p)
		err = errors.Join(err, user.ValidateEmail(email))
	}
	if p.Set == 0 {
		err = errors.New("nothing was changed")
	}
	return p, err
}

// pressForm takes a key of an open form. Letters are text, whatever else they
// mean.
func (m *Model) pressForm(pressed tea.KeyPressMsg) tea.Cmd {
	f := m.form
	switch pressed.String() {
	case "esc":
		m.form = nil
	case "tab", "shift+tab", "up", "down":
		f.focus = 1 - f.focus
	case "enter":
		if f.focus == 0 && f.record == "" && f.fields[1].Value() == "" {
			f.focus = 1
			return nil
		}
		m.save()
	default:
		f.take(pressed)
	}
	return nil
}

// save does what the form says, or says what is wrong with it.
func (m *Model) save() {
	patch, err := m.form.patch()
	if err != nil {
		m.form.wrong = err.Error()
		return
	}
	if m.form.record == "" {
		err = m.hand.Create(patch.Name, patch.Email)
	} else {
		err = m.hand.Edit(m.form.record, patch)
	}
	m.form = nil
	m.tell(err)
}

func (f *form) view() *view.Form {
	if f == nil {
		return nil
	}
	out := &view.Form{Title: f.title, Focus: f.focus, Error: f.wrong, Hint: "Tab next field · Enter saves · Esc leaves"}
	for i, label := range []string{"name", "email"} {
		field := view.FormField{Label: label, Value: f.fields[i].Value(), Cursor: -1}
		if i == f.focus {
			field.Cursor = f.fields[i].Cursor()
		}
		out.Fields = append(out.Fields, field)
	}
	return out
}
