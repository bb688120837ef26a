// Package story runs scenarios, many at once, simulated or on the real thing,
// and tells what came of them.
package story

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"optimist/client/live"
	"optimist/shared/anomaly"
	"optimist/shared/exit"
	"optimist/shared/scenario"
	"optimist/shared/sim"
	"optimist/shared/strategy"
	"optimist/shared/trace"
)

// Job is one script under one strategy.
type Job struct {
	Script *scenario.Script
	Under  strategy.Strategy
}

// Jobs returns each script under each strategy, script by script.
func Jobs(scripts []*scenario.Script, under func(*scenario.Script) []strategy.Strategy) []Job {
	var jobs []Job
	for _, s := range scripts {
		for _, u := range under(s) {
			jobs = append(jobs, Job{Script: s, Under: u})
		}
	}
	return jobs
}

// Outcome is what came of a Job.
type Outcome struct {
	Job
	Result scenario.Result
	Trace  *trace.Trace
	Err    error // The run did not reach its end; Result and Trace are what there is.
}

// Code is the exit code that says what came of it.
func (o *Outcome) Code() exit.Code {
	var contradiction scenario.Errors
	switch {
	case errors.As(o.Err, &contradiction):
		return exit.Usage
	case errors.Is(o.Err, live.ErrDiffers):
		return exit.False
	case o.Err != nil:
		return exit.Unknown
	}
	return o.Result.Code()
}

// Findings are the anomalies of the run.
func (o *Outcome) Findings() []anomaly.Finding { return o.Result.Anomalies }

// Mode is what scripts are run on.
type Mode bool

// The modes.
const (
	Simulated Mode = false
	Live      Mode = true
)

// Run runs the jobs on all processors and calls done with each outcome, in the
// order of the jobs, as soon as those before it are there. It ends early with
// ctx and returns its error.
func Run(ctx context.Context, jobs []Job, mode Mode, done func(*Outcome)) error {
	outcomes := make([]chan *Outcome, len(jobs))
	for i := range outcomes {
		outcomes[i] = make(chan *Outcome, 1)
	}
	next := make(chan int)
	var workers sync.WaitGroup
	defer workers.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for range min(runtime.GOMAXPROCS(0), len(jobs)) {
		// Runs share nothing, so each processor takes one after the other.
		workers.Go(func() {
			for i := range next {
				outcomes[i] <- jobs[i].Run(ctx, mode)
			}
		})
	}
	// One goroutine deals the jobs out, so that outcomes are told meanwhile.
	workers.Go(func() {
		defer close(next)
		for i := range jobs {
			select {
			case next <- i:
			case <-ctx.Done():
				return
			}
		}
	})
	for _, outcome := range outcomes {
		select {
		case o := <-outcome:
			if ctx.Err() != nil {
				return ctx.Err() // The outcome may be cut short, and then it is none.
			}
			done(o)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// Run runs the job, line by line until ctx ends.
func (j Job) Run(ctx context.Context, mode Mode) *Outcome {
	if mode == Live {
		return j.live(ctx)
	}
	o := &Outcome{Job: j}
	world, err := j.Script.Simulate(j.Under)
	if err != nil {
		o.Err = err
		return o
	}
	o.run(ctx, world)
	return o
}

// live runs the job on real parts.
func (j Job) live(ctx context.Context) *Outcome {
	o := &Outcome{Job: j}
	world, err := live.New(live.Config{Strategy: j.Under.Text(), Given: j.Script.Given(j.Under), Crashes: j.Crashes()})
	if err != nil {
		o.Err = err
		return o
	}
	o.run(ctx, world)
	if err := world.Close(); err != nil {
		o.Err = errors.Join(o.Err, fmt.Errorf("close the live world: %w", err))
	}
	return o
}

// run runs the script on a world that was made for it.
func (o *Outcome) run(ctx context.Context, w scenario.World) {
	r, err := scenario.NewRun(o.Script, w, scenario.Options{Strategy: o.Under})
	if err != nil {
		o.Err = err
		return
	}
	for more := true; more && ctx.Err() == nil; {
		_, more = r.Next()
	}
	o.Result, o.Trace = r.Result(), w.Trace()
	if o.Err = r.Err(); o.Err == nil && ctx.Err() != nil {
		o.Err = fmt.Errorf("%s: %w", o.Script.Name, ctx.Err())
	}
}

// Crashes reports whether the script crashes somebody, who must then be a
// process of its own to be killed.
func (j Job) Crashes() bool {
	for i := range j.Script.Lines {
		l := &j.Script.Lines[i]
		crash := l.Step.Verb == sim.CrashClient || l.Step.Verb == sim.CrashServer || l.Step.Fault.Kind.Crashes()
		if crash && l.Only.Holds(j.Under) {
			return true
		}
	}
	return false
}
