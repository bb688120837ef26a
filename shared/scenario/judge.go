package scenario

import (
	"fmt"
	"slices"
	"strings"

	"optimist/shared/anomaly"
	"optimist/shared/protocol"
	"optimist/shared/sim"
	"optimist/shared/user"
)

// judge says whether an expectation holds.
func (r *Stepper) judge(s *Step) {
	expect := strings.TrimPrefix(spaced(r.report.Line.words), "expect ")
	switch s.Do {
	case ExpectSees, ExpectSeesNo:
		r.hold(expect, r.sees(s))
	case ExpectFate:
		r.hold(expect, r.fate(s))
	case ExpectLog:
		r.hold(expect, r.log(s))
	case ExpectRow, ExpectNoRow, ExpectNoRows:
		r.hold(expect, r.rows(s))
	case ExpectConverged:
		r.hold(expect, r.diverged())
	case ExpectAnomaly:
		r.anomaly(s, expect)
	case ExpectNoAnomaly:
		r.noAnomaly(expect)
	default:
		panic(fmt.Sprintf("scenario: unknown directive %d", s.Do))
	}
}

// hold takes what came instead of what was expected, "" if that.
func (r *Stepper) hold(expect, got string) {
	if got != "" {
		r.fail(expect, got)
	}
}

// unknown says that something cannot be judged yet.
func (r *Stepper) unknown(expect, got string) {
	r.report.Unknown = append(r.report.Unknown, Failure{Line: r.report.Line.Number, Expect: expect, Got: got})
}

// sees returns what a screen shows instead, or "".
func (r *Stepper) sees(s *Step) string {
	c, joined := r.client(s.Client)
	switch {
	case !joined:
		return s.Client + " has not come"
	case c.Down:
		return s.Client + " has crashed"
	}
	id := r.ids.of(s.Record)
	at := slices.IndexFunc(c.Records, func(v sim.RecordState) bool { return v.ID == id })
	switch {
	case at < 0 && s.Do == ExpectSeesNo:
		return ""
	case at < 0:
		return fmt.Sprintf("%s sees no %s", s.Client, s.Record)
	}
	v := &c.Records[at]
	if s.Do == ExpectSees && v.Status == s.Status && matches(s.Patch, v.Name, v.Email) {
		return ""
	}
	return fmt.Sprintf("%s sees %s %s %v", s.Client, s.Record, fieldWords(v.Name, v.Email), v.Status)
}

// matches reports whether the fields that a patch sets are so.
func matches(p user.Patch, name, email string) bool {
	return (!p.Set.Has(user.FieldName) || p.Name == name) && (!p.Set.Has(user.FieldEmail) || p.Email == email)
}

// fieldWords are the fields as a script writes them.
func fieldWords(name, email string) string {
	return spaced([]word{{key: "name", value: name}, {key: "email", value: email}})
}

// fate returns what a client believes of its intent instead, or "".
func (r *Stepper) fate(s *Step) string {
	state, made := r.intent(s.Intent)
	switch {
	case !made:
		return s.Intent + " was not made"
	case fateWord(&state) != s.Fate.String(), s.Code != "" && state.Code != s.Code:
		return s.Intent + " " + fateWords(&state)
	}
	return ""
}

// log returns which intents' events the log holds instead, in its order, or "".
func (r *Stepper) log(s *Step) string {
	var held []string
	for _, ev := range r.state().Log {
		if ev.Kind.Changes() && ev.Client != sim.Founder {
			held = append(held, ev.Command)
		}
	}
	if slices.Equal(held, s.Intents) {
		return ""
	}
	if len(held) == 0 {
		return "log none"
	}
	return "log " + strings.Join(held, " ")
}

// rows returns what the read model holds instead, or "".
func (r *Stepper) rows(s *Step) string {
	id := r.ids.of(s.Record)
	var living []string
	var row *protocol.Row
	state := r.state()
	for i := range state.Rows {
		if state.Rows[i].Deleted {
			continue
		}
		living = append(living, r.ids.name(state.Rows[i].ID))
		if state.Rows[i].ID == id {
			row = &state.Rows[i]
		}
	}
	switch {
	case s.Do == ExpectNoRows && len(living) > 0:
		return "rows " + strings.Join(living, ", ")
	case s.Do == ExpectNoRows, s.Do == ExpectNoRow && row == nil:
		return ""
	case row == nil:
		return "no row " + s.Record
	case s.Do == ExpectRow && matches(s.Patch, row.Name, row.Email):
		return ""
	}
	return fmt.Sprintf("rows %s %s", s.Record, fieldWords(row.Name, row.Email))
}

// anomaly says whether one happened.
func (r *Stepper) anomaly(s *Step, expect string) {
	wanted, err := anomaly.Lookup(s.Anomaly)
	if err != nil {
		panic(fmt.Sprintf("scenario: %v", err)) // The parser looked it up.
	}
	found := anomaly.Check(r.world.Trace())
	for _, f := range found {
		if f.ID == wanted.ID && (s.Intent == "" || f.Intent == s.Intent) {
			return
		}
	}
	if wanted.Kind == anomaly.AtQuiet && !r.atQuiet() {
		r.unknown(expect, "it is judged only when nothing can move any more")
		return
	}
	r.fail(expect, list(found))
}

// noAnomaly says whether none happened that is not a price of the strategy.
func (r *Stepper) noAnomaly(expect string) {
	found := anomaly.Check(r.world.Trace())
	found = slices.DeleteFunc(found, func(f anomaly.Finding) bool { return f.Price })
	switch {
	case len(found) > 0:
		r.fail(expect, list(found))
	case !r.atQuiet():
		r.unknown(expect, "some are judged only when nothing can move any more")
	}
}

// list names what was found, with the reason of the first.
func list(found []anomaly.Finding) string {
	if len(found) == 0 {
		return "no anomaly"
	}
	names := make([]string, len(found))
	for i, f := range found {
		names[i] = strings.TrimSpace("anomaly " + f.Name + " " + f.Intent)
	}
	return strings.Join(names, ", ") + ": " + found[0].Why
}
