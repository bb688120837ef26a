package tui

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"optimist/shared/strategy"
)

func TestPickerShowsEveryStrategyAndItsPrice(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Strategy: "hold"}, someRows(3)...)
	r.press("s")
	r.golden("picker")
	r.shows(strategy.Names()...)
	for range strategy.Names() {
		r.press("up")
	}
	for _, s := range strategy.All() {
		r.shows("▸ "+s.Name, "Price: "+s.Price()[:30])
		r.press("down")
	}
	r.press("enter")
	r.shows("strategy of what you do next: dual-write")
}

func TestPickerFindsByLetter(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Strategy: "hold"}, someRows(3)...)
	r.press("s", "r", "r", "r", "r", "enter")
	if r.m.strategy != "read-log" {
		t.Errorf("the strategy is %q", r.m.strategy)
	}
	r.press("s", "x", "enter")
	if r.m.strategy != "read-log" {
		t.Errorf("a letter that begins none chose %q", r.m.strategy)
	}
}

func TestPickerTakesFreeCombinations(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Strategy: "hold"}, someRows(3)...)
	r.press("s", "e")
	r.typed("raed=log")
	r.shows("hold raed=log", `✗ unknown axis "raed"; did you mean read?`)
	r.press("enter")
	if r.m.picker == nil || r.m.strategy != "hold" {
		t.Fatalf("what is wrong was taken: %q", r.m.strategy)
	}
	r.golden("picker-wrong")
	for range "raed=log" {
		r.press("backspace")
	}
	r.send(tea.PasteMsg{Content: "compensation=none"})
	r.shows("without a rejection nothing falls with a create")
	for range "compensation=none" {
		r.press("backspace")
	}
	r.typed("read=log")
	r.shows("Price: What was typed is not seen until the log has it")
	r.press("enter")
	if r.m.picker != nil || r.m.strategy != "hold read=log" {
		t.Fatalf("the strategy is %q", r.m.strategy)
	}
	r.shows("hold read=log")
	r.press("s")
	r.shows("▸ hold read=log", "● now")
	r.press("e", "esc", "esc")
	if r.m.picker != nil || r.m.strategy != "hold read=log" {
		t.Errorf("leaving chose %q", r.m.strategy)
	}
}
