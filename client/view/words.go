package view

import (
	"fmt"
	"strconv"
)

// count writes n with a comma between thousands.
func count[N int | uint64](n N) string {
	s := strconv.FormatUint(uint64(n), 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// age writes milliseconds in at most four characters: 0.4s, 8s, 12m, 3h, 9d.
func age(ms int64) string {
	switch s := ms / 1000; {
	case ms < 0:
		return ""
	case ms < 2_950:
		return fmt.Sprintf("%.1fs", float64(ms)/1000)
	case s < 60:
		return fmt.Sprintf("%ds", s)
	case s < 3600:
		return fmt.Sprintf("%dm", s/60)
	case s < 86400:
		return fmt.Sprintf("%dh", s/3600)
	default:
		return fmt.Sprintf("%dd", s/86400)
	}
}

// since writes the time of a step in at most eight characters: +641 ms, +1.90 s,
// +12.3 s, +2m.
func since(ms int64) string {
	switch {
	case ms < 1_000:
		return fmt.Sprintf("+%d ms", max(0, ms))
	case ms < 9_995:
		return fmt.Sprintf("+%.2f s", float64(ms)/1_000)
	case ms < 59_950:
		return fmt.Sprintf("+%.1f s", float64(ms)/1_000)
	default:
		return "+" + age(ms)
	}
}

// Version writes the version of a record, a dash for none.
func Version(v uint64, guess bool) string {
	switch {
	case v == 0 && guess:
		return "–?"
	case v == 0:
		return "–"
	case guess:
		return "v" + strconv.FormatUint(v, 10) + "?"
	}
	return "v" + strconv.FormatUint(v, 10)
}

// stateWord says in words what the glyph of a row says.
func stateWord(r Row) string {
	switch {
	case r.Twin:
		return "the same, twice"
	case r.Ghost:
		return "deleted by another"
	case r.Deleting && r.Mark == MarkPending:
		return "deleting"
	}
	return markWord(r.Mark, r.Slow)
}

func markWord(m Mark, slow bool) string {
	switch m {
	case MarkNone:
		return ""
	case MarkPending:
		if slow {
			return "pending, slow"
		}
		return "pending"
	case MarkConfirmed:
		return "confirmed"
	case MarkRolledBack:
		return "rolled back"
	case MarkStalled:
		return "stalled"
	case MarkAnomaly:
		return "anomaly"
	}
	panic(fmt.Sprintf("view: unknown mark %d", m))
}
