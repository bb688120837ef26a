package lab

import (
	"errors"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"optimist/client/view"
	"optimist/shared/user"
)

// maxTyped is how many characters a field takes, so that a paste cannot be
// endless.
const maxTyped = 1_000

// form is a record being typed by whoever took a story over.
type form struct {
	record string // "" for a new one.
	title  string
	fields [2]textinput.Model // The name, the email.
	given  [2]string
	focus  int
	wrong  string
}

// newForm returns a form that holds a name and an email.
func newForm(record, title, name, email string) *form {
	f := &form{record: record, title: title}
	for i, text := range []string{name, email} {
		in := textinput.New()
		in.CharLimit = maxTyped
		in.SetVirtualCursor(false)
		in.Focus()
		in.SetValue(text)
		in.CursorEnd()
		f.fields[i], f.given[i] = in, in.Value()
	}
	return f
}

// take gives the field at hand a key or a paste.
func (f *form) take(msg tea.Msg) {
	// Its commands blink a cursor or read the clipboard, and neither is wanted.
	f.fields[f.focus], _ = f.fields[f.focus].Update(msg)
	f.wrong = ""
}

// patch is what was typed: all of a new record, and what was changed of another.
func (f *form) patch() (p user.Patch, err error) {
	name, email := f.fields[0].Value(), f.fields[1].Value()
	if f.record == "" || name != f.given[0] {
		p = user.SetName(name)
		err = errors.Join(err, user.ValidateName(name))
	}
	if f.record == "" || email != f.given[1] {
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
			field.Cursor = f.fields[i].Position()
		}
		out.Fields = append(out.Fields, field)
	}
	return out
}
