package terminal_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"optimist/client/terminal"
)

// The word in front of the cursor can be deleted wherever that is, on the last
// character too.
func TestDeleteWordForward(t *testing.T) {
	left := tea.KeyPressMsg{Code: tea.KeyLeft}
	for _, c := range []struct {
		text string
		left int // Steps from the end.
		want string
	}{
		{"", 0, ""}, {"a", 0, "a"}, {"a", 1, ""}, {"ada", 1, "ad"}, {"ada ", 1, "ada"}, {"ada l", 2, "ada"}, {"日本", 1, "日"},
	} {
		for _, pressed := range []tea.KeyPressMsg{{Code: 'd', Mod: tea.ModAlt}, {Code: tea.KeyDelete, Mod: tea.ModAlt}} {
			in := terminal.Filled(c.text)
			for range c.left {
				in.Take(left)
			}
			in.Take(pressed)
			if got := in.Value(); got != c.want || in.Touched() != (c.want != c.text) {
				t.Errorf("%q, %d from its end: %q", c.text, c.left, got)
			}
		}
	}
}
