package remote_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"optimist/server/app"
	"optimist/shared/event"
	"optimist/shared/user"
)

// openSameRows opens the tables and indexes of a read model that a server has
// made, set up like the connection with which it writes: for a loop that writes
// what the server does, and knows of nothing but creates that never fail.
func openSameRows(tb testing.TB, _ string) (*bareRows, error) {
	tb.Helper()
	dir := tb.TempDir()
	made, err := app.Open(tb.Context(), app.Config{Dir: dir, Durability: app.PageCache})
	if err != nil {
		return nil, err
	}
	if err := made.Close(); err != nil {
		return nil, err
	}
	change := uint64(0)
	return openRows(filepath.Join(dir, "readmodel.db"), &bareRows{put: func(puts []*sql.Stmt, ev event.Event, seq uint64) error {
		change++
		_, err := puts[0].Exec(ev.Record, ev.Patch.Name, ev.Patch.Email, user.EmailKey(ev.Patch.Email), seq, ev.Client, ev.Command, change)
		if err == nil {
			_, err = puts[1].Exec(seq, ev.Client, ev.Command, ev.Record)
		}
		return err
	}}, []string{
		"PRAGMA wal_autocheckpoint = 8000",
		"PRAGMA cache_size = -32768",
	}, "UPDATE checkpoint SET seq = ?1, change = ?1, event_id = 'bench/c' || ?1",
		`INSERT INTO records (id, living, name, email, email_key, version, name_seq, email_seq, name_by, email_by,
			seq, last_seq, newest_seq, born_seq, changed_client, changed_command, direct, change)
			VALUES (?1, 1, ?2, ?3, ?4, 1, ?5, ?5, ?6, ?6, ?5, ?5, ?5, ?5, ?6, ?7, 0, ?8)`,
		`INSERT INTO commands (seq, client, command_id, record, op, status, version, code, why,
			fallen, root_client, root_command, root_seq, logged, change)
			VALUES (?1, ?2, ?3, ?4, 'create', 'applied', 1, '', '', 0, '', '', 0, 0, 0)`)
}
