package discord

import "sync"

// maxSeen is how many interactions are remembered. Discord may deliver one twice, soon after each other.
const maxSeen = 8192

// recent remembers the latest ids it was asked about.
type recent struct {
	mu   sync.Mutex
	set  map[string]bool
	ring []string
	next int
}

func newRecent(size int) *recent {
	return &recent{set: make(map[string]bool, size), ring: make([]string, size)}
}

// first says whether the id is new, and remembers it.
func (r *recent) first(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.set[id] {
		return false
	}
	delete(r.set, r.ring[r.next])
	r.ring[r.next] = id
	r.next = (r.next + 1) % len(r.ring)
	r.set[id] = true
	return true
}

// has says whether the id is remembered.
func (r *recent) has(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.set[id]
}
