package remote_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"optimist/client/outbox"
	"optimist/client/remote"
	"optimist/server/app"
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// Sizes of one round. The two sides take turns, so that a noisy machine is
// noisy for both, and the medians of the rounds are compared.
const (
	benchRounds = 7
	aloneOps    = 1_500
	crowdedOps  = 12_000
	crowd       = 256
)

// loop is something that can be asked for n confirmed creates with so many
// outstanding, and returns how long each took.
type loop interface {
	run(tb testing.TB, n, outstanding int) (each []time.Duration, whole time.Duration)
}

// BenchmarkCreateConfirmed measures create → confirmed at a real client, beside
// a bare loop in the same run: publish → consume → SQLite commit → notify, with
// nothing decided, checked or kept. Both store their log in the page cache.
func BenchmarkCreateConfirmed(b *testing.B) {
	for b.Loop() {
		ours, bare := newClientLoop(b), newBareLoop(b)
		warm(b, ours, bare)
		var p50, p99, bare50, bare99, rate, bareRate []float64
		for range benchRounds {
			a, _ := ours.run(b, aloneOps, 1)
			c, _ := bare.run(b, aloneOps, 1)
			p50, p99 = append(p50, micros(a, 50)), append(p99, micros(a, 99))
			bare50, bare99 = append(bare50, micros(c, 50)), append(bare99, micros(c, 99))
			_, whole := ours.run(b, crowdedOps, crowd)
			_, bareWhole := bare.run(b, crowdedOps, crowd)
			rate = append(rate, crowdedOps/whole.Seconds())
			bareRate = append(bareRate, crowdedOps/bareWhole.Seconds())
		}
		a, _ := ours.run(b, crowdedOps, crowd)
		c, _ := bare.run(b, crowdedOps, crowd)
		b.ReportMetric(median(p50), "p50-µs")
		b.ReportMetric(median(rate), "creates/s")
		fmt.Println()
		figure("create_confirmed_p50", median(p50), "µs", "by ratio")
		figure("create_confirmed_p99", median(p99), "µs", "by ratio")
		figure("bare_loop_p50", median(bare50), "µs", "reference")
		figure("bare_loop_p99", median(bare99), "µs", "reference")
		figure("create_confirmed_p50_ratio", median(p50)/median(bare50), "x", "<=1.25")
		figure("create_confirmed_256_p50", micros(a, 50), "µs", "by ratio")
		figure("create_confirmed_256_p99", micros(a, 99), "µs", "by ratio")
		figure("bare_loop_256_p50", micros(c, 50), "µs", "reference")
		figure("bare_loop_256_p99", micros(c, 99), "µs", "reference")
		figure("create_confirmed_256_throughput", median(rate), "1/s", "by ratio")
		figure("bare_loop_256_throughput", median(bareRate), "1/s", "reference")
		figure("create_confirmed_256_throughput_ratio", median(rate)/median(bareRate), "x", ">=0.8")
	}
}

func warm(tb testing.TB, loops ...loop) {
	for _, l := range loops {
		l.run(tb, 300, 1)
		l.run(tb, 2_000, crowd)
	}
}

func figure(name string, value float64, unit, goal string) {
	fmt.Printf("figure %s %.2f %s (goal %s)\n", name, value, unit, goal)
}

func micros(each []time.Duration, percent int) float64 {
	slices.Sort(each)
	return float64(each[len(each)*percent/100].Nanoseconds()) / 1e3
}

func median(values []float64) float64 {
	values = slices.Sorted(slices.Values(values))
	return values[len(values)/2]
}

// clientLoop is a real client of a real server: replica, remote and all.
type clientLoop struct {
	remote  *remote.Remote
	replica *reconcile.Replica
	batches chan remote.Batch
	next    int
	started map[string]time.Time
	effects []reconcile.Effect
}

func newClientLoop(tb testing.TB) *clientLoop {
	tb.Helper()
	opened, err := app.Open(context.Background(), app.Config{})
	if err != nil {
		tb.Fatal(err)
	}
	l := &clientLoop{
		replica: reconcile.New("bench", reconcile.NewTree()),
		batches: make(chan remote.Batch, 64), started: map[string]time.Time{},
	}
	l.remote, err = remote.Dial(context.Background(), remote.Config{
		Connect: opened.Connect, Client: "bench", Outbox: outbox.Memory("bench"),
		Deliver: func(b remote.Batch) { l.batches <- b },
	})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		// Deliveries are drained so that the remote can end.
		go func() {
			for range l.batches {
				continue
			}
		}()
		if err := l.remote.Close(); err != nil {
			tb.Error(err)
		}
		close(l.batches)
		if err := opened.Close(); err != nil {
			tb.Error(err)
		}
	})
	for !l.replica.Position().Online || l.replica.Position().Epoch == "" {
		l.take(tb, nil)
	}
	return l
}

// take steps through one delivery and calls confirmed for each create that the
// rows have.
func (l *clientLoop) take(tb testing.TB, confirmed func(id string)) {
	b := <-l.batches
	for _, err := range b.Failures {
		tb.Fatal(err)
	}
	l.effects = l.effects[:0]
	for _, in := range b.Inputs {
		l.effects = l.replica.Step(in, l.effects)
	}
	for i := range l.effects {
		switch e := &l.effects[i]; e.Kind {
		case reconcile.Settled:
			confirmed(e.ID)
		case reconcile.Fell:
			tb.Fatalf("%s rolled back: %s %s", e.ID, e.Mutation.Code, e.Mutation.Why)
		default:
		}
	}
	l.remote.Do(l.effects)
}

func (l *clientLoop) create() {
	l.next++
	n := strconv.Itoa(l.next)
	id := "c" + n
	l.started[id] = time.Now()
	l.remote.Do(l.replica.Step(reconcile.Input{
		Kind: reconcile.Submit, At: time.Now().UnixMilli(), ID: id, Record: "r" + n, Op: user.Create,
		Patch: user.SetBoth("Somebody "+n, "somebody"+n+"@example.org"),
	}, nil))
}

func (l *clientLoop) run(tb testing.TB, n, outstanding int) ([]time.Duration, time.Duration) {
	each := make([]time.Duration, 0, n)
	begun := time.Now()
	for range outstanding {
		l.create()
	}
	left := n - outstanding
	for len(each) < n {
		l.take(tb, func(id string) {
			each = append(each, time.Since(l.started[id]))
			delete(l.started, id)
			if left > 0 {
				left--
				l.create()
			}
		})
	}
	return each, time.Since(begun)
}

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
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=NORMAL")
	if err != nil {
		tb.Error(err)
		return
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE TABLE users (id TEXT PRIMARY KEY, name TEXT, email TEXT, seq INTEGER) WITHOUT ROWID; CREATE TABLE checkpoint (seq INTEGER); INSERT INTO checkpoint VALUES (0)"); err != nil {
		tb.Error(err)
		return
	}
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
		if err := bareCommit(db, nc, batch); err != nil {
			tb.Error(err)
			return
		}
	}
}

func bareCommit(db *sql.DB, nc *nats.Conn, batch []*nats.Msg) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	// The statement ends with its transaction.
	put, err := tx.Prepare("INSERT INTO users VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name") //nolint:sqlclosecheck // See above.
	if err != nil {
		return err
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
		if _, err := put.Exec(ev.Record, ev.Patch.Name, ev.Patch.Email, meta.Sequence.Stream); err != nil {
			return err
		}
		seqs = append(seqs, meta.Sequence.Stream)
	}
	if _, err := tx.Exec("UPDATE checkpoint SET seq = ?", seqs[len(seqs)-1]); err != nil {
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
