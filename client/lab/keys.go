package lab

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"optimist/client/view"
)

// key is something a person can do, and the keys for it. The table of keys is
// the one source for what is pressed, for help and for the hints.
type key struct {
	keys  []string
	name  string // "": as Config.Back.
	group string
	hint  string               // In the footer, "" for none.
	there func(*Model) bool    // Whether there is such a key at all; nil: there is.
	can   func(*Model) bool    // Whether it does something now; nil: always.
	run   func(*Model) tea.Cmd // nil: explained here, pressed elsewhere.
}

// Groups of keys, in the order of help.
const (
	groupPuzzle  = "The puzzle"
	groupStory   = "The story"
	groupLook    = "Looking"
	groupHand    = "By hand"
	groupCompare = "Comparing"
	groupClass   = "The class"
	groupProgram = "The program"
)

var groups = []string{groupPuzzle, groupStory, groupLook, groupHand, groupCompare, groupClass, groupProgram}

// keys is every key. It is filled in init, because its functions list it.
var keys []key

func init() {
	keys = slices.Concat(puzzleKeys, storyKeys, lessonKeys, lookKeys, paneKeys, handKeys, classKeys, programKeys, mouseKeys)
}

var storyKeys = []key{
	{keys: []string{"space"}, name: "play, pause, reveal", group: groupStory, hint: "play", can: (*Model).telling, run: (*Model).playOrReveal},
	{keys: []string{".", "right"}, name: "one step on", group: groupStory, hint: "step", can: (*Model).telling, run: func(m *Model) tea.Cmd { return m.step(1) }},
	{keys: []string{",", "left"}, name: "one step back", group: groupStory, hint: "back", can: (*Model).telling, run: func(m *Model) tea.Cmd { return m.step(-1) }},
	{keys: []string{"["}, name: "slower", group: groupStory, can: (*Model).telling, run: func(m *Model) tea.Cmd { return m.faster(-1) }},
	{keys: []string{"]"}, name: "faster", group: groupStory, can: (*Model).telling, run: func(m *Model) tea.Cmd { return m.faster(1) }},
	{keys: []string{"home", "g"}, name: "to the beginning", group: groupStory, run: (*Model).home},
	{keys: []string{"end", "G"}, name: "to the end", group: groupStory, run: (*Model).end},
	{keys: []string{"!"}, name: "to the next anomaly", group: groupStory, can: (*Model).telling, run: (*Model).nextAnomaly},
	{keys: []string{"1–9"}, name: "predict an answer", group: groupStory, can: (*Model).predicts},
}

var lookKeys = []key{
	{keys: []string{"tab"}, name: "next person's screen", group: groupLook, hint: "person", can: (*Model).several, run: (*Model).nextPerson},
	{keys: []string{"down", "j"}, name: "the next record", group: groupLook, run: func(m *Model) tea.Cmd { return m.choose(1) }},
	{keys: []string{"up", "k"}, name: "the record before", group: groupLook, run: func(m *Model) tea.Cmd { return m.choose(-1) }},
	{keys: []string{"t"}, name: "timeline, or its life", group: groupLook, hint: "timeline", can: (*Model).showsLives, run: (*Model).timeline},
	{keys: []string{"z"}, name: "zoom it, or not", group: groupLook, can: (*Model).showsPanes, run: (*Model).zoom},
	{keys: []string{"P"}, name: "for a lecture hall", group: groupLook, run: (*Model).toggleHall},
	{keys: []string{"x"}, name: "with another strategy", group: groupCompare, hint: "compare", can: (*Model).canCompare, run: (*Model).compare},
	{keys: []string{"D"}, name: "where they first part", group: groupCompare, hint: "first difference",
		can: func(m *Model) bool { return m.pair != nil }, run: (*Model).part},
}

