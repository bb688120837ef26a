//go:build e2e

package film

import (
	"bytes"
	"path/filepath"
	"testing"

	"optimist/client/golden"
	"optimist/client/view"
)

// TestPicture films the race for the README: under the question's own strategy,
// and beside it under the recommended one. `make pictures` keeps what it draws;
// otherwise the kept ones must be the same.
func TestPicture(t *testing.T) {
	race, err := Shoot(mustTape(t), Options{Width: 100, Height: 30, Look: view.Options{Dark: true, Color: true}})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []struct {
		name string
		film *Film
		most int // Bytes.
	}{
		{"race.gif", race, 1 << 20},
		{"compare.gif", mustBoth(t, "create-then-edit", "check-projection", "reconcile", 120, 30), 600_000},
	} {
		t.Run(p.name, func(t *testing.T) {
			var got bytes.Buffer
			if err := GIF(&got, p.film, 1, nil); err != nil {
				t.Fatal(err)
			}
			if got.Len() > p.most {
				t.Errorf("the film has %d bytes, over %d", got.Len(), p.most)
			}
			mustBeKept(t, filepath.Join("..", "..", "scenarios", "pictures", p.name), got.Bytes())
		})
	}
}

// mustBeKept compares a picture with the kept one, or keeps it.
func mustBeKept(t *testing.T, file string, got []byte) {
	t.Helper()
	golden.Picture(t, file, got)
}
