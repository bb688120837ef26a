package app

import (
	"context"
	"fmt"

	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// seedClient is who made the users that a server begins with, by default.
const seedClient = "seed"

// seed appends users to a log that holds none yet, so that they are confirmed
// before anybody looks.
func (a *App) seed(ctx context.Context) error {
	if len(a.cfg.Seed) == 0 {
		return nil
	}
	if end, err := a.log.End(ctx); err != nil || end > 1 {
		return err
	}
	acks := make(chan error, len(a.cfg.Seed))
	for _, c := range a.cfg.Seed {
		cmd := c.User(a.cfg.SeedClient)
		if err := user.Validate(cmd); err != nil {
			return fmt.Errorf("seed %s: %w", c.Record, err)
		}
		events := a.founding(cmd)
		a.log.AppendBatch(events, make([]uint64, len(events)), func(_ uint64, err error) { acks <- err })
	}
	for range a.cfg.Seed {
		if err := <-acks; err != nil {
			return fmt.Errorf("seed: %w", err)
		}
	}
	return nil
}

// founding returns the create of a user, after the claim of its email if the
// strategy reserves those.
func (a *App) founding(c user.Command) []event.Event {
	created := event.Event{
		Kind: event.Created, Ref: c.Ref, Record: c.Record, Op: c.Op, Patch: c.Patch,
		Version: 1, Strategy: a.cfg.Strategy, Time: a.cfg.Now().UnixMilli(),
	}
	if strategy.Of(a.cfg.Strategy).UniqueEmail != strategy.ReservedInLog {
		return []event.Event{created}
	}
	reserved := created
	reserved.Kind, reserved.Version, reserved.Patch = event.Reserved, 0, user.SetEmail(c.Patch.Email)
	return []event.Event{reserved, created}
}

// SeedUsers returns the commands that create the users for a demo.
func SeedUsers() []protocol.Command {
	seed := make([]protocol.Command, len(pioneers))
	for i, p := range pioneers {
		name, email := p.name, p.id+"@example.org"
		seed[i] = protocol.Command{ID: "seed-" + p.id, Record: p.id, Op: user.Create, Name: &name, Email: &email}
	}
	return seed
}

// pioneers are whom a demo shows: people that its audience may know. Ada is not
// among them, for she is who gets created.
var pioneers = []struct{ id, name string }{
	{"alan", "Alan Turing"}, {"barbara", "Barbara Liskov"}, {"claude", "Claude Shannon"},
	{"dennis", "Dennis Ritchie"}, {"donald", "Donald Knuth"}, {"edgar", "Edgar Codd"},
	{"edsger", "Edsger Dijkstra"}, {"frances", "Frances Allen"}, {"grace", "Grace Hopper"},
	{"hedy", "Hedy Lamarr"}, {"jean", "Jean Sammet"}, {"jim", "Jim Gray"},
	{"john", "John McCarthy"}, {"karen", "Karen Spärck Jones"}, {"katherine", "Katherine Johnson"},
	{"ken", "Ken Thompson"}, {"leslie", "Leslie Lamport"}, {"margaret", "Margaret Hamilton"},
	{"nancy", "Nancy Lynch"}, {"tony", "Tony Hoare"},
}
