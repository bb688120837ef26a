package terminal

// Scroll returns how many lines down a key goes on a page that can only be
// scrolled, and whether it is a key for that.
func Scroll(key string, height int) (lines int, ok bool) {
	switch key {
	case "up", "k":
		return -1, true
	case "down", "j":
		return 1, true
	case "pgup":
		return -height / 2, true
	case "pgdown", "space":
		return height / 2, true
	case "g", "home":
		return -FarAway, true
	case "G", "end":
		return FarAway, true
	}
	return 0, false
}

// FarAway is further than any page or list is long.
const FarAway = 1 << 30
