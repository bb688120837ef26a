package outbox

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// mutation returns one with something in every field that is kept.
func mutation(n int, phase reconcile.Phase) reconcile.Mutation {
	return reconcile.Mutation{
		ID: fmt.Sprintf("c%d", n), Number: n, Record: "r1", Op: user.Edit, Patch: user.SetName("Ada"),
		Cause: "c0", Base: 7, Strategy: "reconcile",
		Before: protocol.Row{ID: "r1", Name: "A", Email: "a@example.org", Version: 2, Seq: 7, Deleted: true},
		Was:    user.SetBoth("A", "a@example.org"),
		Phase:  phase, At: 12, SentAt: 13, Attempts: 2, Slow: true, Seq: 9, Version: 3,
		Code: user.ErrCascade, Why: "because", Root: "c0",
	}
}

func mustOpen(t testing.TB, dir string) *Outbox {
	t.Helper()
	o, err := Open(t.Context(), dir, "ann")
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func mustDo(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantHeld fails unless o holds exactly these, in the order of numbers.
func wantHeld(t testing.TB, o *Outbox, want ...reconcile.Mutation) {
	t.Helper()
	got, err := o.Load()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(reconcile.Mutation{}), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the outbox holds something else (-want +got):\n%s", diff)
	}
}

func TestOutboxHoldsWhatItWasGiven(t *testing.T) {
	for name, o := range map[string]*Outbox{"memory": Memory("ann"), "file": mustOpen(t, t.TempDir())} {
		t.Run(name, func(t *testing.T) {
			wantHeld(t, o)
			mustDo(t, o.Store(mutation(2, reconcile.Writing)))
			mustDo(t, o.Store(mutation(10, reconcile.Writing)))
			mustDo(t, o.Store(mutation(1, reconcile.Writing)))
			mustDo(t, o.Store(mutation(2, reconcile.RolledBack)))
			mustDo(t, o.Forget("c1"))
			mustDo(t, o.Forget("never there"))
			mustDo(t, o.Write(nil))
			wantHeld(t, o, mutation(2, reconcile.RolledBack), mutation(10, reconcile.Writing))
			if o.Client() != "ann" {
				t.Errorf("it is of %q", o.Client())
			}
			mustDo(t, o.Close())
		})
	}
}

func TestOutboxSurvivesItsProcess(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "there", "yet")
	o := mustOpen(t, dir)
	mustDo(t, o.Store(mutation(1, reconcile.Writing)))
	mustDo(t, o.Close())

	o = mustOpen(t, dir)
	defer o.Close()
	wantHeld(t, o, mutation(1, reconcile.Writing))
}

// A write that cannot be made whole is not made in part.
func TestOutboxWritesAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	o := mustOpen(t, dir)
	defer o.Close()
	mustDo(t, o.Store(mutation(1, reconcile.Writing)))
	if _, err := o.kept.(*file).db.ExecContext(t.Context(),
		"CREATE TRIGGER full BEFORE INSERT ON mutation WHEN NEW.id = 'c3' BEGIN SELECT RAISE(ABORT, 'full'); END"); err != nil {
		t.Fatal(err)
	}
	err := o.Write([]Change{
		{ID: "c1"},
		{Store: true, ID: "c2", Mutation: mutation(2, reconcile.Writing)},
		{Store: true, ID: "c3", Mutation: mutation(3, reconcile.Writing)},
	})
	if err == nil || !strings.Contains(err.Error(), "full") {
		t.Fatalf("the write ended with %v", err)
	}
	wantHeld(t, o, mutation(1, reconcile.Writing))
}

func TestOutboxHasOneUser(t *testing.T) {
	dir := t.TempDir()
	o := mustOpen(t, dir)
	link := filepath.Join(t.TempDir(), "link")
	mustDo(t, os.Symlink(dir, link))

	for _, path := range []string{dir, link} {
		_, err := Open(t.Context(), path, "ann")
		var inUse *InUseError
		if !errors.As(err, &inUse) || inUse.PID != os.Getpid() || !strings.Contains(err.Error(), fmt.Sprint(os.Getpid())) {
			t.Errorf("opening %s again ended with %v", path, err)
		}
	}
	mustDo(t, o.Close())
	mustDo(t, mustOpen(t, link).Close())
}

