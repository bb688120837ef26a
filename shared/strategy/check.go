package strategy

// Check says why the choices of s make no sense together, or nil.
func (s Strategy) Check() error { return nil }
