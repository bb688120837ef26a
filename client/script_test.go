package main

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"
	"github.com/rogpeppe/go-internal/testscript"

	"optimist/client/live"
)

// update makes the scripts take what the programs print as what they should.
var update = flag.Bool("update", false, "rewrite the golden parts of the scripts")

func TestMain(m *testing.M) {
	if live.Child() {
		return
	}
	testscript.Main(builds{m}, map[string]func(){"optimist": main, "broken-optimist": broken})
}

// TestScripts plays the stories in testdata/script: a shell, optimist and
// optimistd. Besides the usual commands they have those of the functions below.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			servers := new(running)
			env.Values[runningKey{}] = servers
			env.Setenv("GORACE", raceOptions)
			env.Defer(servers.kill)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"serve": serve, "terminate": terminate, "crash": crashServer, "exits": exits, "ends": ends, "until": until, "sql": tamper, "trim": trim,
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
	})
}

// running is the server of a script, if it runs.
type running struct{ now *process }

type runningKey struct{}

func (r *running) kill() {
	if r.now != nil {
		_ = r.now.kill() // The script is over.
	}
	r.now = nil
}

// serve [FLAG...] starts optimistd and waits until it is ready. It sets
// $OPTIMIST_SERVER and $URL to where it listens, $WS to where it does for
// WebSocket, $ADDRESS to host and port, and $PID to its process.
func serve(ts *testscript.TestScript, neg bool, args []string) {
	refuse(ts, neg)
	servers := ts.Value(runningKey{}).(*running)
	if servers.now != nil {
		ts.Fatalf("a server runs already")
	}
	p, err := launch(ts.MkAbs("."), environment(ts), args...)
	ts.Check(err)
	servers.now = p
	ts.Setenv("PID", strconv.Itoa(p.cmd.Process.Pid))
	for _, url := range p.urls {
		ts.Logf("ready at %s", url)
		if strings.HasPrefix(url, "ws:") {
			ts.Setenv("WS", url)
			continue
		}
		ts.Setenv("URL", url)
		ts.Setenv("ADDRESS", strings.TrimPrefix(url, "nats://"))
		ts.Setenv("OPTIMIST_SERVER", url)
	}
}

// environment returns what a process of the script inherits.
func environment(ts *testscript.TestScript) []string {
	var env []string
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "GORACE"} {
		env = append(env, name+"="+ts.Getenv(name))
	}
	return env
}

// terminate ends the server by SIGTERM; it must take no longer than promised and
// exit with 0.
func terminate(ts *testscript.TestScript, neg bool, args []string) {
	refuse(ts, neg)
	ts.Check(take(ts).stop())
}

// crash (crashServer) ends the server by SIGKILL.
func crashServer(ts *testscript.TestScript, neg bool, args []string) {
	refuse(ts, neg)
	ts.Check(take(ts).kill())
}

// ends CODE waits until the server ends by itself, which must be with that code,
// and prints what it wrote to standard error.
func ends(ts *testscript.TestScript, neg bool, args []string) {
	refuse(ts, neg)
	if len(args) != 1 {
		ts.Fatalf("usage: ends CODE")
	}
	p := take(ts)
	code, err := p.ended()
	ts.Check(err)
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("optimistd ended with %d, not with %s", code, args[0])
	}
	_, err = ts.Stdout().Write(p.stderr.Bytes())
	ts.Check(err)
}

// take returns the running server, which runs no more for the script.
func take(ts *testscript.TestScript) *process {
	servers := ts.Value(runningKey{}).(*running)
	p := servers.now
	if p == nil {
		ts.Fatalf("no server runs")
	}
	servers.now = nil
	return p
}

// exits CODE PROGRAM [ARG...] runs a program that must end with that code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	refuse(ts, neg)
	if len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARG...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var died *exec.ExitError
	if errors.As(err, &died) {
		code = died.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("%s ended with %d, not with %s", args[1], code, args[0])
	}
}

// until REGEXP PROGRAM [ARG...] runs a program again and again until what it
// prints matches.
func until(ts *testscript.TestScript, neg bool, args []string) {
	refuse(ts, neg)
	if len(args) < 2 {
		ts.Fatalf("usage: until REGEXP PROGRAM [ARG...]")
	}
	want, err := regexp.Compile(args[0])
	ts.Check(err)
	for deadline := time.Now().Add(readyWait); ; {
		err := ts.Exec(args[1], args[2:]...)
		if want.MatchString(ts.ReadFile("stdout")) {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%s never printed %s: %v", args[1], args[0], err)
		}
	}
}

// tamper FILE STATEMENT changes a database behind everybody's back.
func tamper(ts *testscript.TestScript, neg bool, args []string) {
	refuse(ts, neg)
	if len(args) != 2 {
		ts.Fatalf("usage: sql FILE STATEMENT")
	}
	path := ts.MkAbs(args[0])
	_, err := os.Stat(path)
	ts.Check(err)
	db, err := sql.Open("sqlite3", path)
	ts.Check(err)
	_, err = db.ExecContext(context.Background(), args[1])
	ts.Check(errors.Join(err, db.Close()))
}

// trim FILE prints a file without the blanks at the ends of its lines.
func trim(ts *testscript.TestScript, neg bool, args []string) {
	refuse(ts, neg)
	if len(args) != 1 {
		ts.Fatalf("usage: trim FILE")
	}
	lines := strings.Split(ts.ReadFile(args[0]), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	_, err := ts.Stdout().Write([]byte(strings.Join(lines, "\n")))
	ts.Check(err)
}

// refuse fails a script that negates a command for which that means nothing.
func refuse(ts *testscript.TestScript, neg bool) {
	if neg {
		ts.Fatalf("this command cannot be negated")
	}
}
