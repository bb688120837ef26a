package outbox

import (
	"cmp"
	"maps"
	"slices"

	"optimist/shared/reconcile"
)

// memory keeps mutations by id.
type memory map[string]reconcile.Mutation

func (m memory) load() ([]reconcile.Mutation, error) {
	all := slices.Collect(maps.Values(m))
	slices.SortFunc(all, func(a, b reconcile.Mutation) int { return cmp.Compare(a.Number, b.Number) })
	return all, nil
}

func (m memory) write(changes []Change) error {
	for _, c := range changes {
		if c.Store {
			m[c.ID] = c.Mutation
		} else {
			delete(m, c.ID)
		}
	}
	return nil
}

func (m memory) close() error { return nil }
