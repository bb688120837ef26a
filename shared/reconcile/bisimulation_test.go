package reconcile

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// Bounds of the search: how many inputs deep, and at most how many mutations. At
// a depth of 6 it takes a minute, and has been run.
const (
	searchDepth = 4
	searchTyped = 2
)

// TestEqualBytesBehaveAlike walks every history of a few inputs. Where two of
// them end in the same bytes, whatever comes next must have the same effects,
// show the same, and end in the same bytes again.
func TestEqualBytesBehaveAlike(t *testing.T) {
	for _, strategy := range []string{"reconcile", "check-log", "hold", "fire-and-forget", "read-log"} {
		t.Run(strategy, func(t *testing.T) {
			s := search{t: t, strategy: strategy, seen: map[string]*class{}}
			r := New("ann", NewShort())
			r.Step(Input{Kind: Follow, Strategy: strategy}, nil)
			for _, in := range []Input{
				{Kind: Connected},
				{Kind: Synced, Sync: &protocol.Sync{Epoch: "e", Full: true, To: 1, Change: 1}},
				{Kind: Submit, ID: "c1", Record: "r1", Strategy: strategy, Op: user.Create, Patch: user.SetBoth("A", "a@b.c")},
				{Kind: Stored, ID: "c1"},
			} {
				r.Step(in, nil)
			}
			s.walk(r, searchDepth)
			if len(s.seen) < 100 || s.met < 100 {
				t.Errorf("%d states, met again %d times", len(s.seen), s.met)
			}
			t.Logf("%d states, met again %d times by another way", len(s.seen), s.met)
		})
	}
}

// search is the states so far, by their bytes.
type search struct {
	t        *testing.T
	strategy string
	seen     map[string]*class
	met      int
}

// class is what every replica of the same bytes does for each input.
type class struct {
	depth   int // Left below it when it was walked.
	answers []string
}

func (s *search) walk(r *Replica, depth int) {
	key := string(r.AppendBinary(nil))
	was := s.seen[key]
	if was != nil && was.depth >= depth && s.met%7 != 0 { // Every seventh is looked at.
		s.met++
		return
	}
	inputs := s.inputs(r)
	var answers []string
	var after []*Replica
	for _, in := range inputs {
		next := New("ann", NewShort())
		next.CopyFrom(r)
		in.At = next.now + in.At
		answers = append(answers, s.answer(next, in))
		after = append(after, next)
	}
	if was != nil {
		s.met++
		if diff := cmp.Diff(was.answers, answers); diff != "" {
			s.t.Fatalf("the same bytes, and then something else:\n%s", diff)
		}
		if was.depth >= depth {
			return
		}
	}
	s.seen[key] = &class{depth: depth, answers: answers}
	for _, next := range after {
		if depth > 0 {
			s.walk(next, depth-1)
		}
	}
}

// answer is everything that can be seen of one step.
func (s *search) answer(r *Replica, in Input) string {
	text := fmt.Sprintf("input %d %s %s", in.Kind, in.ID, in.Reply.Verdict)
	for _, e := range r.Step(in, nil) {
		text += "\n" + effectLine(e)
	}
	v, shows := r.View("r1")
	text += fmt.Sprintf("\n%t %v %s %t %t %t %d %d %d %v", shows, v.Status, v.Name, v.Exists, v.Slow, v.Deleting, v.Seen, v.Log, v.DB, v.Shown)
	for _, m := range slices.Concat(v.Pending, v.Tray) {
		text += "\n" + mutationLine(m)
	}
	at, ok := r.Next()
	if !ok {
		at = r.now
	}
	return fmt.Sprintf("%s\nnext %t %d undo %t\n%q", text, ok, at-r.now, r.CanUndo("r1"), r.AppendBinary(nil))
}

// inputs is what can happen next, as the replica itself says. At is by how much
// time goes on.
func (s *search) inputs(r *Replica) []Input {
	id := fmt.Sprintf("c%d", r.number+1)
	typed := Input{Kind: Submit, ID: id, Record: "r1", Strategy: s.strategy}
	var all []Input
	if r.number < searchTyped {
		create, edit := typed, typed
		create.Op, create.Patch = user.Create, user.SetBoth("A", "a@b.c")
		edit.Op, edit.Patch = user.Edit, user.SetName(id)
		all = append(all, create, edit, Input{Kind: Undo, ID: id, Record: "r1", Strategy: s.strategy})
	}
	for m := range r.Mutations {
		all = append(all, s.about(r, m)...)
	}
	to := r.link.to
	row := protocol.Row{ID: "r1", Name: "B", Email: "a@b.c", Version: to + 1, Seq: to + 1, Change: to + 1}
	if r.link.epoch == "" {
		all = append(all, Input{Kind: Synced, Sync: &protocol.Sync{Epoch: "e", Full: true, To: 1, Change: 1}})
	} else {
		all = append(all,
			Input{Kind: Fed, Feed: &protocol.Feed{Epoch: "e", From: to, To: to + 1, Change: to + 1, Rows: []protocol.Row{row}}},
			Input{Kind: Fed, Feed: &protocol.Feed{Epoch: "e", From: to + 1, To: to + 1}},
			Input{Kind: Synced, Sync: &protocol.Sync{Epoch: "e", To: to, Change: to, Log: r.syncing == fromLog}},
		)
	}
	link := Input{Kind: Connected}
	if r.online {
		link.Kind = Disconnected
	}
	return append(all, link, Input{Kind: SyncFailed}, Input{Kind: Tick, At: 600}, Input{Kind: Tick, At: 2_500},
		Input{Kind: Dismiss, Record: "r1"}, Input{Kind: Retry, ID: id, Record: "r1", Strategy: s.strategy})
}

// about is what can happen to one mutation.
func (s *search) about(r *Replica, m *Mutation) []Input {
	if m.Phase == Writing {
		return []Input{{Kind: Stored, ID: m.ID}}
	}
	said := protocol.Reply{Command: m.ID, Epoch: r.link.epoch, Seq: r.link.to + 2}
	var all []Input
	for _, v := range []protocol.Verdict{protocol.Accepted, protocol.Confirmed, protocol.Retry, protocol.RolledBack} {
		said.Verdict = v
		all = append(all, Input{Kind: Answered, Reply: said})
	}
	return all
}
