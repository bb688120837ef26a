//go:build race

package main

// raceFlags make the server's process as watchful as the tests.
var raceFlags = []string{"-race"}
