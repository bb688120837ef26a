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

func newBareLoop(tb testing.TB) *bareLoop {
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
	done.Go(func() { bareConsumer(tb, own, sub, filepath.Join(dir, "bare.db")) })
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
func bareConsumer(tb testing.TB, nc *nats.Conn, sub *nats.Subscription, path string) {
	rows, err := openBareRows(path)
	if err != nil {
		tb.Error(err)
		return
	}
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

// bareRows is a table of users and how far it is. Its statements are prepared
// once, as in the read model: to parse them for each transaction would cost the
// bare loop a fifth of its time.
type bareRows struct {
	db         *sql.DB
	put, moved *sql.Stmt
}

func openBareRows(path string) (*bareRows, error) {
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=NORMAL")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	r := &bareRows{db: db}
	if _, err = db.Exec("CREATE TABLE users (id TEXT PRIMARY KEY, name TEXT, email TEXT, seq INTEGER) WITHOUT ROWID; CREATE TABLE checkpoint (seq INTEGER); INSERT INTO checkpoint VALUES (0)"); err == nil {
		r.put, err = db.Prepare("INSERT INTO users VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name")
	}
	if err == nil {
		r.moved, err = db.Prepare("UPDATE checkpoint SET seq = ?")
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return r, nil
}

func (r *bareRows) close() {
	_, _, _ = r.put.Close(), r.moved.Close(), r.db.Close() // Nobody needs it any more.
}

func (r *bareRows) commit(nc *nats.Conn, batch []*nats.Msg) error {
	tx, err := r.db.Begin()
	if err != nil {
		return err
	}
	// They end with the transaction.
	put, moved := tx.Stmt(r.put), tx.Stmt(r.moved) //nolint:sqlclosecheck // See above.
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
		if _, err := put.Exec(ev.Record, ev.Patch.Name, ev.Patch.Email, meta.Sequence.Stream); err != nil {
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
