package matrix

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"optimist/client/lab"
	"optimist/client/search"
	"optimist/client/terminal"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// Config is what the screen of a matrix needs.
type Config struct {
	Work  *Work
	ASCII bool
	// Live runs a film on the real thing and returns what was recorded. It tells
	// how many steps it has taken, and ends early with ctx.
	Live func(ctx context.Context, s *scenario.Script, under strategy.Strategy, tell func(steps int)) (*lab.Tape, error)

	host host
}

// host is where a model lives: what takes time is started there, and sends what
// it comes to.
type host struct {
	start func(work func(context.Context)) (cancel func())
	send  func(tea.Msg)
}

// Model is the screen of a matrix, and of the film that is played from it. It has
// one owner, the program's loop.
type Model struct {
	cfg    Config
	scopes []*search.Scope
	under  []string

	filled   *search.Matrix
	early    []search.Cell // Found in searches that are not over.
	sheets   []Sheet
	progress *Progress // nil: the search is over, or has not told yet.
	over     bool
	trouble  string // What ended the search before its end.

	tab, row, column int
	note             string // What could not be done, until the next key.
	help             *helpPage
	live             *liveRun // nil: none is under way.

	film  *lab.Model // nil: the matrix itself is shown.
	term  terminal.Terminal
	mouse bool
	dirty bool
	drawn tea.View
}

// New returns a model of a matrix of which nothing was searched yet.
func New(cfg Config) (*Model, error) {
	scopes, err := cfg.Work.Scopes()
	if err != nil {
		return nil, err
	}
	m := &Model{cfg: cfg, scopes: scopes, filled: begin(scopes), term: terminal.New(), mouse: true, dirty: true}
	for _, s := range scopes {
		if u := s.Strategy.Text(); !slices.Contains(m.under, u) {
			m.under = append(m.under, u)
		}
	}
	m.refill()
	return m, nil
}

// Init asks the terminal for its background.
func (m *Model) Init() tea.Cmd { return tea.RequestBackgroundColor }

// Update takes one message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.dirty = true
	m.term.Learn(msg)
	switch msg := msg.(type) {
	case Progress:
		m.progress = &msg
	case found:
		m.hear(msg)
	case *search.Result:
		m.take(msg)
	case searched:
		m.over, m.progress = true, nil
		if msg.err != nil {
			m.trouble = msg.err.Error()
		}
	case liveStep:
		msg.run.steps = msg.steps
	case liveDone:
		m.recorded(msg)
	default:
		return m, m.act(msg)
	}
	return m, nil
}

// act gives the film what happens at the terminal, or takes it.
func (m *Model) act(msg tea.Msg) tea.Cmd {
	if m.film != nil {
		if k, ok := msg.(tea.KeyPressMsg); ok && k.String() == "ctrl+c" {
			return tea.Quit // Of everything: q leaves the film alone.
		}
		_, cmd := m.film.Update(msg)
		return cmd
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return m.press(msg.String())
	case tea.MouseClickMsg:
		return m.click(msg.Mouse())
	case tea.MouseWheelMsg:
		return m.wheel(msg.Mouse())
	}
	return nil
}

// hear takes over a film that was found while its search goes on.
func (m *Model) hear(f found) {
	for _, c := range earlyCells(f.scope, f.film) {
		at := slices.IndexFunc(m.early, func(old search.Cell) bool {
			return old.Scope == c.Scope && old.Strategy == c.Strategy && old.ID == c.ID
		})
		switch {
		case at < 0:
			m.early = append(m.early, c)
		case m.early[at].Price && !c.Price: // A defect before a price.
			m.early[at] = c
		}
	}
	m.refill()
}

// take takes over what a search found.
func (m *Model) take(r *search.Result) {
	m.filled.Add(r)
	m.early = slices.DeleteFunc(m.early, func(c search.Cell) bool {
		return base(c.Scope) == r.Scope.Script.Name && c.Strategy == r.Scope.Strategy.Text()
	})
	m.refill()
}

// refill makes the sheets anew.
func (m *Model) refill() {
	all := *m.filled
	all.Cells = slices.Concat(m.filled.Cells, m.early)
	m.sheets = Sheets(&all, m.under)
}

// sheet is what is looked at.
func (m *Model) sheet() *Sheet { return &m.sheets[m.tab] }

// entry is the chosen cell.
func (m *Model) entry() *Entry { return m.sheet().At(m.row, m.column) }
