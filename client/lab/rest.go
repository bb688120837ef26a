package lab

// AtRest reports whether nothing is open that Esc would leave, so that whoever
// shows the model within another can take that key.
func (m *Model) AtRest() bool {
	open := m.help != nil || m.choice != nil || m.form != nil || m.zoomed || m.hall
	return !open && m.hand == nil && (m.pair == nil || m.cfg.Against != nil)
}
