package strategy

// Explain returns a paragraph: what s does, what a person sees, when to choose
// it.
func (s Strategy) Explain() string { return s.Summary }

// Price returns in a sentence what s costs.
func (s Strategy) Price() string { return s.Summary }
