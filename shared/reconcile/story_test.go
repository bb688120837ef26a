package reconcile

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

var update = flag.Bool("update", false, "rewrite what the stories in testdata say")

// TestStories plays every story in testdata. A line that begins in the first
// column says what happens; the indented lines below it are what the replica
// wants done, or what it shows. With -update they are rewritten: read the
// difference, and keep it only if each line of it can be explained.
func TestStories(t *testing.T) { playStories(t, "testdata/*.story") }

// playStories plays the stories that the pattern names, each as a test.
func playStories(t *testing.T, pattern string) {
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no stories in %s (%v)", pattern, err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".story"), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := playStory(t, string(text), func() Base { return NewTree() })
			if short := playStory(t, string(text), func() Base { return NewShort() }); short != got {
				t.Errorf("it goes otherwise over a Short (-tree +short):\n%s", cmp.Diff(got, short))
			}
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(text), got); diff != "" && !*update {
				t.Errorf("the story goes otherwise (-want +got):\n%s", diff)
			}
		})
	}
}

// playStory returns the story with the lines that came of it.
func playStory(t *testing.T, text string, base func() Base) string {
	s := newStage(t, base)
	var b strings.Builder
	for _, line := range strings.SplitAfter(text, "\n") {
		if strings.HasPrefix(line, " ") {
			continue
		}
		b.WriteString(line)
		if words := strings.Fields(line); len(words) > 0 && words[0] != "#" {
			for _, said := range s.do(words) {
				fmt.Fprintf(&b, "    %s\n", said)
			}
		}
	}
	return b.String()
}

// stage is a replica, its outbox, and the message that the story is putting
// together.
type stage struct {
	t        testing.TB
	base     func() Base
	r        *Replica
	box      map[int]Mutation // By number.
	now      int64
	epoch    string
	rows     []protocol.Row
	rejected []protocol.Rejection
	said     []string
}

func newStage(t testing.TB, base func() Base) *stage {
	return &stage{t: t, base: base, r: New("ann", base()), box: map[int]Mutation{}, epoch: "e1"}
}

// args are the words of a line after its verb: those without "=", and the rest
// by name.
type args struct {
	t     testing.TB
	words []string
	named map[string]string
}

func (s *stage) parse(words []string) args {
	a := args{t: s.t, named: map[string]string{}}
	for _, w := range words {
		if name, value, ok := strings.Cut(w, "="); ok {
			a.named[name] = value
		} else {
			a.words = append(a.words, w)
		}
	}
	return a
}

func (a args) num(name string) uint64 {
	if a.named[name] == "" {
		return 0
	}
	n, err := strconv.ParseUint(a.named[name], 10, 64)
	if err != nil {
		a.t.Fatalf("%s: %v", name, err)
	}
	return n
}

func (a args) has(word string) bool {
	for _, w := range a.words {
		if w == word {
			return true
		}
	}
	return false
}

func (a args) patch() user.Patch {
	var p user.Patch
	if name, ok := a.named["name"]; ok {
		p = user.SetName(name).Over(p)
	}
	if email, ok := a.named["email"]; ok {
		p = user.SetEmail(email).Over(p)
	}
	return p
}

// do carries out one line and returns what came of it.
func (s *stage) do(words []string) []string {
	s.said = nil
	verb, a := words[0], s.parse(words[1:])
	switch verb {
	case "create", "edit", "delete", "retry", "undo", "dismiss":
		s.typed(verb, a)
	case "stored":
		s.step(Input{Kind: Stored, ID: a.words[0]})
	case "connect":
		s.step(Input{Kind: Connected})
	case "disconnect":
		s.step(Input{Kind: Disconnected})
	case "tick":
		s.now += int64(a.num("after"))
		s.step(Input{Kind: Tick})
	case "accepted", "confirmed", "refused", "rolled-back", "retry-later", "unknown":
		s.answer(verb, a)
	case "row", "reject", "feed", "synced", "sync-failed":
		s.server(verb, a)
	case "restart":
		s.restart()
	case "follow":
		s.step(Input{Kind: Follow, Strategy: strategyOf(a.named["strategy"])})
	case "next":
		s.next()
	case "epoch":
		s.epoch = a.words[0]
	case "show":
		s.show(a.words[0])
	default:
		s.t.Fatalf("unknown verb %q", verb)
	}
	return s.said
}

