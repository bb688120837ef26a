package tui

import (
	"fmt"
	"strings"

	"optimist/shared/fault"
	"optimist/shared/reconcile"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// why says why a mutation was rolled back: the server's words, and what they
// mean here.
func (m *Model) why(mu reconcile.Mutation, v reconcile.View) string {
	why := mu.Why
	switch mu.Code {
	case user.ErrNotFound:
		if why == "" {
			why = "no such record where the server looked"
		}
		if seq := m.log.created(v.ID); seq != 0 && !strings.Contains(why, hash(seq)) {
			why += fmt.Sprintf(". The create is in the log (#%d), the database is at #%d", seq, m.dbSeq())
		}
	case user.ErrConflict:
		if why == "" {
			why = "somebody changed the same field after you had seen it"
		}
		why += ". " + theirs(mu, v)
	case user.ErrExists, user.ErrEmailTaken, user.ErrEmailFixed, user.ErrCascade, user.ErrProjectionFailed,
		user.ErrRefusedByStore, user.ErrInvalidID, user.ErrInvalidName, user.ErrInvalidEmail:
		if why == "" {
			why = meanings[mu.Code]
		}
	}
	return why
}

// meanings say what a code means where the server gave no words.
var meanings = map[user.Code]string{
	user.ErrExists:           "a record with this id is there already",
	user.ErrEmailTaken:       "another user has this email",
	user.ErrEmailFixed:       "the email is this record's identity and cannot change",
	user.ErrCascade:          "the create it was typed on was rolled back",
	user.ErrProjectionFailed: "the database gave the event up for good",
	user.ErrRefusedByStore:   "the event store refused it for good",
	user.ErrInvalidID:        "the id is not allowed",
	user.ErrInvalidName:      "the name is not allowed",
	user.ErrInvalidEmail:     "the email is not allowed",
}

// theirs shows both texts of a conflict.
func theirs(mu reconcile.Mutation, v reconcile.View) string {
	if v.Row.Deleted || v.Row.ID == "" {
		return "The record is gone now"
	}
	by := v.Row.By
	if by == "" {
		by = "another"
	}
	text := "You: " + fields(mu.Patch) + ". Now:"
	if mu.Patch.Set.Has(user.FieldName) {
		text += fmt.Sprintf(" name “%s”", v.Row.Name)
	}
	if mu.Patch.Set.Has(user.FieldEmail) {
		text += fmt.Sprintf(" email “%s”", v.Row.Email)
	}
	return text + " by " + by
}

// byProjection reports whether a strategy checks against the database.
func byProjection(name string) bool {
	s, err := strategy.Named(name)
	return err == nil && s.Validate == strategy.ByProjection
}

// fix says what helps, by the reason, the strategy and how things are now.
func (m *Model) fix(mu reconcile.Mutation, v reconcile.View) string {
	switch mu.Code {
	case user.ErrNotFound:
		return m.fixNotFound(mu, v)
	case user.ErrExists:
		return "c dismisses this; e edits the one that is there."
	case user.ErrConflict:
		return "R puts yours over theirs, E changes it first, c keeps theirs."
	case user.ErrEmailTaken:
		return "E: give another email and save. R alone meets the same user again."
	case user.ErrEmailFixed:
		return "E: put the old email back, or make a new record with n."
	case user.ErrCascade:
		return "R sends the create and what was typed on it as one change; E lets you correct it first."
	case user.ErrProjectionFailed:
		if m.faults.has(fault.ProjectFail) {
			return "a fault does this: F clears it, then R sends it again."
		}
		return "R sends it again; the database may take it now."
	case user.ErrRefusedByStore:
		if m.faults.has(fault.AppendRefuse) {
			return "a fault does this: F clears it, then R sends it again."
		}
		return "R sends it again once the store takes events."
	case user.ErrInvalidName, user.ErrInvalidEmail:
		return "E: correct it and save."
	case user.ErrInvalidID:
		return "c dismisses this; n makes a record with a good id."
	}
	return "R sends it again, E changes it first, c dismisses it."
}

// fixNotFound depends on where the record is now.
func (m *Model) fixNotFound(mu reconcile.Mutation, v reconcile.View) string {
	stale := byProjection(m.strategyOf(mu))
	there := v.Row.ID != "" && !v.Row.Deleted
	switch {
	case there && m.log.version(v) == 0:
		return "the log has it deleted: c dismisses your text, y copies it first, n makes a new one."
	case there && stale:
		return "the row is there now: R sends it again. With s, reconcile checks the log and never refuses this."
	case there:
		return "the row is there now: R sends it again."
	case m.log.created(v.ID) != 0 && stale:
		return "the log already has it: press R once the row is there, or s: reconcile checks the log instead."
	case len(v.Pending) > 0:
		return "its create is still under way: press R when it is confirmed."
	case v.Row.Deleted && mu.Op == user.Edit:
		return "it was deleted: R makes it anew as you saw it, c dismisses your text, y copies it first."
	}
	return "nobody has this record any more: c dismisses your text, y copies it first, n makes a new one."
}
