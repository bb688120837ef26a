package search

import (
	"math/bits"

	"optimist/shared/anomaly"
	"optimist/shared/explore"
)

// definitions are the anomalies; the place of each is its bit in a mark. That of
// a printed price is further up.
var definitions = anomaly.All()

// priceBit is how far the bits of prices are from those of defects.
const priceBit = 32

// markOf returns the mark that stands for a finding.
func markOf(f *anomaly.Finding) explore.Marks {
	for i := range definitions {
		if definitions[i].ID == f.ID {
			if f.Price {
				i += priceBit
			}
			return 1 << i
		}
	}
	panic("search: unknown anomaly " + f.ID)
}

// definitionOf returns which anomaly a mark stands for, and whether as a price.
func definitionOf(m explore.Marks) (anomaly.Definition, bool) {
	at := bits.TrailingZeros64(uint64(m))
	return definitions[at%priceBit], at >= priceBit
}

// marksOf returns both marks of an anomaly.
func marksOf(d anomaly.Definition) explore.Marks {
	for i := range definitions {
		if definitions[i].ID == d.ID {
			return 1<<i | 1<<(i+priceBit)
		}
	}
	return 0
}
