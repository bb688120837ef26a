package main

import (
	"context"
	"errors"
	"fmt"

	"optimist/client/lab"
	"optimist/client/live"
	"optimist/client/story"
	"optimist/shared/scenario"
	"optimist/shared/sim"
	"optimist/shared/strategy"
)

// recordLive runs a story on the real thing, and tells how many steps it has
// taken.
func recordLive(ctx context.Context, script *scenario.Script, under strategy.Strategy, tell func(steps int)) (*lab.Tape, error) {
	job := story.Job{Script: script, Under: under}
	world, err := live.New(live.Config{Strategy: under.Text(), Given: script.Given(under), Crashes: job.Crashes()})
	if err != nil {
		return nil, err
	}
	tape, err := lab.Record(ctx, script, under, &counted{World: world, tell: tell})
	if closing := world.Close(); closing != nil {
		err = errors.Join(err, fmt.Errorf("close the live world: %w", closing))
	}
	return tape, err
}

// counted is a world that tells how many steps it has taken.
type counted struct {
	scenario.World
	tell  func(int)
	steps int
}

// Do takes a step.
func (c *counted) Do(a sim.Action) error {
	c.steps++
	c.tell(c.steps)
	return c.World.Do(a)
}
