package tui

import (
	"container/list"

	"optimist/client/view"
)

// life is what happened to one record, as far as this session saw it.
type life struct {
	record string
	start  int64 // When its first step was.
	row    uint64
	steps  []view.Step
}

// lives remembers the lives of the records that something happened to lately.
type lives struct {
	byRecord map[string]*list.Element
	order    *list.List // Of *life, the latest first.
}

func newLives() *lives {
	return &lives{byRecord: map[string]*list.Element{}, order: list.New()}
}

// of returns the record's life, nil if none is remembered.
func (l *lives) of(record string) *life {
	if e := l.byRecord[record]; e != nil {
		return e.Value.(*life)
	}
	return nil
}

// add notes a step at now. The life that nothing happened to for longest is
// forgotten when there are too many.
func (l *lives) add(record string, now int64, s view.Step) {
	e := l.byRecord[record]
	if e == nil {
		if l.order.Len() >= MaxLives {
			oldest := l.order.Back()
			delete(l.byRecord, oldest.Value.(*life).record)
			l.order.Remove(oldest)
		}
		e = l.order.PushFront(&life{record: record, start: now})
		l.byRecord[record] = e
	}
	l.order.MoveToFront(e)
	f := e.Value.(*life)
	s.At = max(now-f.start, 0)
	if len(f.steps) >= MaxSteps {
		f.steps = append(f.steps[:0], f.steps[1:]...)
	}
	f.steps = append(f.steps, s)
}

// recent is a map that remembers at least the last limit keys that were set,
// and at most twice as many.
type recent[V any] struct {
	limit    int
	new, old map[string]V
}

func newRecent[V any](limit int) recent[V] {
	return recent[V]{limit: limit, new: map[string]V{}}
}

func (r *recent[V]) set(key string, v V) {
	if _, ok := r.new[key]; !ok && len(r.new) >= r.limit {
		r.old, r.new = r.new, map[string]V{}
	}
	r.new[key] = v
}

func (r *recent[V]) get(key string) (V, bool) {
	if v, ok := r.new[key]; ok {
		return v, true
	}
	v, ok := r.old[key]
	return v, ok
}
