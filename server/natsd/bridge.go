package natsd

import (
	"fmt"
	"log/slog"
	"sync"
)

// bridge is the nats-server's logger. It keeps the first fatal error, after
// which a server on its own would exit, for Start to return. What the server
// finds notable is detail here.
type bridge struct {
	log *slog.Logger

	mu    sync.Mutex
	fatal error
}

// Err returns the first fatal error.
func (b *bridge) Err() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.fatal
}

// Fatalf keeps the first error.
func (b *bridge) Fatalf(format string, v ...any) {
	b.Errorf(format, v...)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fatal == nil {
		b.fatal = fmt.Errorf(format, v...)
	}
}

// Errorf logs an error.
func (b *bridge) Errorf(format string, v ...any) { b.write((*slog.Logger).Error, format, v) }

// Warnf logs a warning.
func (b *bridge) Warnf(format string, v ...any) { b.write((*slog.Logger).Debug, format, v) }

// Noticef logs a notice.
func (b *bridge) Noticef(format string, v ...any) { b.write((*slog.Logger).Debug, format, v) }

// Debugf drops detail of the server's insides.
func (b *bridge) Debugf(string, ...any) {}

// Tracef drops the protocol's trace.
func (b *bridge) Tracef(string, ...any) {}

func (b *bridge) write(log func(*slog.Logger, string, ...any), format string, v []any) {
	if b.log != nil {
		log(b.log, fmt.Sprintf(format, v...), "part", "nats-server")
	}
}
