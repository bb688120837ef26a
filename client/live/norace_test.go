//go:build !race

package live

// walks is how many random walks of a kind are taken.
const walks = 3
