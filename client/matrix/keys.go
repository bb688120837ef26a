package matrix

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"optimist/client/view"
)

// key is something a person can do, and the keys for it.
type key struct {
	keys  []string
	name  string
	group string
	hint  string // In the footer, "" for none.
	run   func(*Model) tea.Cmd
}

// Groups of keys, in the order of help.
const (
	groupCell    = "A cell"
	groupMove    = "Going about"
	groupProgram = "The program"
)

// keys is every key: the one source for what is pressed, for help and for the
// hints. It is filled in init, because its functions list it.
var keys []key

func init() {
	keys = []key{
		{[]string{"enter", "space"}, "play its film", groupCell, "play its film", does((*Model).play)},
		{[]string{"v"}, "run it live, then play", groupCell, "run live", does((*Model).runLive)},
		{[]string{"!"}, "the next film", groupMove, "next film", does((*Model).nextFilm)},
		{[]string{"up", "k"}, "the strategy above", groupMove, "", moves(-1, 0)},
		{[]string{"down", "j"}, "the strategy below", groupMove, "", moves(1, 0)},
		{[]string{"left", "h"}, "the anomaly before", groupMove, "", moves(0, -1)},
		{[]string{"right", "l"}, "the next anomaly", groupMove, "", moves(0, 1)},
		{[]string{"home", "g"}, "the first strategy", groupMove, "", moves(-far, 0)},
		{[]string{"end", "G"}, "the last strategy", groupMove, "", moves(far, 0)},
		{[]string{"tab", "]"}, "the next scope", groupMove, "next scope", does(func(m *Model) { m.turn(1) })},
		{[]string{"shift+tab", "["}, "the scope before", groupMove, "", does(func(m *Model) { m.turn(-1) })},
		{[]string{"?"}, "every key and sign", groupProgram, "help", does(func(m *Model) { m.help = &helpPage{} })},
		{[]string{"esc"}, "stop what runs", groupProgram, "", does((*Model).stopLive)},
		{[]string{"m"}, "mouse off, or on", groupProgram, "", does((*Model).toggleMouse)},
		{[]string{"ctrl+z"}, "suspend; fg returns", groupProgram, "", func(*Model) tea.Cmd { return tea.Suspend }},
		{[]string{"q", "ctrl+c"}, "quit", groupProgram, "quit", func(*Model) tea.Cmd { return tea.Quit }},
	}
}

// far is further than any row or column.
const far = 1_000

// does makes a key of what asks for nothing.
func does(f func(*Model)) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd {
		f(m)
		return nil
	}
}

// moves makes a key of a way to another cell.
func moves(rows, columns int) func(*Model) tea.Cmd {
	return does(func(m *Model) { m.move(rows, columns) })
}

// press takes a key: what is open has it, and only then is it a command.
func (m *Model) press(k string) tea.Cmd {
	m.note = ""
	if m.help != nil && k != "ctrl+c" {
		m.pressHelp(k)
		return nil
	}
	for i := range keys {
		if slices.Contains(keys[i].keys, k) {
			return keys[i].run(m)
		}
	}
	return nil
}

// move goes to another cell, or to the nearest there is.
func (m *Model) move(rows, columns int) {
	m.row = min(max(m.row+rows, 0), len(m.under)-1)
	m.column = min(max(m.column+columns, 0), len(m.sheet().Columns)-1)
}

// turn goes to another scope, round and round.
func (m *Model) turn(n int) { m.tab = (m.tab + n + len(m.sheets)) % len(m.sheets) }

// nextFilm goes on to the next cell that has a film, row by row, and from the
// end to the beginning.
func (m *Model) nextFilm() {
	wide := len(m.sheet().Columns)
	for i := 1; i <= wide*len(m.under); i++ {
		at := (m.row*wide + m.column + i) % (wide * len(m.under))
		if m.sheet().At(at/wide, at%wide).Cell != nil {
			m.row, m.column = at/wide, at%wide
			return
		}
	}
	m.note = "no film was found yet"
	if m.over {
		m.note = "nothing was found in this scope"
	}
}

// click chooses what was hit; a chosen cell is played.
func (m *Model) click(at tea.Mouse) tea.Cmd {
	if at.Button != tea.MouseLeft {
		return nil
	}
	if m.help != nil {
		m.help = nil
		return nil
	}
	m.note = ""
	hit, ok := view.Hit(m.screen(), at.X, at.Y)
	if !ok {
		return nil
	}
	switch hit.Part {
	case view.PartTab:
		m.tab = min(hit.Index, len(m.sheets)-1)
	case view.PartCell:
		row, column := view.CellAt(hit.Index)
		if hit.Key != "" {
			column = m.column
		} else if row == m.row && column == m.column {
			m.play()
		}
		m.row, m.column = row, column
	case view.PartKey:
		return m.press(hit.Key)
	default:
	}
	return nil
}

// wheel goes up and down.
func (m *Model) wheel(at tea.Mouse) tea.Cmd {
	switch at.Button {
	case tea.MouseWheelUp:
		return m.press("up")
	case tea.MouseWheelDown:
		return m.press("down")
	default:
		return nil
	}
}

// toggleMouse takes the mouse, or leaves it to the terminal.
func (m *Model) toggleMouse() {
	m.mouse = !m.mouse
	m.note = "the mouse is off: the terminal selects text"
	if m.mouse {
		m.note = "the mouse is on: click a cell, and again to play its film"
	}
}

// hints returns what the footer offers. Help comes early, so that the narrowest
// footer has it.
func hints() []view.Key {
	var list []view.Key
	var help view.Key
	for i := range keys {
		switch a := &keys[i]; {
		case a.hint == "":
		case a.keys[0] == "?":
			help = view.Key{Key: "?", Does: a.hint}
		default:
			list = append(list, view.Key{Key: a.keys[0], Does: a.hint})
		}
	}
	return slices.Insert(list, 1, help)
}
