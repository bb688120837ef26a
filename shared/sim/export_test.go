package sim

import "optimist/shared/projection"

// Anew has w make its whole canonical form anew.
func (w *World) Anew() {
	w.logForm, w.formed = w.logForm[:0], 0
	w.server.form.fresh, w.server.rowsForm.fresh = false, false
	for _, c := range w.clients {
		c.form.fresh = false
	}
}

// Switch has what persons do from now on go by another strategy, which reads as
// the world's own does.
func (w *World) Switch(text string) { w.text = text }

// Rows returns the read model, which is the world's own.
func (w *World) Rows() *projection.Memory { return &w.server.rows }
