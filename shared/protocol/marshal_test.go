package protocol_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// texts are what a field may hold, also what no client of ours sends.
var texts = []string{"", "Ada", "ada@example.org", `"Ada" \ Lovelace`, "<b>&", "a\tb\x00\x7f", "Zoë 🙂", "\u2028", "a\xffb"}

// messages returns messages whose fields hold text.
func messages(text string) []any {
	row := protocol.Row{ID: text, Name: text, Email: text, Version: 1, Seq: 2, Born: 3, Deleted: true, By: text, Command: text, Change: 4}
	return []any{
		protocol.Command{ID: text, Record: text, Op: user.Create, Name: &text, Email: &text, Cause: text, Base: 7, Strategy: text},
		protocol.Command{ID: "c", Record: text, Op: user.Delete},
		protocol.Reply{Command: text, Verdict: protocol.Accepted, Seq: 9, Version: 1, Epoch: text, Code: user.Code(text), Why: text, Root: text, Row: &row},
		protocol.Reply{Command: "c", Verdict: protocol.Verdict(text)},
		protocol.Feed{
			Epoch: text, From: 1, To: math.MaxInt64, Change: 5, Log: true, Rows: []protocol.Row{row, {ID: "r"}},
			Rejected: []protocol.Rejection{{Client: text, Command: text, Record: text, Seq: 3, Code: user.Code(text), Why: text, Root: text}, {}},
		},
		protocol.Feed{Epoch: text, From: 4, To: 4},
		protocol.Commands{}, protocol.Commands(nil), protocol.Commands{{ID: text}, {ID: "c", Op: user.Edit}},
		protocol.Replies{}, protocol.Replies(nil), protocol.Replies{{Command: text}, {Command: "c"}},
		protocol.Query{Ask: protocol.AskOutcome, Command: text},
	}
}

func TestMarshalWritesWhatEncodingJSONDoes(t *testing.T) {
	for _, text := range texts {
		for _, message := range messages(text) {
			want, err := json.Marshal(message)
			if err != nil {
				t.Fatal(err)
			}
			got, err := protocol.Marshal(message)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("%T of %q (-want +got):\n%s", message, text, diff)
			}
		}
	}
}

// mustReadAlike reads data as T in both ways.
func mustReadAlike[T any](t *testing.T, data []byte) {
	t.Helper()
	var got, want T
	err, wantErr := protocol.Unmarshal(data, &got), json.Unmarshal(data, &want)
	if (err == nil) != (wantErr == nil) {
		t.Fatalf("%T of %s: %v, want %v", got, data, err, wantErr)
	}
	if diff := cmp.Diff(want, got); err == nil && diff != "" {
		t.Fatalf("%T of %s (-want +got):\n%s", got, data, diff)
	}
}

func FuzzUnmarshalReadsWhatEncodingJSONDoes(f *testing.F) {
	for _, text := range texts {
		for _, message := range messages(text) {
			data, err := json.Marshal(message)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
			indented, err := json.MarshalIndent(message, "", " ")
			if err != nil {
				f.Fatal(err)
			}
			f.Add(indented)
			f.Add(data[:len(data)/2])
		}
	}
	for _, odd := range []string{
		``, `{}`, `{}x`, `{"id":"a","id":"b"}`, `{"ID":"a"}`, `{"record":"a","id":"b"}`, `{"id":null}`, `{"id":1}`, `{"seq":01}`,
		`{"seq":-1}`, `{"seq":1e3}`, `{"seq":18446744073709551615}`, `{"seq":18446744073709551616}`, `{"rows":[]}`, `{"rows":[{}],"rows":[{"id":"x"}]}`, `{"rows":[{},]}`,
		`{"row":null}`, `{"row":{"deleted":false}}`, `{"log":tru`, `{"op":"steal"}`, `{"id":"a\u0041"}`, `{"id":"`, `{"id"`, `[]`, `{"extra":1}`,
		"{\"id\":\"\xff\"}", "{\"id\":\"\x01\"}", `{,}`, `{"id":"a",}`, `{"rows":[`, `"`,
	} {
		f.Add([]byte(odd))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		mustReadAlike[protocol.Command](t, data)
		mustReadAlike[protocol.Reply](t, data)
		mustReadAlike[protocol.Feed](t, data)
	})
}

// What the server and its clients say all the time takes the short way, which
// allocates little.
func TestUnmarshalTakesTheShortWay(t *testing.T) {
	for _, message := range messages("Ada") {
		data, err := protocol.Marshal(message)
		if err != nil {
			t.Fatal(err)
		}
		var slow, fast func()
		switch message.(type) {
		case protocol.Command:
			slow, fast = both[protocol.Command](t, data)
		case protocol.Reply:
			slow, fast = both[protocol.Reply](t, data)
		case protocol.Feed:
			slow, fast = both[protocol.Feed](t, data)
		default:
			continue
		}
		if few, many := testing.AllocsPerRun(100, fast), testing.AllocsPerRun(100, slow); few >= many {
			t.Errorf("%s: %v allocations, encoding/json has %v", data, few, many)
		}
	}
}

func both[T any](t *testing.T, data []byte) (slow, fast func()) {
	read := func(with func([]byte, any) error) func() {
		return func() {
			if err := with(data, new(T)); err != nil {
				t.Error(err)
			}
		}
	}
	return read(json.Unmarshal), read(protocol.Unmarshal)
}
