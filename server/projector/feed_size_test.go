package projector

import (
	"strings"
	"testing"

	"optimist/shared/protocol"
)

// A row that takes the place of a smaller one counts with its own size, so that
// a merged message is known to be too large before it is sent.
func TestReplacedRowCounts(t *testing.T) {
	var once, twice outgoing
	small, large := protocol.Row{ID: "ada", Name: "A"}, protocol.Row{ID: "ada", Name: strings.Repeat("A", 200)}
	once.addRow(large)
	twice.addRow(small)
	twice.addRow(large)
	if once.size != twice.size || len(twice.rows) != 1 {
		t.Errorf("sizes %d and %d, %d rows", once.size, twice.size, len(twice.rows))
	}
}
