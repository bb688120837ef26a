//go:build race

package scenario_test

import "time"

// allowed is how much of a processor's time any text may take while the race
// detector watches.
const allowed = 10 * time.Second
