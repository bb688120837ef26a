package main

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"optimist/client/remote"
	"optimist/server/app"
	"optimist/shared/event"
	"optimist/shared/fault"
)

// station is a server in this process that can be stopped and started again at
// the same place.
type station struct {
	cfg app.Config
	now *app.App
}

func mustStation(t testing.TB) *station {
	t.Helper()
	s := &station{cfg: app.Config{
		Dir: t.TempDir(), Listen: "127.0.0.1:0", ListenWS: "127.0.0.1:0",
		Durability: app.PageCache, Faults: true,
	}}
	s.mustStart(t)
	t.Cleanup(func() { s.mustStop(t) })
	return s
}

func (s *station) mustStart(t testing.TB) {
	t.Helper()
	var err error
	if s.now, err = app.Open(t.Context(), s.cfg); err != nil {
		t.Fatal(err)
	}
	s.cfg.Listen, s.cfg.ListenWS = hostOf(t, s.url("nats")), hostOf(t, s.url("ws"))
}

// mustStop stops the server. Stopping it again does nothing.
func (s *station) mustStop(t testing.TB) {
	t.Helper()
	if s.now == nil {
		return
	}
	if err := s.now.Close(); err != nil {
		t.Fatal(err)
	}
	s.now = nil
}

// url returns where the server listens by that scheme.
func (s *station) url(scheme string) string {
	for _, u := range s.now.URLs() {
		if strings.HasPrefix(u, scheme+"://") {
			return u
		}
	}
	return ""
}

func hostOf(t testing.TB, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		t.Fatalf("%q names no host: %v", address, err)
	}
	return u.Host
}

// mustConnect returns a connection of a guest.
func (s *station) mustConnect(t testing.TB) *nats.Conn {
	t.Helper()
	return mustConnectTo(t, s.url("nats"))
}

func mustConnectTo(t testing.TB, address string) *nats.Conn {
	t.Helper()
	quiet := func(*nats.Conn, *nats.Subscription, error) {} // Who expects an error looks for it.
	nc, err := nats.Connect(address, nats.MaxReconnects(-1), nats.ReconnectWait(10*time.Millisecond), nats.ErrorHandler(quiet))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	return nc
}

// mustArm arms a fault over the wire.
func (s *station) mustArm(t testing.TB, f fault.Fault) {
	t.Helper()
	if _, err := remote.FaultsOf(s.mustConnect(t)).Arm(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func (s *station) mustClear(t testing.TB) {
	t.Helper()
	if _, err := remote.FaultsOf(s.mustConnect(t)).Clear(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
}

// mustReadLog returns every event, as anybody with a NATS client can.
func mustReadLog(t testing.TB, nc *nats.Conn) []event.Event {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), settleWait)
	defer cancel()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	stream, err := js.Stream(ctx, remote.StreamName)
	if err != nil {
		t.Fatal(err)
	}
	var events []event.Event
	for seq := uint64(1); seq <= stream.CachedInfo().State.LastSeq; seq++ {
		msg, err := stream.GetMsg(ctx, seq)
		if err != nil {
			t.Fatalf("read #%d: %v", seq, err)
		}
		var ev event.Event
		if err := json.Unmarshal(msg.Data, &ev); err != nil {
			t.Fatalf("read #%d: %v", seq, err)
		}
		ev.Seq = seq
		events = append(events, ev)
	}
	return events
}

// eventsOf returns how many of events change the record by that command.
func eventsOf(events []event.Event, command string) int {
	n := 0
	for _, ev := range events {
		if ev.Command == command && ev.Kind.Changes() {
			n++
		}
	}
	return n
}
