//go:build e2e

package export_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"optimist/client/browser"
	"optimist/client/export"
	"optimist/client/story"
	"optimist/scenarios"
	"optimist/shared/scenario"
)

// TestPage drives the exported page by keyboard in a real browser.
func TestPage(t *testing.T) {
	ctx := browser.MustOpen(t)
	browser.MustDo(t, ctx, chromedp.Navigate("file://"+mustExport(t, export.HTML)))
	at := func() string { return browser.MustAsk(t, ctx, chromedp.Value("#at")) }
	if got := at(); !strings.HasPrefix(got, "step 1 of ") {
		t.Errorf("the page begins at %q, want its first step", got)
	}
	browser.MustDo(t, ctx, chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowLeft))
	if got := at(); !strings.HasPrefix(got, "step 2 of ") {
		t.Errorf("two steps on and one back lead to %q, want step 2", got)
	}
	if n := browser.MustAsk(t, ctx, chromedp.Evaluate[int](`document.querySelectorAll("#diagram .later").length`)); n == 0 {
		t.Error("nothing of the diagram is still to come at step 2")
	}
	if got := browser.MustAsk(t, ctx, chromedp.TextContent("#found")); got != "" {
		t.Errorf("an anomaly is told before it happens: %q", got)
	}
	browser.MustDo(t, ctx, chromedp.KeyEvent(kb.End))
	if words := strings.Fields(at()); len(words) < 4 || words[1] != words[3] {
		t.Errorf("End leads to %q, want the last step", words)
	}
	if got := browser.MustAsk(t, ctx, chromedp.TextContent("#found")); !strings.Contains(got, "V1 spurious-rejection") {
		t.Errorf("the last step tells of %q, want the spurious rejection", got)
	}
	if got := browser.MustAsk(t, ctx, chromedp.TextContent("#body")); !strings.Contains(got, "adav1") && !strings.Contains(got, "Ada v1") {
		t.Errorf("the table says %q, want Ada at v1", got)
	}
	if n := browser.MustAsk(t, ctx, chromedp.Evaluate[int](`performance.getEntriesByType("resource").length`)); n != 0 {
		t.Errorf("the page loaded %d things from elsewhere", n)
	}
}

// mustExport runs the race and writes it; it returns the file.
func mustExport(tb testing.TB, write func(io.Writer, export.Run) error) string {
	tb.Helper()
	text, err := scenarios.Read("create-then-edit")
	if err != nil {
		tb.Fatal(err)
	}
	script, err := scenario.Parse("create-then-edit.scenario", text)
	if err != nil {
		tb.Fatal(err)
	}
	o := story.Job{Script: script, Under: script.Strategy}.Run(context.Background(), story.Simulated)
	if o.Err != nil {
		tb.Fatal(o.Err)
	}
	path := filepath.Join(tb.TempDir(), "race.html")
	f, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	if err := errors.Join(write(f, o.Export()), f.Close()); err != nil {
		tb.Fatal(err)
	}
	return path
}
