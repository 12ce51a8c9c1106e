package main

import (
	"context"
	"time"
)

// shutdownLimit is how long the bot may take to stop: five seconds are promised, the process itself needs a moment.
const shutdownLimit = 4500 * time.Millisecond

// serve runs the bot on Discord until ctx ends.
func (p program) serve(ctx context.Context) error {
	logged := &lastWord{to: p.err}
	defer logged.end()
	s, err := readSettings(p.env, p.set, logged)
	if err != nil {
		return err
	}
	a, err := build(ctx, wiring{settings: s})
	if err != nil {
		return err
	}
	s.log.Info("the bot starts", "version", version(), "database", s.db, "stories", len(a.library.All()))
	admin, err := serveAdmin(s.db, a.bot, a.store, s.log)
	if err != nil {
		s.log.Warn("bot healthcheck and bot backup will not work", "error", err)
	} else {
		defer admin.Close()
	}
	done := make(chan error, 1)
	go func() { done <- a.run(ctx) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		s.log.Info("stopped; everything is saved")
		return err
	case <-time.After(shutdownLimit):
		// What was acknowledged is on disk; what is on its way is sent again after the next start.
		s.log.Warn("stopped before everything on its way was sent; it is sent after the next start")
		return nil
	}
}
