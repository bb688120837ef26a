package sim_test

import (
	"reflect"
	"slices"
	"testing"

	"optimist/shared/anomaly"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/projection"
	"optimist/shared/sim"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// Whatever is otherwise in a world is told by its form in some state, or it is
// listed why it is no part of the state.
func TestFormTellsEveryField(t *testing.T) {
	f := newFields(untold)
	f.meet(t, reflect.TypeFor[sim.World](), func(text string, seed uint64) {
		w := mustRandom(t, text, &trace.Trace{})
		p := newPlayer(seed, true, w.Strategy())
		for _, f := range choosy[:seed%4] {
			mustDo(t, w, sim.Action{Verb: sim.Arm, Fault: f})
		}
		for step := range steps {
			if p.step(t, w); step%6 == 0 {
				f.tell(t, w, func() []byte { w.Anew(); return w.AppendBinary(nil) })
			}
		}
	})
}

// So does what a checker remembers.
func TestCheckerRemembersEveryField(t *testing.T) {
	f := newFields(unremembered)
	f.meet(t, reflect.TypeFor[anomaly.Checker](), func(text string, seed uint64) {
		var tr trace.Trace
		w, c := mustRandom(t, text, &tr), anomaly.New(text)
		p := newPlayer(seed, true, w.Strategy())
		for step := range steps {
			for _, e := range tr.Events {
				c.Step(e)
			}
			c.Flush()
			if tr.Events = tr.Events[:0]; step%6 == 0 {
				f.tell(t, c, func() (b []byte) {
					for part := range c.Parts() {
						b = c.AppendPart(b, part)
					}
					return b
				})
			}
			p.step(t, w)
		}
	})
}

// What is under way only within a step has a form of its own.
func TestFormsTellWhatIsUnderWay(t *testing.T) {
	ev := event.Event{
		Kind: event.Edited, Seq: 9, Ref: user.Ref{Client: "alice", Command: "alice.1"}, Record: "ada", Op: user.Edit,
		Patch: user.SetBoth("A", "new@example.org"), Strategy: "reserve",
	}
	row := projection.Record{ID: "ada", State: user.State{Exists: true, Email: "ada@example.org"}, Last: 8}
	fell := projection.Fate{Ref: ev.Ref, Record: "ada", Status: projection.Rejected, Code: user.ErrProjectionFailed}
	var debts projection.Debts
	debts.Owe(ev, fell, row, projection.Touched{
		Taken: projection.Claim{Token: "new", Email: "new@example.org", Record: "ada", Ref: ev.Ref, Seq: 8, Last: 8},
		Let:   projection.Claim{Token: "ada", Email: "ada@example.org", Last: 7},
	}, projection.Authority{Stream: "s", Build: 1}, 5)
	var feed projection.Outgoing
	feed.Add(ev, projection.Effect{Changed: true, Record: row}, 4)
	feed.Add(ev, projection.Effect{Fell: fell}, 5)
	owed, outgoing := newFields(map[string]string{
		"list.Event.ID": follows, "list.Release.ID": follows, "list.Reserve.ID": follows,
		"list.Event.Seq": unstored, "list.Release.Seq": unstored, "list.Reserve.Seq": unstored,
		"list.Event.Version": unstored, "list.Release.Version": unstored, "list.Reserve.Version": unstored,
	}), newFields(map[string]string{"order": follows, "size": follows})
	owed.tell(t, &debts, func() []byte { return debts.AppendBinary(nil, 7) })
	outgoing.tell(t, &feed, func() []byte { return feed.AppendBinary(nil) })
	for _, way := range slices.Concat(owed.missed(reflect.TypeFor[projection.Debts]()), outgoing.missed(reflect.TypeFor[projection.Outgoing]())) {
		t.Error(way)
	}
}

// choosy are faults that count what they let pass.
var choosy = []fault.Fault{
	{Kind: fault.ReplyDrop, Nth: 4, Times: 2}, {Kind: fault.AppendLoseAck, P: 0.4, Seed: 7, Times: 9}, {Kind: fault.ProjectFail, Nth: 3, Times: 3},
}

// untold are the parts of a world that its form leaves out, and why.
var untold = map[string]string{
	"trace": record, "step": record, "clients.rendered": record,
	"reach":   "it tells a search how far a step went",
	"logForm": cache, "formed": cache, "clients.form": cache, "server.form": cache, "server.rowsForm": cache,
	"clients.boot": scratch, "clients.stirred": scratch, "clients.effects": scratch, "clients.view": scratch, "clients.before": scratch, "clients.ids": scratch, "clients.parcel": scratch, "clients.base.taken": scratch, "clients.replica.base.taken": scratch,
	"clients.replica.out": scratch, "clients.replica.fallen": scratch, "clients.replica.early": scratch,
	"clients.replica.step": scratch, "clients.replica.book.cells.told": scratch,
	"server.effects": scratch, "server.inbox": scratch, "server.events": scratch, "server.expect": scratch,
	"server.core.out": scratch, "server.core.events": scratch, "server.core.expect": scratch, "server.core.fold": scratch,

	"clients.replica.book.cells.slot": place, "clients.replica.book.cells.older": place, "clients.replica.book.cells.newer": place,
	"clients.replica.book.cells.before": place, "clients.replica.book.cells.after": place, "clients.replica.book.cells.hashes": place,
	"clients.replica.book.free": place, "clients.replica.book.oldest": place, "clients.replica.book.newest": place,

	"clients.replica.book.found": follows, "clients.replica.book.accepted": follows,
	"clients.replica.open": follows, "clients.replica.trays": follows,
	"server.core.tail.topics": follows, "server.core.tail.commands": follows, "server.core.tail.list.before": follows,
	"server.core.tail.first": follows,
	"server.core.jobs.rows":  follows,
	"server.core.jobs.lanes": follows, "server.core.jobs.list.next": follows, "server.core.jobs.list.strategy": follows,
	"server.core.jobs.list.release.Email": follows, "server.core.jobs.list.release.Record": follows, "server.core.jobs.list.release.Ref": follows,
	"server.core.soonest": follows, "server.core.waits.target": follows, "server.feed.size": follows,
	"clients.outbox.cascades": follows, "clients.outbox.polls": follows, "clients.outbox.trusts": follows, "clients.outbox.declines": follows,
	"clients.replica.book.cells.Mutation.cascades": follows, "clients.replica.book.cells.Mutation.trusts": follows,
	"clients.replica.book.cells.Mutation.declines": follows,
	"log.Seq": follows, "log.ID": follows, "server.outbox.ID": follows, "server.core.tail.list.ev.ID": follows,
	"server.core.jobs.list.ev.ID": follows, "server.core.relay.list.ev.ID": follows,

	"text": same, "strategy": same, "server.core.cfg": same, "clients.place": same, "clients.replica.client": same,
	"clients.replica.link.source": same, "clients.replica.logs.source": same,
	"clients.replica.link.early.feeds.Log": same, "clients.replica.logs.early.feeds.Log": same,
	"clients.commands.strategy": same, "clients.commands.command.Ref.Client": same, "clients.commands.command.Cause.Client": same,
	"clients.parcels.feed.Epoch": same, "clients.parcels.sync.Epoch": same, "clients.replies.Epoch": same, "server.late.feed.Epoch": same,
	"server.debts": within, "server.feed.rows": within, "server.feed.order": within, "server.feed.rejected": within,
	"clients.replica.link.early.feeds.Rows": beside, "clients.replica.link.early.feeds.Rejected": beside,
	"clients.replica.logs.early.feeds.Rows": beside, "clients.replica.logs.early.feeds.Rejected": beside,
	"clients.replica.logs.early.rejected": "the log's fold tells of rows only",
	"clients.parcels.sync.Next":           whole, "clients.parcels.sync.More": whole,
	"log.Build": same, "log.Stream": same, "log.Strategy": same,
	"server.outbox.Seq": same, "server.outbox.Build": same, "server.outbox.Stream": same, "server.outbox.Strategy": same,

	"log.Time": decided, "server.outbox.Time": decided, "server.core.tail.list.ev.Time": decided,
	"server.core.jobs.list.ev.Time": decided, "server.core.relay.list.ev.Time": decided,
	"clients.outbox.SentAt": "what is taken from an outbox is sent anew",

	"plan.last": name, "plan.armed.ID": name, "server.lastJob": name, "server.jobs.id": name, "server.appends.job": name,
	"server.core.jobs.list.id": name, "server.core.relay.list.job": name, "server.core.waits.job": name,
}

// Reasons that many share.
const (
	record   = "it is for the record"
	cache    = "it is the form itself, as far as it is made"
	scratch  = "it is nothing between two steps"
	place    = "where a thing lies in memory changes nothing"
	follows  = "it follows from what is told"
	same     = "worlds that are compared have the same"
	unstored = "it has none before it is stored"
	within   = "it is empty again when a step ends; see TestFormsTellWhatIsUnderWay"
	beside   = "they are kept beside it"
	whole    = "an answer here has one page"
	decided  = "when an event was decided decides nothing"
	reported = "what was told already is forgotten, for each way there is its own"
	name     = "it only names, and in the order in which they came"
)

// unremembered are the parts of a checker that its memory leaves out, and why.
var unremembered = map[string]string{
	"strategy": same, "names": same, "brief": same,
	"step": scratch, "looked": scratch, "rows": scratch, "cascaded": scratch, "overtaken": scratch, "found": scratch,
	"stores.records.moved": scratch, "screens.rendered": scratch, "screens.touched": scratch,
	"dirty": follows, "open": follows, "intents.leftAt": "it was before the step that comes",
	"intents.told": reported, "stores.records.told": reported, "screens.told": reported,
}
