package classroom

import (
	"fmt"
	"io"
	"sync"
	"syscall"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"optimist/client/lab"
)

// A class as the figure has it.
const (
	benchSeats = 30
	benchRate  = 10 // Pictures a second.
	benchTime  = 5 * time.Second
)

// sizes of the terminals in a class: most are as they come, some are not.
var sizes = [][2]int{{80, 24}, {80, 24}, {80, 24}, {120, 36}, {80, 24}, {100, 30}, {211, 53}, {80, 24}, {132, 43}, {80, 24}}

// BenchmarkClassroom is what a class costs while its teacher shows something else
// ten times a second: the processor time of this process, which the thirty SSH
// clients are a part of, in cores. Fewer pictures than that for any seat, and it
// fails.
func BenchmarkClassroom(b *testing.B) {
	tape, _ := mustTape(b)
	r := mustServe(b, func(c *Config) { c.Seats, c.TeacherHere = benchSeats, true })
	class, leave, err := r.room.Teach()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(leave)
	var pupils sync.WaitGroup
	for i := range benchSeats {
		size := sizes[i%len(sizes)]
		mustWatch(b, r, &pupils, fmt.Sprintf("seat%d", i), size[0], size[1])
	}
	teacher := lab.NewPlayer(tape)
	for b.Loop() {
		drawn, spent, begun := r.room.frames.Load(), processorTime(b), time.Now()
		shows := time.NewTicker(time.Second / benchRate)
		for n := 0; time.Since(begun) < benchTime; n++ {
			<-shows.C
			if !teacher.Step(1) {
				teacher.Home()
			}
			class.Show(lab.SceneOf(teacher))
		}
		shows.Stop()
		took := time.Since(begun)
		rate := float64(r.room.frames.Load()-drawn) / took.Seconds() / benchSeats
		if rate < 0.9*benchRate {
			b.Fatalf("%.1f pictures a second and seat, not %d", rate, benchRate)
		}
		cores := (processorTime(b) - spent).Seconds() / took.Seconds()
		b.ReportMetric(cores, "cores")
		b.ReportMetric(rate, "pictures/s/seat")
		fmt.Printf("\nfigure classroom_30_seats_10fps %.2f cores (goal <=0.5)\n", cores)
	}
	r.stop()
	pupils.Wait()
}

// mustWatch has somebody take a seat and throw away what it shows: what a
// terminal makes of it is not the class's business.
func mustWatch(b *testing.B, r *rig, work *sync.WaitGroup, user string, width, height int) {
	b.Helper()
	conn := r.mustDial(user, r.room.Info().JoinCode)
	session, err := conn.NewSession()
	if err != nil {
		b.Fatal(err)
	}
	_ = session.Setenv("COLORTERM", "truecolor")
	out, err := session.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if _, err := session.StdinPipe(); err != nil {
		b.Fatal(err)
	}
	if err := session.RequestPty("xterm-256color", height, width, gossh.TerminalModes{}); err != nil {
		b.Fatal(err)
	}
	if err := session.Shell(); err != nil {
		b.Fatal(err)
	}
	work.Go(func() {
		_, _ = io.Copy(io.Discard, out)
		_ = conn.Close() // The session is over; so is this.
	})
}

// processorTime is what this process has used so far.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
