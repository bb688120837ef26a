package tui

import (
	"strings"
	"testing"

	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// An edit of what was deleted is made anew by a retry.
func TestRetryIsAdvisedOnWhatWasDeleted(t *testing.T) {
	m := &Model{log: newEvents()}
	mu := reconcile.Mutation{Op: user.Edit, Strategy: "reconcile", Code: user.ErrNotFound}
	v := reconcile.View{ID: "a", Row: protocol.Row{ID: "a", Version: 2, Seq: 6, Deleted: true}}
	if got := m.fixNotFound(mu, v); !strings.Contains(got, "R makes it anew") {
		t.Errorf("an edit: %q", got)
	}
	mu.Op = user.Delete
	if got := m.fixNotFound(mu, v); !strings.Contains(got, "nobody has this record") {
		t.Errorf("a delete: %q", got)
	}
}

// A row that the log has deleted already takes no retry, though the database
// still shows it.
func TestNoRetryIsAdvisedOnWhatTheLogHasDeleted(t *testing.T) {
	m := &Model{log: newEvents()}
	mu := reconcile.Mutation{Op: user.Edit, Strategy: "reconcile", Code: user.ErrNotFound}
	v := reconcile.View{ID: "a", Row: protocol.Row{ID: "a", Version: 1, Seq: 5}}
	if got := m.fixNotFound(mu, v); !strings.Contains(got, "R sends it again") {
		t.Errorf("a row that is there: %q", got)
	}
	m.log.add(event.Event{Kind: event.Deleted, Op: user.Delete, Seq: 6, Record: "a", Version: 2}, 0)
	if got := m.fixNotFound(mu, v); !strings.Contains(got, "the log has it deleted") {
		t.Errorf("a row that the log has deleted: %q", got)
	}
}
