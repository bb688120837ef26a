package scenario

// anomalyList stands in until the checkers are there.
var anomalyList = []string{
	"spurious-rejection", "orphan-event", "uniqueness-violation", "broken-promise", "phantom-confirm", "zombie", "stuck-pending", "silent-loss", "cascade",
}

func knownAnomaly(name string) bool {
	for _, n := range anomalyList {
		if n == name {
			return true
		}
	}
	return false
}

func anomalyNames() []string { return anomalyList }
