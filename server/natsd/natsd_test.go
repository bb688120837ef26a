package natsd

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"optimist/server/eventlog"
	"optimist/shared/event"
	"optimist/shared/user"
)

// mustStart returns a running server that ends with the test.
func mustStart(t testing.TB, cfg Config) *Server {
	t.Helper()
	if cfg.Dir == "" {
		cfg.Dir = t.TempDir()
	}
	s, err := Start(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// mustLog opens the log on the server's own connection.
func mustLog(t testing.TB, s *Server) (*nats.Conn, *eventlog.Log) {
	t.Helper()
	nc, err := s.ConnectLog()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	l, err := eventlog.Open(t.Context(), nc, eventlog.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return nc, l
}

func TestSecondHolderIsToldThePID(t *testing.T) {
	dir := t.TempDir()
	mustStart(t, Config{Dir: dir, Durability: PageCache})
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, link} {
		began := time.Now()
		_, err := Start(t.Context(), Config{Dir: path})
		var locked *LockedError
		if !errors.As(err, &locked) || locked.PID != os.Getpid() || locked.Dir != path {
			t.Fatalf("second server on %s: %v", path, err)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("it took %v", took)
		}
		if pid, held := Holder(path); !held || pid != os.Getpid() {
			t.Errorf("Holder = %d, %v", pid, held)
		}
	}
}

func TestCloseReleasesTheDirectory(t *testing.T) {
	dir := t.TempDir()
	s, err := Start(t.Context(), Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if pid, held := Holder(dir); held {
		t.Fatalf("held by %d", pid)
	}
	mustStart(t, Config{Dir: dir})
}

func TestListensOnThisMachineOnly(t *testing.T) {
	for addr, host := range map[string]string{
		"127.0.0.1:0": "127.0.0.1", "localhost:0": "127.0.0.1", ":0": "127.0.0.1",
		"0": "127.0.0.1", "[::1]:0": "::1", "127.3.2.1:99": "127.3.2.1",
	} {
		if got, _, err := loopback(addr); err != nil || got != host {
			t.Errorf("loopback(%q) = %q, %v", addr, got, err)
		}
	}
	for _, addr := range []string{"0.0.0.0:1", "[::]:1", "192.168.1.2:1", "example.org:1", "127.0.0.1:x", "127.0.0.1:70000"} {
		for _, cfg := range []Config{{Listen: addr}, {ListenWS: addr}} {
			cfg.Dir = t.TempDir()
			if _, err := Start(t.Context(), cfg); err == nil || !strings.Contains(err.Error(), addr) {
				t.Errorf("listen on %s: %v", addr, err)
			}
		}
	}
}

func TestPortInUseIsAnError(t *testing.T) {
	first := mustStart(t, Config{Listen: "127.0.0.1:0"})
	addr := strings.TrimPrefix(first.URLs()[0], "nats://")
	for _, cfg := range []Config{{Listen: addr}, {ListenWS: addr}} {
		cfg.Dir = t.TempDir()
		if _, err := Start(t.Context(), cfg); err == nil || !strings.Contains(err.Error(), "in use") {
			t.Errorf("second listener: %v", err)
		}
		if _, held := Holder(cfg.Dir); held {
			t.Error("the directory is still held")
		}
	}
}

func TestWebSocketAlone(t *testing.T) {
	s := mustStart(t, Config{ListenWS: "127.0.0.1:0"})
	urls := s.URLs()
	if len(urls) != 1 || !strings.HasPrefix(urls[0], "ws://127.0.0.1:") || strings.HasSuffix(urls[0], ":0") {
		t.Fatalf("urls: %v", urls)
	}
	nc, err := nats.Connect(urls[0])
	if err != nil {
		t.Fatal(err)
	}
	nc.Close()
}

func TestGuest(t *testing.T) {
	s := mustStart(t, Config{Listen: "127.0.0.1:0", ListenWS: "127.0.0.1:0", Durability: PageCache})
	_, log := mustLog(t, s)
	created := event.Event{
		Kind: event.Created, Op: user.Create, Record: "ada",
		Ref: user.Ref{Client: "bob", Command: "c1"}, Patch: user.SetBoth("Ada", "ada@example.org"),
	}
	if _, err := log.Append(t.Context(), created, 0); err != nil {
		t.Fatal(err)
	}
	connects := map[string]func() (*nats.Conn, error){
		"in process": func() (*nats.Conn, error) { return s.ConnectGuest() },
		"tcp":        func() (*nats.Conn, error) { return nats.Connect(s.URLs()[0]) },
		"websocket":  func() (*nats.Conn, error) { return nats.Connect(s.URLs()[1]) },
	}
	for name, connect := range connects {
		t.Run(name, func(t *testing.T) {
			nc, err := connect()
			if err != nil {
				t.Fatal(err)
			}
			defer nc.Close()
			guestReads(t, nc)
			guestCannotWrite(t, nc)
		})
	}
	if end, err := log.End(t.Context()); err != nil || end != 2 {
		t.Errorf("the log ends at %d, %v; want 2", end, err)
	}
}

// guestReads reads the stream in the ways NATS tools do.
func guestReads(t *testing.T, nc *nats.Conn) {
	t.Helper()
	js, err := nc.JetStream()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for name := range js.StreamNames() {
		names = append(names, name)
	}
	if len(names) != 1 || names[0] != eventlog.StreamName {
		t.Errorf("streams: %v", names)
	}
	for info := range js.Streams() {
		if info.Config.Name != eventlog.StreamName || info.State.LastSeq != 2 {
			t.Errorf("listed: %+v", info)
		}
	}
	if raw, err := js.GetMsg(eventlog.StreamName, 2); err != nil || raw.Subject != "events.user.ada.created" {
		t.Errorf("get #2: %v, %v", raw, err)
	}
	sub, err := js.SubscribeSync(event.AllSubjects, nats.OrderedConsumer())
	if err != nil {
		t.Fatal(err)
	}
	for seq := uint64(1); seq <= 2; seq++ {
		msg, err := sub.NextMsg(5 * time.Second)
		if err != nil {
			t.Fatal(err)
		}
		if meta, err := msg.Metadata(); err != nil || meta.Sequence.Stream != seq {
			t.Errorf("#%d: %v, %v", seq, meta, err)
		}
	}
	if err := sub.Unsubscribe(); err != nil {
		t.Error(err)
	}
	guestPulls(t, nc)
}

// guestPulls reads by the newer interface, as the nats tool does.
func guestPulls(t *testing.T, nc *nats.Conn) {
	t.Helper()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	consumer, err := js.OrderedConsumer(t.Context(), eventlog.StreamName, jetstream.OrderedConsumerConfig{})
	if err != nil {
		t.Fatal(err)
	}
	batch, err := consumer.Fetch(2, jetstream.FetchMaxWait(5*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	var seqs []uint64
	for msg := range batch.Messages() {
		meta, err := msg.Metadata()
		if err != nil {
			t.Fatal(err)
		}
		seqs = append(seqs, meta.Sequence.Stream)
	}
	if !slices.Equal(seqs, []uint64{1, 2}) {
		t.Errorf("pulled %v, %v", seqs, batch.Error())
	}
}

// guestCannotWrite tries each way into the log.
func guestCannotWrite(t *testing.T, nc *nats.Conn) {
	t.Helper()
	denied := make(chan error, 16)
	nc.SetErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { denied <- err })
	attempts := []string{
		"events.user.ada.deleted", "$JS.API.STREAM.DELETE.EVENTS", "$JS.API.STREAM.PURGE.EVENTS",
		"$JS.API.STREAM.CREATE.OTHER", "$JS.API.STREAM.UPDATE.EVENTS", "$JS.API.STREAM.MSG.DELETE.EVENTS",
		"feed", "status", "_INBOX.x",
	}
	for _, subject := range attempts {
		if err := nc.Publish(subject, []byte(`{}`)); err != nil {
			t.Fatal(err)
		}
	}
	for range attempts {
		select {
		case err := <-denied:
			if !errors.Is(err, nats.ErrPermissionViolation) {
				t.Errorf("%v", err)
			}
		case <-time.After(5 * time.Second):
			t.Fatal("an attempt was not denied")
		}
	}
}

// The server answers wherever a request asks it to, with rights of its own. The
// answer must come to the clients' account, where no stream listens.
func TestGuestCannotWriteThroughAReply(t *testing.T) {
	s := mustStart(t, Config{Durability: PageCache})
	_, log := mustLog(t, s)
	own, err := s.Connect()
	if err != nil {
		t.Fatal(err)
	}
	defer own.Close()
	answers, err := own.SubscribeSync(event.AllSubjects)
	if err != nil {
		t.Fatal(err)
	}
	if err := own.Flush(); err != nil {
		t.Fatal(err)
	}
	guest, err := s.ConnectGuest()
	if err != nil {
		t.Fatal(err)
	}
	defer guest.Close()
	for _, api := range []string{"INFO", "STREAM.INFO.EVENTS", "STREAM.MSG.GET.EVENTS", "DIRECT.GET.EVENTS"} {
		if err := guest.PublishRequest("$JS.API."+api, "events.user.ada.created", []byte(`{"seq":1}`)); err != nil {
			t.Fatal(err)
		}
		if _, err := answers.NextMsg(5 * time.Second); err != nil {
			t.Fatalf("%s: %v", api, err)
		}
	}
	if end, err := log.End(t.Context()); err != nil || end != 1 {
		t.Errorf("the log ends at %d, %v; want 1", end, err)
	}
}
