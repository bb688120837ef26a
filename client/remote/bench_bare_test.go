package remote_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// bareLoop is the least that any design of this kind does.
type bareLoop struct {
	client   *nats.Conn
	js       nats.JetStreamContext
	notified chan []uint64
	next     int
}

// newBareLoop returns a loop that keeps its rows as open has it.
func newBareLoop(tb testing.TB, open func(tb testing.TB, path string) (*bareRows, error)) *bareLoop {
	tb.Helper()
	dir := tb.TempDir()
	bare := mustBareServer(tb, dir)
	own := mustConn(tb, bare)
	l := &bareLoop{client: mustConn(tb, bare), notified: make(chan []uint64, 4096)}
	js, err := own.JetStream()
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := js.AddStream(&nats.StreamConfig{Name: "BARE", Subjects: []string{"bare.>"}, Storage: nats.FileStorage, AllowDirect: true}); err != nil {
		tb.Fatal(err)
	}
	if l.js, err = l.client.JetStream(nats.PublishAsyncMaxPending(4096)); err != nil {
		tb.Fatal(err)
	}
	if _, err := l.client.Subscribe("done", func(m *nats.Msg) {
		var seqs []uint64
		if err := json.Unmarshal(m.Data, &seqs); err == nil {
			l.notified <- seqs
		}
	}); err != nil {
		tb.Fatal(err)
	}
	sub, err := js.SubscribeSync("bare.>", nats.BindStream("BARE"), nats.OrderedConsumer())
	if err != nil {
		tb.Fatal(err)
	}
	var done sync.WaitGroup
	rows, err := open(tb, filepath.Join(dir, "bare.db"))
	if err != nil {
		tb.Fatal(err)
	}
	done.Go(func() { bareConsumer(tb, own, sub, rows) })
	tb.Cleanup(func() {
		own.Close()
		done.Wait()
		l.client.Close()
		bare.Shutdown()
		bare.WaitForShutdown()
	})
	return l
}

func mustBareServer(tb testing.TB, dir string) *server.Server {
	tb.Helper()
	s, err := server.NewServer(&server.Options{DontListen: true, NoSigs: true, JetStream: true, StoreDir: dir})
	if err != nil {
		tb.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(10 * time.Second) {
		tb.Fatal("the bare server is not ready")
	}
	return s
}

func mustConn(tb testing.TB, s *server.Server) *nats.Conn {
	tb.Helper()
	nc, err := nats.Connect("", nats.InProcessServer(s))
	if err != nil {
		tb.Fatal(err)
	}
	return nc
}

// bareConsumer writes each event as a row, all that have arrived in one
// transaction, and tells the client.
func bareConsumer(tb testing.TB, nc *nats.Conn, sub *nats.Subscription, rows *bareRows) {
	defer rows.close()
	for {
		msg, err := sub.NextMsg(time.Hour)
		if err != nil {
			return
		}
		batch := []*nats.Msg{msg}
		for n, _, _ := sub.Pending(); n > 0; n-- {
			if msg, err = sub.NextMsg(time.Millisecond); err == nil {
				batch = append(batch, msg)
			}
		}
		if err := rows.commit(nc, batch); err != nil {
			tb.Error(err)
			return
		}
	}
}

// bareRows is where a bare loop keeps its rows and how far it is. Its statements
// are prepared once, as in the read model: to parse them for each transaction
// would cost the bare loop a fifth of its time.
type bareRows struct {
	db    *sql.DB
	puts  []*sql.Stmt
	put   func(puts []*sql.Stmt, ev event.Event, seq uint64) error // Writes an event with them.
	moved *sql.Stmt                                                // Takes the sequence of the last event.
}

// openBareRows opens the least that there can be: one table of users.
func openBareRows(_ testing.TB, path string) (*bareRows, error) {
	return openRows(path, &bareRows{put: func(puts []*sql.Stmt, ev event.Event, seq uint64) error {
		_, err := puts[0].Exec(ev.Record, ev.Patch.Name, ev.Patch.Email, seq)
		return err
	}}, []string{
		"CREATE TABLE users (id TEXT PRIMARY KEY, name TEXT, email TEXT, seq INTEGER) WITHOUT ROWID",
		"CREATE TABLE checkpoint (seq INTEGER)",
		"INSERT INTO checkpoint VALUES (0)",
	}, "UPDATE checkpoint SET seq = ?",
		"INSERT INTO users VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name")
}

// openRows opens the database at path and prepares the statements of r.
func openRows(path string, r *bareRows, setup []string, moved string, puts ...string) (*bareRows, error) {
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=NORMAL")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	r.db, r.puts = db, make([]*sql.Stmt, len(puts))
	for _, text := range setup {
		if _, err := db.Exec(text); err != nil {
			return nil, errors.Join(err, db.Close())
		}
	}
	r.moved, err = db.Prepare(moved)
	for i := range puts {
		if err == nil {
			r.puts[i], err = db.Prepare(puts[i]) //nolint:sqlclosecheck // It ends with the database.
		}
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return r, nil
}

func (r *bareRows) close() {
	_ = r.db.Close() // Nobody needs it any more, nor its statements.
}

func (r *bareRows) commit(nc *nats.Conn, batch []*nats.Msg) error {
	tx, err := r.db.Begin()
	if err != nil {
		return err
	}
	// They end with the transaction.
	puts, moved := make([]*sql.Stmt, len(r.puts)), tx.Stmt(r.moved) //nolint:sqlclosecheck // See above.
	for i := range puts {
		puts[i] = tx.Stmt(r.puts[i])
	}
	var seqs []uint64
	for _, msg := range batch {
		var ev event.Event
		if err := json.Unmarshal(msg.Data, &ev); err != nil {
			return err
		}
		meta, err := msg.Metadata()
		if err != nil {
			return err
		}
		if err := r.put(puts, ev, meta.Sequence.Stream); err != nil {
			return err
		}
		seqs = append(seqs, meta.Sequence.Stream)
	}
	if _, err := moved.Exec(seqs[len(seqs)-1]); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	data, err := json.Marshal(seqs)
	if err != nil {
		return err
	}
	return nc.Publish("done", data)
}

func (l *bareLoop) create() (string, []byte) {
	l.next++
	n := strconv.Itoa(l.next)
	name, email := "Somebody "+n, "somebody"+n+"@example.org"
	c := protocol.Command{ID: "c" + n, Record: "r" + n, Op: user.Create, Name: &name, Email: &email}.User("bench")
	data, err := json.Marshal(event.Event{Kind: event.Created, Ref: c.Ref, Record: c.Record, Op: c.Op, Patch: c.Patch, Time: time.Now().UnixMilli(), Version: 1})
	if err != nil {
		panic(err)
	}
	return "bare." + c.Record, data
}

func (l *bareLoop) run(tb testing.TB, n, outstanding int) ([]time.Duration, time.Duration) {
	each := make([]time.Duration, 0, n)
	started := make([]time.Time, 0, n)
	begun := time.Now()
	publish := func() {
		started = append(started, time.Now())
		if _, err := l.js.PublishAsync(l.create()); err != nil {
			tb.Fatal(err)
		}
	}
	for range outstanding {
		publish()
	}
	for len(each) < n {
		// Events are notified in the order they were published.
		for range <-l.notified {
			each = append(each, time.Since(started[len(each)]))
			if len(started) < n {
				publish()
			}
		}
	}
	return each, time.Since(begun)
}
