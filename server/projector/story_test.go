package projector_test

import (
	"slices"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"optimist/server/projector"
	"optimist/server/sqlite"
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/user"
)

func ref(command string) user.Ref { return user.Ref{Client: "ann", Command: command} }

// change returns an event of ann's that changes record.
func change(op user.Op, record, command string, patch user.Patch) event.Event {
	return event.Event{
		Kind: event.Of(op), Op: op, Record: record, Ref: ref(command), Patch: patch,
		Strategy: "reconcile", Time: 1700000000000,
	}
}

func create(record, command, email string) event.Event {
	return change(user.Create, record, command, user.SetBoth("name of "+record, email))
}

func rename(record, command, name, cause string) event.Event {
	ev := change(user.Edit, record, command, user.SetName(name))
	if cause != "" {
		ev.Cause = ref(cause)
	}
	return ev
}

// mustRecords returns every record of the read model.
func (w *world) mustRecords() []projection.Record {
	w.t.Helper()
	list, err := w.db.List("", 100000)
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

func (w *world) mustFate(command string) projection.Fate {
	w.t.Helper()
	f, found, err := w.db.Fate(ref(command))
	if err != nil || !found {
		w.t.Fatalf("fate of %s: found %v, err %v", command, found, err)
	}
	return f
}

// mustRejections returns the rejections of b in the log.
func (w *world) mustRejections() []event.Event {
	w.t.Helper()
	events, err := w.log.Record(w.t.Context(), "b", 0)
	if err != nil {
		w.t.Fatal(err)
	}
	return slices.DeleteFunc(events, func(ev event.Event) bool { return ev.Kind != event.Rejected })
}

// mustVerify checks that the read model is what the log says.
func (w *world) mustVerify() {
	w.t.Helper()
	diff, err := projector.Verify(w.t.Context(), w.log, w.db)
	if err != nil {
		w.t.Fatal(err)
	}
	if !diff.Equal() {
		w.t.Fatalf("the read model is not what the log says: %q", diff.Lines)
	}
}

// mustRebuild rebuilds and checks that the records are the same as before.
func (w *world) mustRebuild() sqlite.Checkpoint {
	w.t.Helper()
	before := w.mustRecords()
	w.closeDB()
	cp, err := projector.Rebuild(w.t.Context(), w.path, sqlite.Normal, projector.Config{Log: w.log})
	if err != nil {
		w.t.Fatal(err)
	}
	w.mustReopen()
	if diff := cmp.Diff(before, w.mustRecords(), cmpopts.IgnoreFields(projection.Record{}, "Change")); diff != "" {
		w.t.Fatalf("records before and after the rebuild (-before +after):\n%s", diff)
	}
	w.mustVerify()
	return cp
}

// rejected returns what the feed said was rejected, as "command code".
func (w *world) rejected() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []string
	for _, f := range w.feeds {
		for _, r := range f.Rejected {
			out = append(out, r.Command+" "+string(r.Code))
		}
	}
	return out
}
