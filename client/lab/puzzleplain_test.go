package lab

import (
	"fmt"
	"strings"
	"testing"

	"optimist/shared/anomaly"
)

// Line by line.
func TestPlainPuzzle(t *testing.T) {
	play := func(answers, under string) (string, bool) {
		t.Helper()
		var out strings.Builder
		reached, err := PlainPuzzle(strings.NewReader(answers), &out, mustSmall(t, under, "V1"), func(string) {})
		if err != nil {
			t.Fatal(err)
		}
		return out.String(), reached
	}
	text, reached := play("1\nx\n1\nh\n2\nb\n1\n3\n1\n", "check-projection")
	for _, want := range []string{
		"Choose what happens next, until it has gone wrong like this: a legal change was refused.\n",
		"\"x\" is none of them", "  or a fault (1 left):\n", "Hint: the server decides alice.1 and logs the outcome.",
		"One step back; 2 steps taken.", "  The server asks the database about alice.2 and refuses it (not_found).",
		"! V1 spurious-rejection: ", "Yours: 5 steps (1 taken back, 1 hint); shortest: 4 steps.", "The shortest way:\n  1 alice: create ada",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in:\n%s", want, text)
		}
	}
	if !reached {
		t.Error("reached, and not said so")
	}
	// The projector before the edit is checked: nothing is left to be refused.
	if text, _ = play("1\n2\n2\n1\n1\nh\nq\n", "check-projection"); !strings.Contains(text, "Hint: from here it can no longer be reached. b takes a step back.") ||
		!strings.Contains(text, "Left after 5 steps, 1 hint; it was not reached.") {
		t.Errorf("no way on:\n%s", text)
	}
	if text, reached = play("1\nq\n", "check-projection"); reached || !strings.Contains(text, "Left after 1 step; it was not reached.") {
		t.Errorf("left:\n%s", text)
	}
	if text, reached = play("b\nh\n1", "reconcile"); reached || !strings.Contains(text, "This is where it begins.") ||
		!strings.Contains(text, "No hint. No schedule within this scope shows it: each of ") || !strings.Contains(text, "alice create ada") || !strings.Contains(text, "(nobody answers)") {
		t.Errorf("unreachable:\n%s", text)
	}
}

func ExamplePuzzle_Goal() {
	d, _ := anomaly.Lookup("zombie")
	fmt.Println((&Puzzle{goal: d}).Goal())
	// Output: Choose what happens next, until it has gone wrong like this: a change was shown as failed and counts all the same.
}
