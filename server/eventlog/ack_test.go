package eventlog

import (
	"errors"
	"testing"

	"github.com/nats-io/nats.go"
)

func TestParseAck(t *testing.T) {
	tests := []struct {
		data string
		seq  uint64
		fate string
	}{
		{`{"stream":"EVENTS","seq":42}`, 42, "stored"},
		{`{"stream":"EVENTS", "seq":42}`, 42, "stored"},
		{`{"stream":"EVENTS", "seq":42,"duplicate":true}`, 42, "stored"},
		{`{"error":{"code":400,"err_code":10071,"description":"wrong last sequence: 7"},"stream":"EVENTS","seq":0}`, 0, "conflict"},
		{`{"error":{"code":400,"err_code":10164,"description":"wrong last sequence"},"stream":"EVENTS","seq":0}`, 0, "conflict"},
		{`{"error":{"code":400,"err_code":10201,"description":"duplicate in the batch"},"stream":"EVENTS","seq":0}`, 0, "conflict"},
		{`{"stream":"EVENTS","seq":42,"batch":"b","count":3}`, 40, "stored"},
		{`{"error":{"code":503,"err_code":10077,"description":"disk full"},"stream":"EVENTS","seq":0}`, 0, "unknown"},
		{`{"stream":"EVENTS","seq":}`, 0, "unknown"},
		{``, 0, "unknown"},
	}
	for _, tt := range tests {
		seq, err := parseAck(&nats.Msg{Data: []byte(tt.data)})
		fate := "unknown"
		switch {
		case err == nil:
			fate = "stored"
		case errors.Is(err, ErrConflict):
			fate = "conflict"
		}
		if seq != tt.seq || fate != tt.fate {
			t.Errorf("%s: %d, %s, %v", tt.data, seq, fate, err)
		}
	}
}

// The server's usual acknowledgement takes the short way.
func TestPlainAck(t *testing.T) {
	if seq, plain := plainAck([]byte(`{"stream":"EVENTS","seq":42}`)); !plain || seq != 42 {
		t.Errorf("%d, %v", seq, plain)
	}
	for _, data := range []string{`{"stream":"EVENTS","seq":42,"duplicate":true}`, `{"stream":"OTHER","seq":42}`, `{"stream":"EVENTS","seq":42`} {
		if _, plain := plainAck([]byte(data)); plain {
			t.Errorf("%s is not plain", data)
		}
	}
}
