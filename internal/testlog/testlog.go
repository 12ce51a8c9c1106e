// Package testlog has what tests read while it is written: a log, or a page of text. Only tests import it.
package testlog

import (
	"strings"
	"sync"
)

// Buffer collects what is written to it. The zero value is ready; it may be written and read from any goroutine.
type Buffer struct {
	mu  sync.Mutex
	all strings.Builder
}

// Write implements io.Writer; it does not fail.
func (b *Buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.all.Write(p)
}

// String is all that was written so far.
func (b *Buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.all.String()
}
