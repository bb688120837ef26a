package search

import (
	"math/bits"
	"slices"

	"optimist/shared/anomaly"
	"optimist/shared/explore"
)

// definitions are the anomalies; the place of each is its bit in a mark.
var definitions = anomaly.All()

// priced are those that can be a printed price; the place of each, behind the
// definitions, is the bit of that.
var priced = []string{"V2", "V4", "V7", cascading, "D9"}

// Anomalies of which it counts how often they happen.
const (
	spuriousRejection = "V1"
	cascading         = "V9"
)

// Bits of marks: first the anomalies, then those that are prices, then costs.
const (
	firstPrice = 27
	firstCost  = 32
)

// markOf returns the mark that stands for a finding.
func markOf(f *anomaly.Finding) explore.Marks {
	if f.Price {
		if at := slices.Index(priced, f.ID); at >= 0 {
			return 1 << (firstPrice + at)
		}
		panic("search: no price is expected of anomaly " + f.ID)
	}
	return 1 << placeOf(f.ID)
}

// placeOf returns the place of an anomaly among the definitions.
func placeOf(id string) int {
	at := slices.IndexFunc(definitions, func(d anomaly.Definition) bool { return d.ID == id })
	if at < 0 {
		panic("search: unknown anomaly " + id)
	}
	return at
}

// definitionOf returns which anomaly a mark stands for.
func definitionOf(m explore.Marks) anomaly.Definition {
	at := bits.TrailingZeros64(uint64(m))
	if at >= firstPrice {
		at = placeOf(priced[at-firstPrice])
	}
	return definitions[at]
}

// marksOf returns the marks of an anomaly.
func marksOf(d anomaly.Definition) explore.Marks {
	marks := explore.Marks(1) << placeOf(d.ID)
	if at := slices.Index(priced, d.ID); at >= 0 {
		marks |= 1 << (firstPrice + at)
	}
	return marks
}
