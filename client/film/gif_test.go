package film

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/gif"
	"strings"
	"testing"
)

// TestGIF decodes the film: a frame a shot, each as long as it should be, and
// drawn over each other they are what the painter drew.
func TestGIF(t *testing.T) {
	f := mustFilm(t, 80, 24, 6)
	var b, again bytes.Buffer
	told := 0
	if err := GIF(&b, f, 1, func(done, of int) error {
		if told++; done != told || of != len(f.Shots) {
			t.Errorf("told of %d of %d, want %d of %d", done, of, told, len(f.Shots))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := GIF(&again, mustFilm(t, 80, 24, 6), 1, nil); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Errorf("the same film gave other bytes the second time (%v)", err)
	}
	got, err := gif.DecodeAll(&b)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Image) != len(f.Shots) || got.LoopCount != 0 {
		t.Errorf("%d frames, %d loops, want %d, for ever", len(got.Image), got.LoopCount, len(f.Shots))
	}
	if w, h := 80*cellWidth+2*border, 24*cellHeight+2*border; got.Config.Width != w || got.Config.Height != h || got.Image[0].Rect.Dx() != w {
		t.Errorf("%d×%d, want %d×%d", got.Config.Width, got.Config.Height, w, h)
	}
	total := 0
	for _, d := range got.Delay {
		total += d
	}
	if int64(total) != (f.Length()+5)/10 {
		t.Errorf("it lasts %d hundredths, want %d ms", total, f.Length())
	}
	mustOverlay(t, f, got)
}

// mustOverlay draws the frames over each other and compares them with whole
// pictures of the shots.
func mustOverlay(tb testing.TB, f *Film, got *gif.GIF) {
	tb.Helper()
	screens := mustPlay(tb, f)
	shown := image.NewRGBA(got.Image[0].Rect)
	for i, frame := range got.Image {
		draw.Draw(shown, frame.Rect, frame, frame.Rect.Min, draw.Over)
		p, err := newPainter(f, screens, 1)
		if err != nil {
			tb.Fatal(err)
		}
		want := image.NewRGBA(shown.Rect)
		draw.Draw(want, want.Rect, p.paint(screens[i]), image.Point{}, draw.Src)
		if !bytes.Equal(shown.Pix, want.Pix) {
			tb.Fatalf("frame %d over those before it is not the shot", i)
		}
		if i > 0 && frame.Rect.Dx() == got.Config.Width {
			tb.Errorf("frame %d is the whole picture, though little changed", i)
		}
	}
}

// TestGIFColours refuses what has no room in a palette.
func TestGIFColours(t *testing.T) {
	f := &Film{Width: 80, Height: 24, Shots: []Shot{{For: 100}}}
	for i := range 300 {
		f.Shots[0].Screen += fmt.Sprintf("\x1b[38;2;1;%d;%dm█", i/200, i%200)
		if i%60 == 59 {
			f.Shots[0].Screen += "\x1b[m\n"
		}
	}
	err := GIF(&bytes.Buffer{}, f, 1, nil)
	if err == nil || !strings.Contains(err.Error(), "pairs of colours") {
		t.Errorf("got %v", err)
	}
}
