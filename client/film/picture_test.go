//go:build e2e

package film

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"optimist/client/view"
)

var update = flag.Bool("update", false, "draw the pictures anew")

// mostPicture is how many bytes a picture of the README may have.
const mostPicture = 1 << 20

// TestPicture films the race under the question's own strategy for the README.
// `make pictures` keeps what it draws; otherwise the kept one must be the same.
func TestPicture(t *testing.T) {
	f, err := Shoot(mustTape(t), Options{Width: 100, Height: 30, Look: view.Options{Dark: true, Color: true}})
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := GIF(&got, f, 1, nil); err != nil {
		t.Fatal(err)
	}
	if got.Len() > mostPicture {
		t.Errorf("the film has %d bytes, over %d", got.Len(), mostPicture)
	}
	file := filepath.Join("..", "..", "scenarios", "pictures", "race.gif")
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got.Bytes()) {
		t.Errorf("%s is stale: make pictures draws it anew", file)
	}
}
