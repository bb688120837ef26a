//go:build !race

package main

// raceFlags are none: the tests run without the race detector.
var raceFlags []string
