package discord

import (
	"context"
	"time"
)

// That all calls rest is kept on disk: a bot that is restarted while Discord turns it away must not begin anew, which
// would make a ban longer.
const (
	restNote  = "calls rest"    // the name of the note in Memory
	noteLimit = 5 * time.Second // how long the disk may take for it; the calls rest without it too
)

// noteRest keeps until when all calls rest.
func (b *Bot) noteRest(until time.Time) {
	ctx, cancel := context.WithTimeout(context.Background(), noteLimit)
	defer cancel()
	if err := b.cfg.Memory.Remember(ctx, restNote, until.UTC().AppendFormat(nil, time.RFC3339)); err != nil {
		b.log.Warn("it cannot be noted that calls rest; after a restart they will not", "error", err)
	}
}

// notedRest is until when all calls rest since before the start; the zero time if they do not. The machine's clock may
// have been set since, so the longest rest there is bounds what is left of it.
func (b *Bot) notedRest() time.Time {
	ctx, cancel := context.WithTimeout(context.Background(), noteLimit)
	defer cancel()
	note, err := b.cfg.Memory.Recall(ctx, restNote)
	if err != nil {
		b.log.Warn("it is not known whether calls are to rest", "error", err)
	}
	until, err := time.Parse(time.RFC3339, string(note))
	now := time.Now()
	if err != nil || !until.After(now) || until.After(now.Add(longestHeader)) {
		return time.Time{}
	}
	b.log.Warn("Discord has turned the bot away before the start; all calls rest", "for", until.Sub(now).Round(time.Second))
	return until
}
