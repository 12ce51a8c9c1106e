package discord

import (
	"context"
	"sync"
	"time"
)

const (
	// maxEvents is how many events may wait until the watcher was told of those before. At a login Discord sends one for
	// each of at most 2,500 guilds; so many wait only when something hangs.
	maxEvents = 16384
	// maxBehind is how long an interaction waits for the events before it. They are dealt with in no time, unless the disk
	// hangs; then it is better to try than to stand by.
	maxBehind = 5 * time.Second
)

// tell has the watcher told. When too much waits to be told, all of it is dropped and a new session begun: at a login
// Discord tells everything anew.
func (b *Bot) tell(what func(w Watcher)) {
	watcher := b.cfg.Watcher
	if watcher == nil || b.events.push(func() { what(watcher) }) {
		return
	}
	b.log.Error("Discord tells of more than can be dealt with; a new session is begun, in which it tells everything anew", "waiting", maxEvents)
	signalTo(b.anew)
}

// watch tells the watcher what happens, until ctx ends.
func (b *Bot) watch(ctx context.Context) {
	defer b.events.end()
	for {
		next, ok := b.events.pop(ctx)
		if !ok {
			return
		}
		b.guard("an event", next.tell)
		close(next.told)
	}
}

// guard keeps a panic from ending the process: discordgo does not, and one bad event must not stop every reading.
func (b *Bot) guard(what string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			b.panicked(what, r)
		}
	}()
	f()
}

// after waits until an event was told, so that an interaction is handled in the world in which Discord sent it: that the
// bot hears again, or that the guild is back, came before it.
func after(ctx context.Context, event <-chan struct{}) {
	ctx, cancel := context.WithTimeout(ctx, maxBehind)
	defer cancel()
	select {
	case <-event:
	case <-ctx.Done():
	}
}

// news is an event that the watcher is to be told.
type news struct {
	tell func()
	told chan struct{} // closed when that is done, or never will be
}

// lifeline is a queue of events. Whoever fills it never waits.
type lifeline struct {
	mu     sync.Mutex
	list   []news
	newest chan struct{} // the told of the latest event
	ended  bool          // nobody is told any more
	more   chan struct{} // holds a token while list may not be empty
}

func newLifeline() *lifeline {
	l := &lifeline{newest: make(chan struct{}), more: make(chan struct{}, 1)}
	close(l.newest)
	return l
}

// push adds an event, or drops them all if there is no room for it.
func (l *lifeline) push(tell func()) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		return true
	}
	if len(l.list) == maxEvents {
		l.drop()
		return false
	}
	l.newest = make(chan struct{})
	l.list = append(l.list, news{tell, l.newest})
	signalTo(l.more)
	return true
}

// end drops what waits, and what comes.
func (l *lifeline) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended = true
	l.drop()
}

func (l *lifeline) drop() {
	for _, n := range l.list {
		close(n.told)
	}
	l.list = nil
}

// last is closed when the latest event was told.
func (l *lifeline) last() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.newest
}

// pop waits for the next; false when ctx has ended.
func (l *lifeline) pop(ctx context.Context) (news, bool) {
	for {
		l.mu.Lock()
		if len(l.list) > 0 {
			next := l.list[0]
			l.list = l.list[1:]
			l.mu.Unlock()
			return next, true
		}
		l.mu.Unlock()
		select {
		case <-l.more:
		case <-ctx.Done():
			return news{}, false
		}
	}
}
