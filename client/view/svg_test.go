package view

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPictureIsXML(t *testing.T) {
	for _, tt := range screens {
		t.Run(tt.name, func(t *testing.T) {
			picture := SVG(Render(build(tt.w, tt.h, tt.opt, tt.open)), tt.w, tt.h, tt.opt)
			words := mustReadXML(t, picture)
			if tt.name == "race-80x24" && !strings.Contains(words, "Ada Lovelace") {
				t.Errorf("no Ada in %q", words)
			}
			if dir := os.Getenv("OPTIMIST_PICTURES"); dir != "" {
				if err := os.WriteFile(filepath.Join(dir, tt.name+".svg"), []byte(picture), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func TestPictureEscapesText(t *testing.T) {
	picture := SVG(`<script>&"`, 12, 1, Options{})
	if words := mustReadXML(t, picture); !strings.Contains(words, `<script>&"`) {
		t.Errorf("text is lost: %q", words)
	}
}

// mustReadXML returns the text of a document.
func mustReadXML(tb testing.TB, doc string) string {
	tb.Helper()
	var words strings.Builder
	for d := xml.NewDecoder(strings.NewReader(doc)); ; {
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
