package discord

import (
	"context"
	"sync"
)

// crew counts those at work, and takes no more once it is to end. A sync.WaitGroup does not allow one to begin while
// another waits for all.
type crew struct {
	mu    sync.Mutex
	n     int
	ended bool
	idle  chan struct{} // closed when the last has finished after the end
}

func newCrew() *crew { return &crew{idle: make(chan struct{})} }

// run does the work in a goroutine, unless the crew has ended.
func (c *crew) run(work func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return
	}
	c.n++
	go func() {
		defer c.finished()
		work()
	}()
}

func (c *crew) finished() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n--
	if c.ended && c.n == 0 {
		close(c.idle)
	}
}

// end lets nobody begin any more and waits for those at work, or for ctx. It says whether all have finished.
func (c *crew) end(ctx context.Context) bool {
	c.mu.Lock()
	c.ended = true
	working := c.n > 0
	c.mu.Unlock()
	if !working {
		return true
	}
	select {
	case <-c.idle:
		return true
	case <-ctx.Done():
		return false
	}
}
