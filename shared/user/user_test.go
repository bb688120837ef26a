package user_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/user"
)

func change(seq uint64, client string, op user.Op, p user.Patch) user.Change {
	return user.Change{Seq: seq, Client: client, Op: op, Patch: p}
}

// fold returns the state after changes, each of which must be legal.
func fold(tb testing.TB, changes ...user.Change) user.State {
	tb.Helper()
	var s user.State
	for _, ch := range changes {
		if err := user.Legal(s, ch.Op); err != nil {
			tb.Fatalf("#%d: %v", ch.Seq, err)
		}
		s = user.Evolve(s, ch)
	}
	return s
}

func TestEvolve(t *testing.T) {
	ada := change(5, "alice", user.Create, user.SetBoth("Ada", "ada@example.org"))
	for _, c := range []struct {
		name    string
		changes []user.Change
		want    user.State
	}{
		{"a create sets both fields", []user.Change{ada}, user.State{
			Exists: true, Name: "Ada", Email: "ada@example.org", Version: 1,
			NameSeq: 5, EmailSeq: 5, NameBy: "alice", EmailBy: "alice",
		}},
		{"an edit sets its own field only", []user.Change{ada, change(7, "bob", user.Edit, user.SetName("Ada L."))}, user.State{
			Exists: true, Name: "Ada L.", Email: "ada@example.org", Version: 2,
			NameSeq: 7, EmailSeq: 5, NameBy: "bob", EmailBy: "alice",
		}},
		{"a delete keeps what was known", []user.Change{ada, change(8, "bob", user.Delete, user.Patch{})}, user.State{
			Name: "Ada", Email: "ada@example.org", Version: 2,
			NameSeq: 5, EmailSeq: 5, NameBy: "alice", EmailBy: "alice",
		}},
		{"a second create goes on counting", []user.Change{
			ada, change(8, "bob", user.Delete, user.Patch{}), change(9, "bob", user.Create, user.SetBoth("A", "a@b.c")),
		}, user.State{
			Exists: true, Name: "A", Email: "a@b.c", Version: 3, NameSeq: 9, EmailSeq: 9, NameBy: "bob", EmailBy: "bob",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, fold(t, c.changes...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDecide(t *testing.T) {
	// Ada was created by alice at #5; bob changed the name at #7.
	ada := fold(t,
		change(5, "alice", user.Create, user.SetBoth("Ada", "ada@example.org")),
		change(7, "bob", user.Edit, user.SetName("Ada L.")))
	gone := user.Evolve(ada, change(8, "bob", user.Delete, user.Patch{}))
	alice := user.Ref{Client: "alice", Command: "c"}
	for _, c := range []struct {
		name  string
		state user.State
		cmd   user.Command
		want  error
	}{
		{"create what never was", user.State{}, user.Command{Ref: alice, Op: user.Create}, nil},
		{"create what is there", ada, user.Command{Ref: alice, Op: user.Create}, user.ErrExists},
		{"create what was deleted", gone, user.Command{Ref: alice, Op: user.Create}, nil},
		{"edit what never was", user.State{}, user.Command{Ref: alice, Op: user.Edit, Patch: user.SetName("x")}, user.ErrNotFound},
		{"delete what is gone", gone, user.Command{Ref: alice, Op: user.Delete}, user.ErrNotFound},
		{"edit after having seen all", ada, user.Command{Ref: alice, Op: user.Edit, Base: 7, Patch: user.SetName("x")}, nil},
		{"edit the field that bob changed since", ada, user.Command{Ref: alice, Op: user.Edit, Base: 5, Patch: user.SetName("x")}, user.ErrConflict},
		{"edit another field than bob", ada, user.Command{Ref: alice, Op: user.Edit, Base: 5, Patch: user.SetEmail("x@y.z")}, nil},
		{"one's own change is no conflict", ada, user.Command{Ref: user.Ref{Client: "bob"}, Op: user.Edit, Base: 5, Patch: user.SetName("x")}, nil},
		{"no base and no cause: decided on what is there", ada, user.Command{Ref: alice, Op: user.Edit, Patch: user.SetName("x")}, nil},
		{"typed on the own create, bob came between", ada, user.Command{Ref: alice, Op: user.Edit, Cause: alice, Patch: user.SetName("x")}, user.ErrConflict},
		{"a delete conflicts with nothing", ada, user.Command{Ref: alice, Op: user.Delete, Base: 5}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := user.Decide(c.state, c.cmd); !errors.Is(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestPatchOver(t *testing.T) {
	got := user.SetName("new").Over(user.SetBoth("old", "old@example.org"))
	if want := user.SetBoth("new", "old@example.org"); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := (user.Patch{}).Over(user.SetName("old")); got != user.SetName("old") {
		t.Errorf("an empty patch changed something: %+v", got)
	}
}
