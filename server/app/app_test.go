package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"optimist/server/app"
	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// answerWait is how long a test waits for an answer; far more than it takes.
const answerWait = 10 * time.Second

func mustOpen(tb testing.TB, cfg app.Config) *app.App {
	tb.Helper()
	a, err := app.Open(context.Background(), cfg)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := a.Close(); err != nil {
			tb.Error(err)
		}
	})
	return a
}

func mustConnect(tb testing.TB, a *app.App) *nats.Conn {
	tb.Helper()
	nc, err := a.Connect()
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(nc.Close)
	return nc
}

// mustAsk sends a request and returns its answer.
func mustAsk[T any](tb testing.TB, nc *nats.Conn, subject string, request any) T {
	tb.Helper()
	data, err := json.Marshal(request)
	if err != nil {
		tb.Fatal(err)
	}
	msg, err := nc.Request(subject, data, answerWait)
	if err != nil {
		tb.Fatalf("%s: %v", subject, err)
	}
	var answer T
	if err := json.Unmarshal(msg.Data, &answer); err != nil {
		tb.Fatal(err)
	}
	return answer
}

func create(id string) protocol.Command {
	name, email := id, id+"@example.org"
	return protocol.Command{ID: "create-" + id, Record: id, Op: user.Create, Name: &name, Email: &email}
}

func list(tb testing.TB, nc *nats.Conn, q protocol.Query) protocol.List {
	tb.Helper()
	q.Ask = protocol.AskList
	return mustAsk[protocol.List](tb, nc, protocol.QuerySubject("test"), q)
}

