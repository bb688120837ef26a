//go:build race

package live

// walks is how many random walks of a kind are taken: with the race detector,
// which makes each slow, few.
const walks = 1