// typed is what the person does. The word "held" keeps the disk from answering.
func (s *stage) typed(verb string, a args) {
	in := Input{
		ID: fmt.Sprintf("A%d", s.r.number+1), Record: a.words[0],
		Patch: a.patch(), Strategy: strategyOf(a.named["strategy"]), Base: a.num("base"),
	}
	switch verb {
	case "retry":
		in.Kind = Retry
	case "undo":
		in.Kind = Undo
	case "dismiss":
		in.Kind = Dismiss
	default:
		in.Kind = Submit
		in.Op, _ = user.ParseOp(verb)
	}
	for _, e := range s.step(in) {
		if e.Kind == Store && e.Mutation.Phase == Writing && !a.has("held") {
			s.said = append(s.said, "-- on disk")
			s.step(Input{Kind: Stored, ID: e.ID})
		}
	}
}

// answer is what the server says of one command.
func (s *stage) answer(verb string, a args) {
	verdicts := map[string]protocol.Verdict{"retry-later": protocol.Retry}
	v, ok := verdicts[verb]
	if !ok {
		v = protocol.Verdict(verb)
	}
	epoch := s.epoch
	if e, ok := a.named["epoch"]; ok {
		epoch = e
	}
	var row *protocol.Row
	if a.has("row") {
		row, s.rows = &s.rows[0], nil
	}
	s.step(Input{Kind: Answered, Reply: protocol.Reply{
		Row: row, Command: a.words[0], Verdict: v, Seq: a.num("seq"), Version: a.num("v"), Epoch: epoch,
		Code: user.Code(a.named["code"]), Why: a.named["why"], Root: a.named["root"],
	}})
}

// server is what the read model says: rows and rejections are put together, and
// go out with the next feed or synced.
func (s *stage) server(verb string, a args) {
	epoch := s.epoch
	if e, ok := a.named["epoch"]; ok {
		epoch = e
	}
	switch verb {
	case "row":
		s.rows = append(s.rows, protocol.Row{
			ID: a.words[0], Name: a.named["name"], Email: a.named["email"],
			Version: a.num("v"), Seq: a.num("seq"), Deleted: a.has("deleted"),
			By: a.named["by"], Command: a.named["command"], Born: a.num("born"), Change: a.num("change"),
		})
		return
	case "reject":
		client := "ann"
		if c, ok := a.named["client"]; ok {
			client = c
		}
		s.rejected = append(s.rejected, protocol.Rejection{
			Client: client, Command: a.words[0], Seq: a.num("seq"),
			Code: user.Code(a.named["code"]), Root: a.named["root"],
		})
		return
	case "feed":
		s.step(Input{Kind: Fed, Feed: &protocol.Feed{
			Epoch: epoch, From: a.num("from"), To: a.num("to"), Change: a.num("to"),
			Rows: s.rows, Rejected: s.rejected, Log: a.has("log"),
		}})
	case "synced":
		s.step(Input{Kind: Synced, Sync: &protocol.Sync{
			Epoch: epoch, Full: a.has("full"), To: a.num("to"), Change: a.num("to"),
			Rows: s.rows, Rejected: s.rejected, Log: a.has("log"),
		}})
	case "sync-failed":
		s.step(Input{Kind: SyncFailed})
	}
	s.rows, s.rejected = nil, nil
}

// restart gives a new replica what the outbox holds.
func (s *stage) restart() {
	s.r = New("ann", s.base())
	for n := range 100 {
		if m, ok := s.box[n]; ok {
			s.step(Input{Kind: Restore, Mutation: &m})
		}
	}
}

// step steps the replica, keeps its outbox, and says what it wants.
func (s *stage) step(in Input) []Effect {
	in.At = s.now
	out := s.r.Step(in, nil)
	for _, e := range out {
		s.said = append(s.said, effectLine(e))
		if e.Kind == Store {
			s.box[e.Mutation.Number] = e.Mutation
		}
		if e.Kind == Forget {
			for n, m := range s.box {
				if m.ID == e.ID {
					delete(s.box, n)
				}
			}
		}
	}
	return out
}
