package main

import (
	"io"
	"sync"
)

// lastWord passes on what the log says until the command is over. Work that goes on behind an error that ends the process
// would otherwise say its part after it, and the last lines are to say why the bot ended.
type lastWord struct {
	mu   sync.Mutex
	to   io.Writer
	over bool
}

// Write passes b on, or drops it when the command is over.
func (l *lastWord) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return len(b), nil
	}
	return l.to.Write(b)
}

// end has nothing pass any more.
func (l *lastWord) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over = true
}
