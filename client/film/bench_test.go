package film

import (
	"fmt"
	"io"
	"testing"
)

// BenchmarkGIF writes a film of 120×36 cells, in which most lines change from
// one shot to the next, with everything from the emulator to the file.
func BenchmarkGIF(b *testing.B) {
	f := mustFilm(b, 120, 36, 100)
	for b.Loop() {
		if err := GIF(io.Discard, f, 1, nil); err != nil {
			b.Fatal(err)
		}
	}
	frame := b.Elapsed().Seconds() * 1000 / float64(b.N*len(f.Shots))
	fmt.Printf("\nfigure film_gif_frame_120x36 %.2f ms (goal <=10)\n", frame)
}
