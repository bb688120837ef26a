package terminal

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// names are the keys that have names.
var names = map[string]rune{
	"space": tea.KeySpace, "enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab,
	"home": tea.KeyHome, "end": tea.KeyEnd, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
}

// Key returns the press of a key as a hint writes it; of what is no key, one
// that means nothing.
func Key(word string) tea.KeyPressMsg {
	if code, named := names[word]; named {
		return tea.KeyPressMsg{Code: code}
	}
	r := []rune(word)
	if len(r) != 1 {
		return tea.KeyPressMsg{}
	}
	return tea.KeyPressMsg{Code: r[0], Text: word}
}

// Shown writes keys for people.
func Shown(keys []string) string {
	return strings.NewReplacer("ctrl+c", "^C", "ctrl+z", "^Z", "left", "←", "right", "→", "up", "↑", "down", "↓",
		"home", "Home", "end", "End", "pgup", "PgUp", "pgdown", "PgDn", "shift+tab", "S-Tab").Replace(strings.Join(keys, " "))
}
