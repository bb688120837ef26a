package search

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// gcPercent is by how much the heap may grow before garbage is collected: within
// its limit, memory is there to be used.
const gcPercent = 400

// heap is how the program's memory was kept before searches with a limit began.
// There is one for all that go on.
var heap struct {
	mu       sync.Mutex
	searches int
	percent  int
	limit    int64
}

// takeHeap has memory be kept as searches want it. Garbage of what was before is
// no reason to stop.
func takeHeap(limit int64) {
	heap.mu.Lock()
	defer heap.mu.Unlock()
	if heap.searches++; heap.searches == 1 {
		runtime.GC()
		heap.percent, heap.limit = debug.SetGCPercent(gcPercent), debug.SetMemoryLimit(limit/4*3)
	}
}

// giveHeap has memory be kept as before, once no search goes on.
func giveHeap() {
	heap.mu.Lock()
	defer heap.mu.Unlock()
	if heap.searches--; heap.searches == 0 {
		debug.SetGCPercent(heap.percent)
		debug.SetMemoryLimit(heap.limit)
	}
}

// heapFull reports whether too little of a limit is left. Some of what the program
// holds may be garbage; that is known only once it was collected.
func heapFull(limit int64) bool {
	if inUse() <= limit {
		return false
	}
	runtime.GC()
	return inUse() > limit/4*3
}

// inUse returns how many bytes of objects the program holds.
func inUse() int64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}
