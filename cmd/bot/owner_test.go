package main

import (
	"context"
	"encoding/base64"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"storyteller/internal/fakediscord"
	"storyteller/internal/store"
)

// tokenOf is a token of the form of Discord's, which begins with the id of the bot.
func tokenOf(id string) string {
	return base64.RawStdEncoding.EncodeToString([]byte(id)) + ".GabcDE.c2VjcmV0c2VjcmV0c2VjcmV0"
}

// serves lets the bot of a token serve for a moment, on a Discord that takes the token given.
func serves(t *testing.T, db, token, taken string) error {
	t.Helper()
	fake := fakediscord.New(fakediscord.Options{Token: taken})
	defer fake.Close()
	a, err := build(t.Context(), wiring{
		settings:  settings{token: token, db: db, log: slog.New(slog.DiscardHandler)},
		transport: fake.Transport(), dial: fake.DialGateway, store: store.Options{Volatile: true},
	})
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- a.run(ctx) }()
	select {
	case <-a.bot.Ready():
		synctest.Wait()
	case err := <-ended:
		return err
	}
	stop()
	return <-ended
}

// A database of one bot is not for another, and not for a rehearsal: they would end its readings, as they are in none of
// its servers. A new token of the same bot is welcome, and one that Discord never took owns nothing.
func TestADatabaseBelongsToOneBot(t *testing.T) {
	db := filepath.Join(t.TempDir(), "bot.db")
	one, other := tokenOf("1200000000000000001"), tokenOf("1200000000000000002")
	refused := func(t *testing.T, err error, words, hint string) {
		t.Helper()
		var f *fault
		if !errors.As(err, &f) || f.status != statusUsage || !strings.Contains(f.msg, words) || !strings.Contains(f.hint, hint) {
			t.Errorf("it ended with %v, want %q", err, words)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		if err := serves(t, db, other, one); err == nil {
			t.Error("a token that Discord does not take is taken")
		}
		if err := serves(t, db, one, one); err != nil {
			t.Errorf("the bot that came to own it: %v", err)
		}
		if err := serves(t, db, one+"new", one+"new"); err != nil {
			t.Errorf("the same bot with a new token: %v", err)
		}
		err := serves(t, db, other, other)
		refused(t, err, "belongs to the bot with the id 1200000000000000001, and this is the bot with the id 1200000000000000002", envDB)
		if err != nil && strings.Contains(err.Error(), other) {
			t.Error("the token is told")
		}
		refused(t, serves(t, db, rehearsalToken, rehearsalToken), "and this is a rehearsal", "--db")
		if err := serves(t, db, one, one); err != nil {
			t.Errorf("the owner, after the others were refused: %v", err)
		}
	})
	rehearsed := filepath.Join(t.TempDir(), "rehearsal.db")
	synctest.Test(t, func(t *testing.T) {
		if err := serves(t, rehearsed, rehearsalToken, rehearsalToken); err != nil {
			t.Error(err)
		}
		refused(t, serves(t, rehearsed, one, one), "belongs to a rehearsal", envDB)
	})
}
