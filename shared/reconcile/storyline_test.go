package reconcile

import (
	"cmp"
	"fmt"
	"strings"

	"optimist/shared/user"
)

// effectLine is an effect as the stories tell it.
func effectLine(e Effect) string {
	switch e.Kind {
	case Store:
		return fmt.Sprintf("store %s", mutationLine(e.Mutation))
	case Forget:
		return fmt.Sprintf("forget %s", e.ID)
	case Send:
		return fmt.Sprintf("send %s", commandLine(e.Mutation))
	case Poll:
		return fmt.Sprintf("poll %s", e.ID)
	case Sync:
		line := fmt.Sprintf("sync epoch=%q since=%d", e.Epoch, e.Since)
		if e.Log {
			line += " log"
		}
		return line
	case Changed:
		if e.Record == "" {
			return "changed everything"
		}
		return fmt.Sprintf("changed %s", e.Record)
	case Settled:
		return fmt.Sprintf("settled %s", e.ID)
	case Fell:
		return fmt.Sprintf("fell %s", mutationLine(e.Mutation))
	case Moved:
		return "moved"
	case Declined:
		return fmt.Sprintf("declined %s %s", e.ID, e.Record)
	}
	panic(fmt.Sprintf("unknown effect %d", e.Kind))
}

// commandLine is a mutation as the server is asked for it.
func commandLine(m Mutation) string {
	line := fmt.Sprintf("%s %v %s%s", m.ID, m.Op, m.Record, patchWords(m.Patch))
	if m.Cause != "" {
		line += " cause=" + m.Cause
	}
	if m.Base != 0 {
		line += fmt.Sprintf(" base=%d", m.Base)
	}
	return line
}

// mutationLine is a mutation and its fate.
func mutationLine(m Mutation) string {
	line := fmt.Sprintf("%s %v", commandLine(m), m.Phase)
	if m.Seq != 0 {
		line += fmt.Sprintf(" #%d", m.Seq)
	}
	if m.Passed {
		line += " passed"
	}
	if m.Slow {
		line += " slow"
	}
	if m.Code != "" {
		line += " " + string(m.Code)
	}
	if m.Root != "" {
		line += " root=" + m.Root
	}
	return line
}

func patchWords(p user.Patch) string {
	var line string
	if p.Set.Has(user.FieldName) {
		line += " name=" + p.Name
	}
	if p.Set.Has(user.FieldEmail) {
		line += " email=" + p.Email
	}
	return line
}

// show says what a record shows.
func (s *stage) show(record string) {
	v, ok := s.r.View(record)
	if !ok {
		s.said = append(s.said, "nothing")
		return
	}
	line := fmt.Sprintf("%v name=%s email=%s seen=%s log=%s db=%s", v.Status, v.Name, v.Email,
		versionWord(v.Seen), versionWord(v.Log), versionWord(v.DB))
	for _, mark := range []struct {
		on   bool
		word string
	}{{!v.Exists, "gone"}, {v.Deleting, "deleting"}, {v.Ghost, "ghost"}, {v.Slow, "slow"}, {v.Twin, "twin"}} {
		if mark.on {
			line += " " + mark.word
		}
	}
	if len(v.Shown) != len(v.Pending) {
		line += " shown=" + cmp.Or(strings.Join(v.Shown, ","), "-")
	}
	s.said = append(s.said, line)
	for _, m := range v.Pending {
		s.said = append(s.said, "  pending "+mutationLine(m))
	}
	for _, m := range v.Tray {
		s.said = append(s.said, "  tray "+mutationLine(m))
	}
}

// next says when the replica wants to be told that time has passed.
func (s *stage) next() {
	at, ok := s.r.Next()
	if !ok {
		s.said = append(s.said, "never")
		return
	}
	s.said = append(s.said, fmt.Sprintf("after %d", at-s.now))
}

// strategyOf is a strategy as a story names it: with commas for spaces.
func strategyOf(word string) string { return strings.ReplaceAll(word, ",", " ") }

func versionWord(v uint64) string {
	if v == 0 {
		return "-"
	}
	return fmt.Sprint(v)
}

// inputLine is an input as a failed history tells it.
func inputLine(in Input) string {
	switch in.Kind {
	case Answered:
		return fmt.Sprintf("answered %+v", in.Reply)
	case Fed:
		return fmt.Sprintf("fed %+v", *in.Feed)
	case Synced:
		return fmt.Sprintf("synced %+v", *in.Sync)
	default:
	}
	return fmt.Sprintf("input %d id=%s record=%s op=%v at=%d", in.Kind, in.ID, in.Record, in.Op, in.At)
}
