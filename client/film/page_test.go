package film

import (
	"bytes"
	"strings"
	"testing"
)

// TestPage looks at what the page brings with it: each line once, nothing from
// elsewhere, and no way out of its script.
func TestPage(t *testing.T) {
	f := mustFilm(t, 80, 24, 6)
	f.Title = "</script><script>alert(1)</script>"
	f.Shots[0].Marker = f.Title
	var b, again bytes.Buffer
	if err := Page(&b, f, nil); err != nil {
		t.Fatal(err)
	}
	if err := Page(&again, f, nil); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Errorf("the same film gave other bytes the second time (%v)", err)
	}
	page := b.String()
	if n := strings.Count(page, "<script>"); n != 1 {
		t.Errorf("the page has %d scripts, want its own alone", n)
	}
	if strings.Contains(page, "http://") && strings.Count(page, "http://") != strings.Count(page, "http://www.w3.org/2000/svg") {
		t.Error("the page names something elsewhere")
	}
	if n := strings.Count(page, "Step 5: the screen"); n != 2 {
		t.Errorf("the last shot's guide is in the page %d times, want once drawn and once in words", n)
	}
}
