package discord

import (
	"fmt"
	"sync"
	"time"
)

// offlineGrace is how long the gateway may be away before the bot counts as unwell: Discord itself asks bots to reconnect
// now and then, and that is no illness.
const offlineGrace = 2 * time.Minute

// pulse knows since when the gateway is away.
type pulse struct {
	mu   sync.Mutex
	ever bool      // it has been connected
	away time.Time // zero while connected
}

func newPulse() *pulse { return &pulse{away: time.Now()} }

// beat notes that the gateway is connected, or no longer.
func (p *pulse) beat(connected bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case connected:
		p.ever, p.away = true, time.Time{}
	case p.away.IsZero():
		p.away = time.Now()
	}
}

// connected notes that the gateway is connected, or no longer and for how long it was dead before, and tells the watcher.
func (b *Bot) connected(yes bool, unheard time.Duration) {
	b.pulse.beat(yes)
	b.tell(func(w Watcher) { w.Hears(yes, unheard) })
}

// Healthy returns nil while the bot hears Discord, or has heard it and has not been away for long; otherwise it says since
// when it has not.
func (b *Bot) Healthy() error {
	b.pulse.mu.Lock()
	defer b.pulse.mu.Unlock()
	if b.pulse.away.IsZero() {
		return nil
	}
	since := time.Since(b.pulse.away)
	if b.pulse.ever && since <= offlineGrace {
		return nil
	}
	return fmt.Errorf("it has not been connected to Discord for %s", since.Round(time.Second))
}
