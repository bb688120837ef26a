//go:build e2e

// Package browser lets tests look at a page in a real browser, headless. What
// goes wrong ends the test.
package browser

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// wait is how long a test's browser may take for everything.
const wait = time.Minute

// MustOpen starts a browser that ends with the test.
func MustOpen(tb testing.TB) context.Context {
	tb.Helper()
	options := append([]chromedp.ExecAllocatorOption{chromedp.NoSandbox}, chromedp.DefaultExecAllocatorOptions[:]...)
	ctx, cancel := context.WithTimeout(context.Background(), wait)
	tb.Cleanup(cancel)
	ctx, end := chromedp.NewExecAllocator(ctx, options...)
	tb.Cleanup(end)
	ctx, stop := chromedp.NewContext(ctx)
	tb.Cleanup(stop)
	return ctx
}

// MustDo has the browser do something.
func MustDo(tb testing.TB, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	tb.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		tb.Fatal(err)
	}
}

// MustAsk asks the browser something.
func MustAsk[T any](tb testing.TB, ctx context.Context, question chromedp.Action[T]) T {
	tb.Helper()
	answer, err := chromedp.Run(ctx, question)
	if err != nil {
		tb.Fatal(err)
	}
	return answer
}