// The users of a demo are confirmed before anybody can look, and are made once.
func TestSeedIsConfirmedAtOnce(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		a, err := app.Open(context.Background(), app.Config{Dir: dir, Seed: app.SeedUsers(), Durability: app.PageCache})
		if err != nil {
			t.Fatal(err)
		}
		nc, err := a.Connect()
		if err != nil {
			t.Fatal(err)
		}
		page := mustAsk[protocol.Sync](t, nc, protocol.QuerySubject("test"), protocol.Query{Ask: protocol.AskSync})
		if len(page.Rows) != len(app.SeedUsers()) || !page.Full || page.More {
			t.Errorf("%d rows, full %t, more %t", len(page.Rows), page.Full, page.More)
		}
		nc.Close()
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Whatever happens, a throw-away server leaves nothing behind.
func TestThrowAwayLeavesNothing(t *testing.T) {
	trash := t.TempDir()
	t.Setenv("TMPDIR", trash)
	a, err := app.Open(context.Background(), app.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Open(context.Background(), app.Config{Listen: "192.0.2.1:4222"}); err == nil {
		t.Error("it listens off this machine")
	}
	left, err := os.ReadDir(trash)
	if err != nil || len(left) != 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	mustOpen(t, app.Config{Dir: dir, Durability: app.PageCache})
	_, err := app.Open(context.Background(), app.Config{Dir: dir})
	var locked *app.LockedError
	if !errors.As(err, &locked) || locked.PID != os.Getpid() {
		t.Errorf("a second server on one directory: %v", err)
	}
	if _, err := app.OpenStore(context.Background(), t.TempDir()); err == nil {
		t.Error("an empty directory is taken for a store")
	}
	if _, err := app.Open(context.Background(), app.Config{Strategy: "hope"}); err == nil {
		t.Error("an unknown strategy is taken")
	}
}

// A list is of log and rows together: what only the log has is there, pending.
// What cannot be looked into is not said to be no data directory.
func TestOpenStoreSaysWhy(t *testing.T) {
	for dir, want := range map[string]string{
		filepath.Join(t.TempDir(), "none"): "is not a data directory of optimistd",
		strings.Repeat("x", 300):           "file name too long",
	} {
		if _, err := app.OpenStore(t.Context(), dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestListIsOfLogAndRows(t *testing.T) {
	a := mustOpen(t, app.Config{Faults: true})
	nc := mustConnect(t, a)
	ask := func(c protocol.Command) protocol.Reply {
		t.Helper()
		return mustAsk[protocol.Reply](t, nc, protocol.CommandSubject("test"), c)
	}
	ada := ask(create("ada"))
	for list(t, nc, protocol.Query{Record: "ada"}).Records[0].Last.Verdict != protocol.Confirmed {
		continue // Each question is a wait of its own.
	}
	armed := mustAsk[protocol.FaultReply](t, nc, protocol.ControlFault, protocol.FaultRequest{Do: "arm", Fault: fault.Fault{Kind: fault.ProjectStall}})
	if armed.Error != "" {
		t.Fatal(armed.Error)
	}
	bob := ask(create("bob"))
	name := "Ada Lovelace"
	edit := ask(protocol.Command{ID: "edit-ada", Record: "ada", Op: user.Edit, Name: &name})
	reply := func(command string, v protocol.Verdict, of protocol.Reply) protocol.Reply {
		return protocol.Reply{Command: command, Verdict: v, Seq: of.Seq, Version: of.Version, Epoch: of.Epoch}
	}
	want := []protocol.Record{
		{ID: "ada", Name: "Ada Lovelace", Email: "ada@example.org", Log: 2, DB: 1, Born: ada.Seq, Last: reply("edit-ada", protocol.Accepted, edit)},
		{ID: "bob", Name: "bob", Email: "bob@example.org", Log: 1, Born: bob.Seq, Last: reply("create-bob", protocol.Accepted, bob)},
	}
	if diff := cmp.Diff(want, list(t, nc, protocol.Query{}).Records); diff != "" {
		t.Error(diff)
	}
	if ada.Seq >= bob.Seq || bob.Seq >= edit.Seq {
		t.Errorf("accepted out of order: %d, %d, %d", ada.Seq, bob.Seq, edit.Seq)
	}
}

// A list and a resync come in pages that miss nothing and repeat nothing.
func TestPages(t *testing.T) {
	a := mustOpen(t, app.Config{Seed: app.SeedUsers()})
	nc := mustConnect(t, a)
	seen := map[string]int{}
	for q := (protocol.Query{Limit: 3}); ; {
		page := list(t, nc, q)
		for _, r := range page.Records {
			seen[r.ID]++
			q.After = r.ID
		}
		if !page.More {
			break
		}
	}
	synced := map[string]int{}
	for q := (protocol.Query{Ask: protocol.AskSync, Limit: 3}); ; {
		page := mustAsk[protocol.Sync](t, nc, protocol.QuerySubject("test"), q)
		for _, r := range page.Rows {
			synced[r.ID]++
		}
		if !page.More {
			break
		}
		q.Epoch, q.Since = page.Epoch, page.Next
	}
	want := map[string]int{}
	for _, c := range app.SeedUsers() {
		want[c.Record] = 1
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("list: %s", diff)
	}
	if diff := cmp.Diff(want, synced); diff != "" {
		t.Errorf("sync: %s", diff)
	}
}

// What cannot be answered is answered with the reason.
func TestBadQueries(t *testing.T) {
	nc := mustConnect(t, mustOpen(t, app.Config{}))
	for _, request := range []any{"not a query", protocol.Query{Ask: "nonsense"}, 7} {
		if f := mustAsk[protocol.Failure](t, nc, protocol.QuerySubject("test"), request); f.Error == "" {
			t.Errorf("%v is answered without an error", request)
		}
	}
	f := mustAsk[protocol.FaultReply](t, nc, protocol.ControlFault, protocol.FaultRequest{Do: "arm", Fault: fault.Fault{Kind: fault.FeedDrop}})
	if f.Error == "" {
		t.Error("a fault is armed without --faults")
	}
}

// Nothing would be left of a server inside another program to start again, so no
// crash can be armed, and a person is told what to do instead.
func TestAServerInsideAProgramCannotCrash(t *testing.T) {
	for _, kind := range []fault.Kind{fault.ProjectCrashBeforeCommit, fault.ProjectCrashAfterCommit, fault.ProjectCrashAfterReject} {
		arm := protocol.FaultRequest{Do: "arm", Fault: fault.Fault{Kind: kind}}
		inside := mustConnect(t, mustOpen(t, app.Config{Dir: t.TempDir(), Durability: app.PageCache, Faults: true}))
		if a := mustAsk[protocol.FaultReply](t, inside, protocol.ControlFault, arm); !strings.Contains(a.Error, "only optimistd --data DIR can crash") || len(a.Faults) != 0 {
			t.Errorf("%s inside: %+v", kind, a)
		}
		alone := mustConnect(t, mustOpen(t, app.Config{Faults: true, Crash: func(string) {}}))
		if a := mustAsk[protocol.FaultReply](t, alone, protocol.ControlFault, arm); a.Error != "" || len(a.Faults) != 1 {
			t.Errorf("%s alone: %+v", kind, a)
		}
	}
}

// Everybody is told what the server is at, at once when they begin to follow.
func TestStatusGreets(t *testing.T) {
	a := mustOpen(t, app.Config{Faults: true, Strategy: "check-log"})
	nc := mustConnect(t, a)
	sub, err := nc.SubscribeSync(protocol.StatusSubject)
	if err != nil {
		t.Fatal(err)
	}
	mustAsk[protocol.Sync](t, nc, protocol.QuerySubject("test"), protocol.Query{Ask: protocol.AskSync})
	msg, err := sub.NextMsg(answerWait)
	if err != nil {
		t.Fatal(err)
	}
	var got protocol.Status
	if err := json.Unmarshal(msg.Data, &got); err != nil {
		t.Fatal(err)
	}
	health, err := a.Health(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	want := protocol.Status{
		Epoch: health.Epoch, Log: 2, Projected: 2, Projector: protocol.Running, FaultsOn: true, Strategy: "check-log",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if want := fmt.Sprintf("%+v", protocol.Health{Ready: true, Log: 2, Projected: 2, Durability: "page-cache", Epoch: health.Epoch, Strategy: "check-log"}); fmt.Sprintf("%+v", health) != want {
		t.Errorf("health %+v, want %s", health, want)
	}
}
