package scenarios

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/scenario"
)

// Each story is in its one form, fits every strategy, and says what it is.
func TestStories(t *testing.T) {
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			text, err := Read(name)
			if err != nil {
				t.Fatal(err)
			}
			s, err := scenario.Parse(name+Ext, text)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Vet(); err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff(string(scenario.Format(s)), string(text)); diff != "" {
				t.Errorf("`optimist fmt -w scenarios/%s%s` would change (-to +from):\n%s", name, Ext, diff)
			}
			if s.Title == "" || s.Level < 1 || s.Level > 3 {
				t.Errorf("begins with the lines `# title: TEXT` and `# level: 1` to 3; has %q and %d", s.Title, s.Level)
			}
		})
	}
}
