package scenarios

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNamesAreTheFiles(t *testing.T) {
	paths, err := filepath.Glob("*" + Ext)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, p := range paths {
		want = append(want, strings.TrimSuffix(p, Ext))
	}
	if diff := cmp.Diff(want, Names()); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

func TestRead(t *testing.T) {
	want, err := os.ReadFile("create-then-edit.scenario")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"create-then-edit", "create-then-edit.scenario"} {
		got, err := Read(name)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("Read(%q) = %d bytes, %v; want %d bytes", name, len(got), err, len(want))
		}
	}
}

func TestReadUnknown(t *testing.T) {
	for name, want := range map[string]string{
		"create-then-edti": `no scenario "create-then-edti"; did you mean "create-then-edit"?`,
		"create":           `no scenario "create"; did you mean "create-then-edit"?`,
		"poetry":           `no scenario "poetry"`,
		"":                 `no scenario ""`,
		"../go.mod":        `no scenario "../go.mod"`,
	} {
		_, err := Read(name)
		if err == nil {
			t.Errorf("Read(%q): no error", name)
			continue
		}
		if diff := cmp.Diff(want, err.Error()); diff != "" {
			t.Errorf("Read(%q) (-want +got):\n%s", name, diff)
		}
	}
}
