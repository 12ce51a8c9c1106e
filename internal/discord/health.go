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
	away time.Time // zero while connected
}

func newPulse() *pulse { return &pulse{away: time.Now()} }

// beat notes that the gateway is connected, or no longer.
func (p *pulse) beat(connected bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case connected:
		p.away = time.Time{}
	case p.away.IsZero():
		p.away = time.Now()
	}
}

// Healthy returns nil while the bot hears Discord, or has not been away for long; otherwise it says since when it has not.
func (b *Bot) Healthy() error {
	b.pulse.mu.Lock()
	defer b.pulse.mu.Unlock()
	if away := b.pulse.away; !away.IsZero() {
		if since := time.Since(away); since > offlineGrace {
			return fmt.Errorf("it has not been connected to Discord for %s", since.Round(time.Second))
		}
	}
	return nil
}
