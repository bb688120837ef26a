//go:build e2e

package film

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"optimist/client/browser"
	"optimist/client/view"
)

// TestPageInBrowser drives the page of the race by keyboard in a real browser.
func TestPageInBrowser(t *testing.T) {
	ctx := browser.MustOpen(t)
	f := mustRace(t)
	browser.MustDo(t, ctx, chromedp.Navigate("file://"+mustWrite(t, f, "race.html", Page)))
	at := func() string { return browser.MustAsk(t, ctx, chromedp.Value("#at")) }
	screen := func() string { return browser.MustAsk(t, ctx, chromedp.TextContent("#screen")) }
	if got := at(); !strings.HasPrefix(got, "step 1 of ") {
		t.Errorf("the page begins at %q, want its first step", got)
	}
	first := screen()
	browser.MustDo(t, ctx, chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowLeft))
	if got := at(); !strings.HasPrefix(got, "step 2 of ") || screen() == first {
		t.Errorf("two steps on and one back lead to %q, want step 2 and another screen", got)
	}
	browser.MustDo(t, ctx, chromedp.KeyEvent(kb.End))
	if words := strings.Fields(at()); len(words) < 4 || words[1] != words[3] {
		t.Errorf("End leads to %q, want the last step", words)
	}
	if got := browser.MustAsk(t, ctx, chromedp.TextContent("#words")); !strings.Contains(got, "Ada") {
		t.Errorf("who cannot see the screen is told %q", got)
	}
	browser.MustDo(t, ctx, chromedp.KeyEvent(kb.Home))
	if screen() != first {
		t.Error("Home does not lead to the first screen")
	}
	if n := browser.MustAsk(t, ctx, chromedp.Evaluate[int](`document.querySelectorAll("#marks i").length`)); n != 1 {
		t.Errorf("%d anomalies on the scrubber, want 1", n)
	}
	if n := browser.MustAsk(t, ctx, chromedp.Evaluate[int](`performance.getEntriesByType("resource").length`)); n != 0 {
		t.Errorf("the page loaded %d things from elsewhere", n)
	}
}

// TestPicturesInBrowser opens the still and the animation in a real browser.
func TestPicturesInBrowser(t *testing.T) {
	ctx := browser.MustOpen(t)
	f := mustRace(t)
	shown := chromedp.Evaluate[string](`[...document.querySelectorAll("text")].filter(e => getComputedStyle(e).visibility !== "hidden").map(e => e.textContent).join(" ")`)
	browser.MustDo(t, ctx, chromedp.Navigate("file://"+mustWrite(t, f, "still.svg", Still)))
	if got := browser.MustAsk(t, ctx, shown); !strings.Contains(got, "spurious-rejection") {
		t.Errorf("the still says %q", got)
	}
	browser.MustDo(t, ctx, chromedp.Navigate("file://"+mustWrite(t, f, "moving.svg", Animation)))
	seek := func(ms int64) chromedp.Action[int] {
		return chromedp.Evaluate[int](`document.getAnimations().forEach(a => { a.pause(); a.currentTime = ` + strconv.FormatInt(ms, 10) + ` }); document.getAnimations().length`)
	}
	starts := f.Starts()
	if n := browser.MustAsk(t, ctx, seek(starts[0])); n == 0 {
		t.Fatal("nothing moves")
	}
	if got := browser.MustAsk(t, ctx, shown); strings.Contains(got, "spurious-rejection") {
		t.Errorf("it begins with the end: %q", got)
	}
	browser.MustAsk(t, ctx, seek(starts[f.Punch()]+10))
	if got := browser.MustAsk(t, ctx, shown); !strings.Contains(got, "spurious-rejection") {
		t.Errorf("at the anomaly it says %q", got)
	}
}

// mustRace films the race.
func mustRace(tb testing.TB) *Film {
	tb.Helper()
	f, err := Shoot(mustTape(tb), Options{Width: 100, Height: 30, Look: view.Options{Dark: true, Color: true}})
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

// mustWrite writes a film to a file and returns its name.
func mustWrite(tb testing.TB, f *Film, name string, write func(io.Writer, *Film, Progress) error) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	file, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	if err := errors.Join(write(file, f, nil), file.Close()); err != nil {
		tb.Fatal(err)
	}
	return path
}
