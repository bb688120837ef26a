package film

import (
	"fmt"

	"optimist/client/lab"
	"optimist/client/view"
	"optimist/shared/printable"
)

// partTime is how much longer the place stands at which two stories part, in
// milliseconds.
const partTime = 2_000

// ShootBoth plays a story under two strategies side by side at a reader's speed
// and films it: a shot a line. The still is the end, which has both results.
func ShootBoth(a, b *lab.Tape, opt Options) (*Film, error) {
	if err := CheckSize(opt.Width, opt.Height); err != nil {
		return nil, err
	}
	c, theme := lab.Compare(a, b), view.NewTheme(opt.Look)
	title := fmt.Sprintf("%s: %s and %s", a.Trace.Title, a.Under.Text(), b.Under.Text())
	f := &Film{Title: printable.Line(title), Width: opt.Width, Height: opt.Height, Look: opt.Look, Ending: true}
	c.Play(true)
	for i := 0; ; i++ {
		s := c.Screen(opt.Width, opt.Height, theme, lab.Options{})
		shot := Shot{Screen: view.Render(s), For: c.Pause(), Marker: printable.Line(s.Stage.Caption), Anomaly: c.Wrong()}
		if c.Parting() {
			shot.For += partTime
			shot.Marker = printable.Line(c.Difference().Text)
		}
		shot.For = min(shot.For, MaxFor)
		f.Shots = append(f.Shots, shot)
		if err := opt.Progress.tell(i, c.Len()); err != nil {
			return nil, err
		}
		if len(f.Shots) > MaxShots || !c.Step(1) {
			break // Of too many, Check says so.
		}
	}
	last := &f.Shots[len(f.Shots)-1]
	last.For = max(last.For, endTime)
	return f, f.Check()
}
