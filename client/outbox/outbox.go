// Package outbox keeps what a person did until it is confirmed or dismissed,
// so that a crash, a lost connection or a closed laptop loses nothing. What is
// in it survives the death of the process and of the machine.
package outbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"optimist/shared/reconcile"
)

// Outbox holds one client's mutations that have no good end yet: those under
// way, and the rolled-back ones that still lie in the tray. One goroutine at a
// time may use it.
type Outbox struct {
	client string
	kept   kept
}

// kept is where an Outbox keeps its mutations.
type kept interface {
	load() ([]reconcile.Mutation, error)
	write(changes []Change) error
	close() error
}

// Change is one thing to write: Store puts Mutation in the place of what the
// outbox holds under that id; else the mutation ID is forgotten.
type Change struct {
	Store    bool
	ID       string
	Mutation reconcile.Mutation
}

// Open opens the outbox of client in dir, made if it is missing, and locks it.
// It returns an *InUseError if another process has it open, and a
// *DamagedError, having changed nothing, if its file cannot be read.
func Open(ctx context.Context, dir, client string) (*Outbox, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the outbox's directory: %w", err)
	}
	held, err := takeLock(ctx, dir)
	if err != nil {
		return nil, fmt.Errorf("open the outbox: %w", err)
	}
	f, err := openFile(ctx, filepath.Join(dir, fileName), client)
	if err != nil {
		return nil, fmt.Errorf("open the outbox: %w", errors.Join(err, held.Close()))
	}
	f.lock = held
	return &Outbox{client: client, kept: f}, nil
}

// Memory returns an outbox of a throw-away session, which lives as long as the
// value does.
func Memory(client string) *Outbox {
	return &Outbox{client: client, kept: memory{}}
}

// Client returns whose outbox it is.
func (o *Outbox) Client() string { return o.client }

// Load returns everything in the outbox, in the order of numbers.
func (o *Outbox) Load() ([]reconcile.Mutation, error) {
	all, err := o.kept.load()
	if err != nil {
		return nil, fmt.Errorf("load the outbox: %w", err)
	}
	return all, nil
}

// Write makes all changes, in order, or none of them. Once it returns they are
// durable.
func (o *Outbox) Write(changes []Change) error {
	if len(changes) == 0 {
		return nil
	}
	if err := o.kept.write(changes); err != nil {
		return fmt.Errorf("write the outbox: %w", err)
	}
	return nil
}

// Store writes m in the place of what the outbox holds under its id.
func (o *Outbox) Store(m reconcile.Mutation) error {
	return o.Write([]Change{{Store: true, ID: m.ID, Mutation: m}})
}

// Forget removes the mutation with that id, if it is there.
func (o *Outbox) Forget(id string) error {
	return o.Write([]Change{{ID: id}})
}

// Close ends the use of the outbox and unlocks it.
func (o *Outbox) Close() error {
	if err := o.kept.close(); err != nil {
		return fmt.Errorf("close the outbox: %w", err)
	}
	return nil
}
