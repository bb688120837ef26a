package tui

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tidwall/btree"

	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// rank is a record's place in the table: creates without a row come first, the
// last typed on top, then rows by the sequence of their create, newest on top,
// then by id. It is a total order.
type rank struct {
	number int // Of the create while there is no row; 0 once there is one.
	born   uint64
	id     string
}

func (a rank) less(b rank) bool { return a.compare(b) < 0 }

func (a rank) compare(b rank) int {
	return cmp.Or(cmp.Compare(b.number, a.number), cmp.Compare(b.born, a.born), cmp.Compare(a.id, b.id))
}

// rankOf returns where v belongs.
func rankOf(v reconcile.View) rank {
	r := rank{id: v.ID, born: v.Row.Born}
	if v.Row.ID != "" && v.Row.Version > 0 {
		return r
	}
	if len(v.Pending) == 0 && len(v.Shown) > 0 {
		r.number = takenForSuccess
	}
	for _, list := range [][]reconcile.Mutation{v.Pending, v.Tray} {
		for _, m := range list {
			if m.Op == user.Create && (r.number == 0 || m.Number < r.number) {
				r.number = m.Number
			}
		}
	}
	return r
}

// takenForSuccess ranks a create that is confirmed and has no row yet: below the
// pending ones, above the rows.
const takenForSuccess = 1

type ranks = btree.BTreeG[rank]

func newRanks() *ranks {
	return btree.NewBTreeGOptions(rank.less, btree.Options{NoLocks: true})
}

// table orders the records and knows which of them are in sight. It holds no
// record: a row is made when it is shown.
type table struct {
	all    *ranks
	shown  *ranks // all itself without a filter.
	places map[string]rank

	filter string
	from   *ranks // What the filter still has to look through; nil: it is done.
	next   rank   // Where it goes on.
	begun  bool

	selected string // The id; the row's number follows from it.
	lastAt   int    // Where it was, for when it goes.
	top      bool   // The first row is in sight, and stays there.
	anchor   rank   // Else: the first row in sight.
	fresh    int    // Records that came above anchor.
}

func newTable() *table {
	t := &table{all: newRanks(), places: map[string]rank{}, top: true}
	t.shown = t.all
	return t
}

// put brings the record to its place; a record that shows nothing goes.
func (t *table) put(v reconcile.View, shows bool) {
	old, had := t.places[v.ID]
	if !shows {
		if had {
			t.drop(old)
		}
		return
	}
	r := rankOf(v)
	if had && old != r {
		t.all.Delete(old)
		t.shown.Delete(old)
	}
	if !had || old != r {
		t.places[v.ID] = r
		t.all.Set(r)
	}
	if t.filter != "" {
		t.sift(r, v)
	}
	if !had && !t.top && r.less(t.anchor) && (t.filter == "" || matches(v, t.filter)) {
		t.fresh++
	}
}

// sift puts r among the shown ones, or takes it out.
func (t *table) sift(r rank, v reconcile.View) {
	if matches(v, t.filter) {
		t.shown.Set(r)
	} else {
		t.shown.Delete(r)
	}
}

// drop forgets a record. A selection on it goes to what takes its place.
func (t *table) drop(r rank) {
	if t.selected == r.id {
		t.lastAt = index(t.shown, r)
	}
	delete(t.places, r.id)
	t.all.Delete(r)
	t.shown.Delete(r)
}

// load replaces every record, and looks for the filter anew.
func (t *table) load(all []rank) {
	slices.SortFunc(all, rank.compare)
	filter := t.filter
	t.all, t.places, t.fresh = newRanks(), make(map[string]rank, len(all)), 0
	t.shown, t.filter, t.from = t.all, "", nil
	for _, r := range all {
		t.all.Load(r)
		t.places[r.id] = r
	}
	t.setFilter(filter)
}

// matches reports whether the filter finds v. The filter is in lower case.
func matches(v reconcile.View, filter string) bool {
	return strings.Contains(strings.ToLower(v.Name), filter) ||
		strings.Contains(strings.ToLower(v.Email), filter) ||
		strings.Contains(strings.ToLower(v.ID), filter)
}

// setFilter begins to look for filter. Something longer than before is looked
// for only in what was found.
func (t *table) setFilter(filter string) {
	filter = strings.ToLower(filter)
	if filter == t.filter {
		return
	}
	from := t.all
	if t.from == nil && t.filter != "" && strings.Contains(filter, t.filter) {
		from = t.shown
	}
	t.filter, t.from, t.begun, t.top, t.fresh = filter, from, false, true, 0
	if filter == "" {
		t.shown, t.from = t.all, nil
		return
	}
	t.shown = newRanks()
}

// sweep looks through the next records and reports whether there are more.
func (t *table) sweep(view func(id string) (reconcile.View, bool)) bool {
	if t.from == nil {
		return false
	}
	left, more := MaxSweep, false
	look := func(r rank) bool {
		if left == 0 {
			t.next, more = r, true
			return false
		}
		left--
		if v, ok := view(r.id); ok && t.places[r.id] == r && matches(v, t.filter) {
			t.shown.Set(r)
		}
		return true
	}
	if t.begun {
		t.from.Ascend(t.next, look)
	} else {
		t.from.Scan(look)
	}
	t.begun = true
	if !more {
		t.from = nil
	}
	return more
}

// index returns how many of tree come before r.
func index(tree *ranks, r rank) int {
	low, high := 0, tree.Len()
	for low < high {
		mid := (low + high) / 2
		if at, _ := tree.GetAt(mid); at.less(r) {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// at returns the selected row's index, -1 if there is no row. A selection that
// is gone moves to the row that took its place.
func (t *table) at() int {
	n := t.shown.Len()
	if n == 0 {
		return -1
	}
	if r, ok := t.places[t.selected]; ok {
		if i := index(t.shown, r); i < n {
			if found, _ := t.shown.GetAt(i); found == r {
				t.lastAt = i
				return i
			}
		}
	}
	t.lastAt = min(max(t.lastAt, 0), n-1)
	r, _ := t.shown.GetAt(t.lastAt)
	t.selected = r.id
	return t.lastAt
}

// move selects the row by rows further down.
func (t *table) move(by int) {
	at := t.at()
	if at < 0 {
		return
	}
	at = min(max(at+by, 0), t.shown.Len()-1)
	r, _ := t.shown.GetAt(at)
	t.selected, t.lastAt = r.id, at
}

// window returns the rows in sight, the index of the first, and which of them
// is selected. The first row in sight stays when others come above it, and the
// selected one never leaves the sight.
func (t *table) window(height int) (rows []rank, offset, selected int) {
	n, height := t.shown.Len(), max(height, 1)
	if n == 0 {
		t.top, t.fresh = true, 0
		return nil, 0, -1
	}
	if !t.top {
		offset = index(t.shown, t.anchor)
	}
	at := t.at()
	offset = min(offset, at, max(n-height, 0))
	offset = max(offset, at-height+1)
	for i := offset; i < min(offset+height, n); i++ {
		r, _ := t.shown.GetAt(i)
		rows = append(rows, r)
	}
	t.top, t.anchor = offset == 0, rows[0]
	if t.top {
		t.fresh = 0
	}
	return rows, offset, at - offset
}
