package tui

import (
	"testing"

	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

func TestFormSaysWhatTheServerWould(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(3)...)
	r.press("n", "enter")
	r.shows(user.ValidateName("").Error())
	r.typed("Ada")
	r.press("enter")
	r.typed("nobody")
	r.shows("invalid_email: \"nobody\" is not an address like")
	r.press("enter")
	if r.m.form == nil {
		t.Fatal("a bad email was saved")
	}
	r.golden("form-wrong")
	r.typed("@example.org")
	r.press("enter")
	if r.m.form != nil || len(r.did) != 1 || r.did[0].Kind != reconcile.Store {
		t.Fatalf("a good form did %+v", r.did)
	}
	mu := r.did[0].Mutation
	if mu.Op != user.Create || mu.Patch != user.SetBoth("Ada", "nobody@example.org") || mu.Strategy != "reconcile" {
		t.Fatalf("the create is %+v", mu)
	}
}

func TestEditSetsOnlyWhatChanged(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(3)...)
	r.press("e", "enter")
	r.shows("nothing was changed")
	r.press("tab", "ctrl+u")
	r.typed("new@example.org")
	r.press("enter")
	if len(r.did) != 1 || r.did[0].Mutation.Patch != user.SetEmail("new@example.org") {
		t.Fatalf("the edit did %+v", r.did)
	}
}

func TestFormShowsWhatOthersDidMeanwhile(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(3)...)
	r.press("e")
	r.feed(9, protocol.Row{ID: r.m.form.record, Name: "Changed", Email: "c@example.org", Version: 2, Seq: 9, Born: 5, By: "bob"})
	r.shows("bob changed it meanwhile: Changed")
}
