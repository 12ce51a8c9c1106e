package discord

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"storyteller/internal/commands"
	"storyteller/internal/fakediscord"
)

// slow is a Watcher that takes its time.
type slow struct {
	*watched
	hears  func(yes bool)
	access func()
}

func (s slow) Hears(yes bool, _ time.Duration) {
	s.hears(yes)
	s.note("hears %t", yes)
}

func (s slow) AccessChanged(guild string) { s.access() }

// settled is what the watcher and the handler did since the bot was ready, or since this was last asked.
func (w *watched) settled() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := w.list
	w.list = nil
	return list
}

// What members did while the bot did not hear is handled in a world in which it hears again, however long that takes to
// come about; but nobody waits for a world that hangs.
func TestAnInteractionComesAfterTheEventsBeforeIt(t *testing.T) {
	for name, takes := range map[string]time.Duration{"at once": 0, "soon": maxBehind - time.Second, "never": time.Hour} {
		t.Run(name, func(t *testing.T) {
			inRoom(t, fakediscord.Options{}, func(r *room) {
				ctx, release := context.WithCancel(r.Context())
				w := slow{watched: r.watcher, hears: func(yes bool) {
					if yes {
						_ = sleep(ctx, takes)
					}
				}}
				r.enter()
				message, button := r.poll()
				r.bot.cfg.Watcher = w
				r.handle = func(_ context.Context, q commands.Request) commands.Reply {
					r.watcher.note("press")
					return commands.Reply{Text: "ok"}
				}
				r.watcher.settled()
				r.fake.Gateway().Cut()
				settle(time.Second / 2)
				if _, err := r.fake.Press(fakediscord.PressInput{User: r.member("Anna"), Channel: r.channel(), Message: message, CustomID: button}); err != nil {
					r.Fatal(err)
				}
				settle(time.Minute)
				want := []string{"hears false", "hears true", "press"}
				if takes > maxBehind {
					want = []string{"hears false", "press"}
				}
				if got := r.watcher.settled(); !slices.Equal(got, want) {
					r.Errorf("%q, want %q\n%s", got, want, r.log)
				}
				release()
			})
		})
	}
}

// A watcher that hangs while Discord tells ever more does not fill the memory: what it was not told is dropped, and told
// anew in a new session.
func TestEventsThatPileUpAreToldAnew(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		release := make(chan struct{})
		r.enter()
		r.bot.cfg.Watcher = slow{watched: r.watcher, hears: func(bool) {}, access: func() { <-release }}
		channel, _ := json.Marshal(map[string]any{"id": r.channel(), "guild_id": r.fake.Guild().ID, "type": 0})
		r.watcher.settled()
		for range maxEvents + 2 { // one that is being told, as many as may wait, and one more
			if err := r.fake.Gateway().Dispatch(r.fake.Guild().ID, eventChannelUpdate, channel); err != nil {
				r.Fatal(err)
			}
		}
		settle(time.Minute)
		if n := r.fake.Gateway().Identifies(); n != 2 {
			r.Errorf("%d sessions were begun, want a second one:\n%s", n, r.log)
		}
		if got := r.watcher.settled(); len(got) != 0 {
			r.Errorf("told out of turn: %q", got)
		}
		close(release)
		settle(time.Minute)
		got := strings.Join(r.watcher.settled(), "\n")
		want := "hears true\nguilds are [" + r.fake.Guild().ID + "]\nguild " + r.fake.Guild().ID + " away false"
		if !strings.HasSuffix(got, want) || strings.Count(got, "guilds are") != 1 {
			r.Errorf("the watcher was told\n%s\nwant in the end\n%s", got, want)
		}
		if n := strings.Count(r.log.String(), "more than can be dealt with"); n != 1 {
			r.Errorf("the log tells of it %d times", n)
		}
	})
}