var programKeys = []key{
	{keys: []string{"?"}, name: "every key", group: groupProgram, hint: "help", run: (*Model).openHelp},
	{keys: []string{"esc"}, name: "leave what is open", group: groupProgram, run: (*Model).leave},
	{keys: []string{"ctrl+z"}, name: "suspend; fg returns", group: groupProgram, can: func(m *Model) bool { return !m.seated() }, run: func(*Model) tea.Cmd { return tea.Suspend }},
	{keys: []string{"q"}, group: groupProgram, there: (*Model).within, run: (*Model).quit},
	{keys: []string{"ctrl+c"}, name: "quit", group: groupProgram, there: (*Model).within}, // It is taken by whoever shows the model.
	{keys: []string{"q", "ctrl+c"}, name: "quit", group: groupProgram, hint: "quit", there: (*Model).alone, run: (*Model).quit},
}

// press takes a key: what is open has it, and only then is it a command.
func (m *Model) press(pressed tea.KeyPressMsg) tea.Cmd {
	m.note = ""
	k := pressed.String()
	m.stay(k)
	switch {
	case k == "ctrl+c":
		return m.quit()
	case m.form != nil:
		return m.pressForm(pressed)
	case m.help != nil:
		m.pressHelp(k)
		return nil
	case m.choice != nil:
		return m.pressChoice(k)
	}
	if m.follows() {
		return m.pressFollowing(k)
	}
	if n, ok := digit(k); ok && m.pair == nil {
		return m.pressDigit(n)
	}
	for i := range keys {
		if a := &keys[i]; a.run != nil && m.knows(a) && slices.Contains(a.keys, k) {
			if m.means(a) {
				m.note = ""
				return a.run(m)
			}
			if m.note == "" {
				m.note = m.cannot(a)
			}
		}
	}
	return nil
}

// digit reads a key that is one of 1 to 9, as a place from 0.
func digit(k string) (int, bool) {
	if len(k) != 1 || k < "1" || k > "9" {
		return 0, false
	}
	return int(k[0] - '1'), true
}

// pressDigit takes a choice of a puzzle, or predicts an answer.
func (m *Model) pressDigit(n int) tea.Cmd {
	switch {
	case m.choosing():
		return m.pickChoice(n)
	case m.reached():
		m.note = isReached
	case m.player().Answer(n):
		m.answered(n)
	case !m.player().Open():
		m.note = "nothing is asked here"
	}
	return nil
}

// cannot says why a key means nothing here.
func (m *Model) cannot(a *key) string {
	switch {
	case a.group == groupPuzzle && m.reached():
		return isReached
	case slices.Contains(a.keys, "f") && m.choosing():
		return noFault
	case a.group == groupHand && m.pair == nil && m.deserted():
		return "nobody is there yet: . goes one step on"
	}
	return a.name + ": not here"
}

// knows reports whether there is such a key in what is played.
func (m *Model) knows(a *key) bool { return m.has(a.group) && (a.there == nil || a.there(m)) }

// has reports whether the keys of a group mean anything in what is played.
func (m *Model) has(group string) bool {
	switch group {
	case groupPuzzle:
		return m.puzzle != nil
	case groupHand:
		return m.puzzle == nil
	case groupClass:
		return m.seated()
	}
	return true
}

// hints returns what the footer offers here and now: by hand, that before the
// rest. Help comes early, so that the narrowest footer has it. What is open has
// the keys, and says which.
func (m *Model) hints() []view.Key {
	if m.help != nil || m.choice != nil || m.form != nil {
		return nil
	}
	var list, hand []view.Key
	var help view.Key
	for i := range keys {
		a := &keys[i]
		switch {
		case a.hint == "" || !m.knows(a) || !m.means(a) || m.follows() && !follower(a):
		case a.keys[0] == "x" && m.pair != nil: // Esc leads out of it, and says so.
		case a.keys[0] == "?":
			help = view.Key{Key: "?", Does: a.hint}
		case a.group == groupHand:
			hand = append(hand, view.Key{Key: a.keys[0], Does: a.hint})
		default:
			list = append(list, view.Key{Key: a.keys[0], Does: a.hint})
		}
	}
	if m.hand != nil {
		list = append(hand, list...)
	} else {
		list = append(list, hand...)
	}
	if to := m.leads(); to != "" {
		return append([]view.Key{{Key: "esc", Does: to}, help}, list...)
	}
	return slices.Insert(list, min(3, len(list)), help)
}