func TestOutboxThatCannotBeRead(t *testing.T) {
	broken := func(t *testing.T, o *Outbox) {
		t.Helper()
		if _, err := o.kept.(*file).db.ExecContext(t.Context(), "UPDATE mutation SET body = '{'"); err != nil {
			t.Fatal(err)
		}
	}
	cases := map[string]struct {
		spoil   func(t *testing.T, path string)
		damaged bool
		says    string
	}{
		"no database": {
			spoil: func(t *testing.T, path string) {
				mustDo(t, os.WriteFile(path, []byte(strings.Repeat("not a database\n", 100)), 0o600))
			},
			damaged: true, says: "move the file away",
		},
		"torn": {
			spoil: func(t *testing.T, path string) {
				text, err := os.ReadFile(path)
				mustDo(t, err)
				copy(text[4096:], strings.Repeat("x", 8000))
				mustDo(t, os.WriteFile(path, text, 0o600))
			},
			damaged: true, says: "move the file away",
		},
		"another client's": {
			spoil: func(t *testing.T, path string) {
				mustDo(t, os.Remove(path))
				o, err := Open(t.Context(), filepath.Dir(path), "bob")
				mustDo(t, err)
				mustDo(t, o.Close())
			},
			says: `belongs to client "bob"`,
		},
		"of a newer program": {
			spoil: func(t *testing.T, path string) {
				o := mustOpen(t, filepath.Dir(path))
				_, err := o.kept.(*file).db.ExecContext(t.Context(), "PRAGMA user_version = 99")
				mustDo(t, err)
				mustDo(t, o.Close())
			},
			says: "written by another optimist",
		},
		"one mutation broken": {
			spoil: func(t *testing.T, path string) {
				o := mustOpen(t, filepath.Dir(path))
				broken(t, o)
				mustDo(t, o.Close())
			},
			damaged: true, says: "mutation c1",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			o := mustOpen(t, dir)
			mustDo(t, o.Store(mutation(1, reconcile.Writing)))
			mustDo(t, o.Close())
			path := filepath.Join(dir, fileName)
			c.spoil(t, path)
			before, err := os.ReadFile(path)
			mustDo(t, err)

			o, err = Open(t.Context(), dir, "ann")
			if err == nil {
				_, err = o.Load()
				mustDo(t, o.Close())
			}
			var damaged *DamagedError
			if errors.As(err, &damaged) != c.damaged || err == nil ||
				!strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("it ended with %v", err)
			}
			after, err := os.ReadFile(path)
			mustDo(t, err)
			if diff := cmp.Diff(before, after); diff != "" {
				t.Error("the file was changed")
			}
		})
	}
}

func TestStateDir(t *testing.T) {
	cases := map[string]struct {
		server, client, state string
		want                  string // Below the state directory; "" for an error.
	}{
		"nats":           {"nats://127.0.0.1:4222", "ann", "/state", "/state/optimist/127.0.0.1%3A4222/ann"},
		"default port":   {"nats://Example.org", "ann", "/state", "/state/optimist/example.org%3A4222/ann"},
		"no scheme":      {"127.0.0.1:4333", "ann", "/state", "/state/optimist/127.0.0.1%3A4333/ann"},
		"ws":             {"ws://example.org", "ann", "/state", "/state/optimist/example.org%3A80/ann"},
		"ipv6":           {"nats://[::1]:4222", "ann", "/state", "/state/optimist/%5B%3A%3A1%5D%3A4222/ann"},
		"no password":    {"nats://u:secret@h:1", "ann", "/state", "/state/optimist/h%3A1/ann"},
		"home":           {"h:1", "ann", "", "/home/ann/.local/state/optimist/h%3A1/ann"},
		"relative state": {"h:1", "ann", "state", "/home/ann/.local/state/optimist/h%3A1/ann"},
		"no host":        {"nats://", "ann", "/state", ""},
		"bad URL":        {"nats://h:port", "ann", "/state", ""},
		"other scheme":   {"gopher://h", "ann", "/state", ""},
		"bad client":     {"h:1", "../ann", "/state", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Setenv("HOME", "/home/ann")
			t.Setenv("XDG_STATE_HOME", c.state)
			got, err := StateDir(c.server, c.client)
			if got != c.want || (err == nil) != (c.want != "") {
				t.Errorf("StateDir(%q, %q) = %q, %v; want %q", c.server, c.client, got, err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("the error tells a password: %v", err)
			}
		})
	}
}
