package projection

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// A row that takes the place of a smaller one counts with its own size, so that
// a merged message is known to be too large before it is sent.
func TestReplacedRowCounts(t *testing.T) {
	var once, twice Outgoing
	small, large := protocol.Row{ID: "ada", Name: "A"}, protocol.Row{ID: "ada", Name: strings.Repeat("A", 200)}
	once.addRow(large)
	twice.addRow(small)
	twice.addRow(large)
	if once.size != twice.size || len(twice.rows) != 1 {
		t.Errorf("sizes %d and %d, %d rows", once.size, twice.size, len(twice.rows))
	}
}

func TestRowOf(t *testing.T) {
	rec := Record{
		ID: "a", Seq: 3, Last: 5, Newest: 4, Born: 2, Change: 7, Changed: user.Ref{Client: "ann", Command: "c3"},
		State: user.State{Name: "Ada", Email: "ada@example.org", Version: 2, NameSeq: 3, EmailSeq: 2, NameBy: "ann"},
	}
	want := protocol.Row{
		ID: "a", Name: "Ada", Email: "ada@example.org", Version: 2, Seq: 3, Born: 2,
		Deleted: true, By: "ann", Command: "c3", Change: 7,
	}
	if diff := cmp.Diff(want, RowOf(rec)); diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}
}
