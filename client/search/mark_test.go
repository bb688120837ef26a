package search

import (
	"math/bits"
	"testing"

	"optimist/shared/anomaly"
	"optimist/shared/explore"
)

// Every anomaly, and every one that can be a price, has a mark of its own that
// leads back to it, and none is taken for a cost.
func TestMarksAreDistinct(t *testing.T) {
	if len(definitions) != firstPrice || firstPrice+len(priced) > firstCost {
		t.Fatalf("%d definitions and %d prices do not fit below bits %d and %d", len(definitions), len(priced), firstPrice, firstCost)
	}
	var all explore.Marks
	for _, d := range definitions {
		marks := marksOf(d)
		if marks&(all|costs) != 0 {
			t.Errorf("%s shares a mark", d.ID)
		}
		all |= marks
		if defect := markOf(&anomaly.Finding{ID: d.ID}); definitionOf(defect).ID != d.ID || marks&defect == 0 {
			t.Errorf("the mark of %s stands for %s", d.ID, definitionOf(defect).ID)
		}
	}
	for _, id := range priced {
		if mark := markOf(&anomaly.Finding{ID: id, Price: true}); definitionOf(mark).ID != id || all&mark == 0 {
			t.Errorf("the mark of the price %s stands for %s", id, definitionOf(mark).ID)
		}
	}
	if n := bits.OnesCount64(uint64(all)); n != len(definitions)+len(priced) {
		t.Errorf("%d marks", n)
	}
}

// What is counted is read as it was written, up to the most that is told apart.
func TestLevels(t *testing.T) {
	for _, first := range []explore.Marks{held, refused, cascade} {
		for n := 1; n <= maxLevel+1; n++ {
			if got, ok := levelOf(first, level(first, n)); !ok || got != min(n, maxLevel) {
				t.Errorf("%d became %d", n, got)
			}
		}
		if _, ok := levelOf(first, allConfirmed); ok {
			t.Error("another mark is taken for a level")
		}
	}
	if level(held, 0) != 0 {
		t.Error("nothing is marked")
	}
}
