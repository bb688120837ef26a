package lab

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"optimist/shared/event"
	"optimist/shared/sim"
	"optimist/shared/strategy"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// Hand is a story that a person goes on with: from a stop on, each step is
// chosen. The steps taken are stops like those before, so that they can be gone
// back over; whoever goes back and does something else has the rest cut off.
type Hand struct {
	*Player
	world *sim.World // As it is at the last stop.
	from  int        // The stop at which the person took over.
}

// TakeOver lets a person go on from where the player stands. The player itself
// stays as it is.
func (p *Player) TakeOver() (*Hand, error) {
	tape := *p.tape
	tape.Stops = slices.Clone(p.tape.Stops[:p.at+1])
	h := &Hand{Player: NewPlayer(&tape), from: p.at}
	h.hand, h.person, h.record, h.timeline = true, p.person, p.record, p.timeline
	copy(h.answers, p.answers)
	if err := h.rebuild(); err != nil {
		return nil, fmt.Errorf("take over: %w", err)
	}
	h.End()
	return h, nil
}

// rebuild makes the world of the last stop, and a trace that ends there.
func (h *Hand) rebuild() error {
	last := len(h.tape.Stops) - 1
	w, err := h.tape.World(last)
	if err != nil {
		return err
	}
	kept := h.tape.Trace
	t := &trace.Trace{Title: kept.Title, Names: slices.Clone(kept.Names), Events: slices.Clone(kept.Events[:h.tape.Stops[last].Events])}
	if h.tape.Stops[last].Actions > 0 { // Else what was given is in it already, and Record would repeat it.
		w.Record(t)
	} else {
		t = w.Trace()
		t.Names = slices.Clone(kept.Names)
	}
	h.world, h.tape.Trace = w, t
	h.tape.index()
	return nil
}

// Do takes one step from where the person stands.
func (h *Hand) Do(a sim.Action) error {
	if len(h.tape.Stops) >= MaxStops {
		return ErrTooLong
	}
	if h.at < len(h.tape.Stops)-1 {
		h.tape.Stops = h.tape.Stops[:h.at+1]
		if err := h.rebuild(); err != nil {
			return err
		}
	}
	if err := h.world.Do(a); err != nil {
		return err
	}
	last := h.tape.Stops[len(h.tape.Stops)-1]
	h.tape.Stops = append(h.tape.Stops, Stop{
		Action: a, Actions: last.Actions + 1, Events: len(h.tape.Trace.Events), State: h.world.State(),
		Story: byHand, Question: -1, ByHand: true,
	})
	h.tape.index()
	h.End()
	return nil
}

// byHand is the caption of every step that a person chose.
const byHand = "By hand: n, e and d act as the person, o lists what can happen, . takes the next of it, esc goes back to the story."

// Enabled returns every step that could be taken now, in a fixed order.
func (h *Hand) Enabled() []sim.Action {
	if h.at == len(h.tape.Stops)-1 {
		return h.world.Enabled(nil)
	}
	w, err := h.tape.World(h.at)
	if err != nil {
		return nil
	}
	return w.Enabled(nil)
}

// errNothing says that a world has come to rest.
var errNothing = errors.New("nothing moves by itself here: n, e and d act, o lists what can be made to happen")

// Next takes the next step by which the world settles: what stands at the first
// gate, or the next timer.
func (h *Hand) Next() error {
	if a, ok := h.world.Permit(); ok {
		return h.Do(a)
	}
	if at, ok := h.world.Next(); ok {
		return h.Do(sim.Action{Verb: sim.Advance, For: max(at-h.world.Now(), 0)})
	}
	return errNothing
}

// Create makes a record as the person who is shown.
func (h *Hand) Create(name, email string) error {
	id := h.fresh(name)
	alias := trace.Alias{Name: id, Record: id}
	if h.tape.Under.Identity == strategy.ByEmail && user.ValidateEmail(email) == nil {
		alias.Record = event.EmailToken(email)
	}
	err := h.act(sim.Action{Verb: sim.Create, Record: alias.Record, Patch: user.SetBoth(name, email)})
	if err == nil && h.tape.Trace.Called(alias.Record) == alias.Record {
		h.tape.Trace.Names = append(h.tape.Trace.Names, alias)
	}
	if err == nil {
		h.record = alias.Record
	}
	return err
}

// Edit changes a record as the person who is shown.
func (h *Hand) Edit(record string, patch user.Patch) error {
	return h.act(sim.Action{Verb: sim.Edit, Record: record, Patch: patch})
}

// Delete deletes a record as the person who is shown.
func (h *Hand) Delete(record string) error {
	return h.act(sim.Action{Verb: sim.Delete, Record: record})
}

// act does something as the person who is shown.
func (h *Hand) act(a sim.Action) error {
	a.Client = h.Person()
	if a.Client == "" {
		return errors.New("nobody is there yet")
	}
	a.Intent = h.intent(a.Client)
	return h.Do(a)
}

// intent is the name of the next thing that a client does.
func (h *Hand) intent(client string) string {
	newest := 0
	for i := range h.tape.Trace.Events[:h.Stop().Events] {
		e := &h.tape.Trace.Events[i]
		number, own := strings.CutPrefix(e.Intent, client+".")
		if n, err := strconv.Atoi(number); own && err == nil {
			newest = max(newest, n)
		}
	}
	return fmt.Sprintf("%s.%d", client, newest+1)
}

// fresh is an id for a new record: its name's first word if that is free.
func (h *Hand) fresh(name string) string {
	first, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(name)), " ")
	if user.ValidateID(first) != nil {
		first = "record"
	}
	ids := known(h.Stop().State)
	id := first
	for n := 2; slices.Contains(ids, id); n++ {
		id = fmt.Sprintf("%s%d", first, n)
	}
	return id
}
