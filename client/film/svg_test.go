package film

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
)

// TestStill draws the shot with the last anomaly.
func TestStill(t *testing.T) {
	f := mustFilm(t, 80, 24, 6)
	words := mustReadXML(t, Still, f)
	if !strings.Contains(words, "Step 4:") || strings.Contains(words, "Step 5:") {
		t.Errorf("the still is not the punch line:\n%s", words)
	}
	if !strings.HasPrefix(strings.TrimSpace(words), "a <race>") {
		t.Errorf("the title is not that of the film:\n%s", words)
	}
}

// TestAnimation reads when each line is there.
func TestAnimation(t *testing.T) {
	f := mustFilm(t, 80, 24, 6)
	if words := mustReadXML(t, Animation, f); !strings.Contains(words, "Step 0:") || !strings.Contains(words, "Step 5:") {
		t.Errorf("not every shot is in it:\n%s", words)
	}
	var b bytes.Buffer
	if err := Animation(&b, f, nil); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	for _, step := range []string{"Step 0:", "Step 4:", "Step 5:"} {
		at := strings.Index(text, step)
		class := regexp.MustCompile(`<g class="still( shown)? (k\d+)">`).FindAllStringSubmatch(text[:at], -1)
		last := class[len(class)-1]
		if still := last[1] != ""; still != (step == "Step 4:") {
			t.Errorf("%s stands on the still: %v", step, still)
		}
		if !strings.Contains(text, "@keyframes "+last[2]+"{0.000%{visibility:") {
			t.Errorf("%s has no keyframes", step)
		}
	}
	if n := strings.Count(text, "Alan"); n != 2 {
		t.Errorf("Alan's line is drawn %d times, want twice: selected, and not", n)
	}
}

// mustReadXML writes a film and returns the text of the document.
func mustReadXML(tb testing.TB, write func(io.Writer, *Film, Progress) error, f *Film) string {
	tb.Helper()
	var doc, again bytes.Buffer
	if err := errors.Join(write(&doc, f, nil), write(&again, f, nil)); err != nil {
		tb.Fatal(err)
	}
	if !bytes.Equal(doc.Bytes(), again.Bytes()) {
		tb.Error("the same film gave other bytes the second time")
	}
	var words strings.Builder
	for d := xml.NewDecoder(&doc); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return words.String()
		}
		if err != nil {
			tb.Fatal(err)
		}
		if text, ok := token.(xml.CharData); ok {
			words.Write(text)
		}
	}
}
