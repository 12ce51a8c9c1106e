package discord

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"storyteller/internal/testlog"
)

// until lets a budget have its way until it allows an Identify, and says how long that took.
func (l logins) until(t *testing.T, now time.Time) (took time.Duration) {
	t.Helper()
	for range 1000 {
		wait, err := l.spend(t.Context(), now.Add(took))
		if err != nil {
			t.Fatal(err)
		}
		if wait == 0 {
			return took
		}
		took += wait
	}
	t.Fatalf("still no login after %s", took)
	return 0
}

// logins of the tests begin at this moment.
var loginsBegin = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// A clock that was ahead while the bot logged in is no reason to stay away once it is right, whatever the logins of the
// day come to.
func TestAClockThatWasAheadKeepsNobodyAway(t *testing.T) {
	for _, c := range []struct {
		before int // logins of the day
		most   time.Duration
	}{{0, loginSpace}, {hastyLogins, thriftySpace}} {
		l := logins{newMemory(), slog.New(slog.DiscardHandler)}
		now := loginsBegin
		for range c.before {
			now = now.Add(l.until(t, now))
		}
		now = now.Add(3 * time.Hour)
		l.until(t, now)
		now = now.Add(-3 * time.Hour)
		if took := l.until(t, now); took > c.most {
			t.Errorf("after %d logins and one by a clock that is ahead the next took %s, want at most %s", c.before, took, c.most)
		}
	}
}

// torn is a memory of which one note is damaged until it is written anew.
type torn struct {
	*memory
	damaged bool
}

func (m *torn) Remember(ctx context.Context, name string, note []byte) error {
	m.damaged = false
	return m.memory.Remember(ctx, name, note)
}

func (m *torn) Recall(ctx context.Context, name string) ([]byte, error) {
	if m.damaged {
		return nil, errors.New("the note is damaged")
	}
	return m.memory.Recall(ctx, name)
}

// A note that cannot be read keeps nobody from logging in, and is said in the log; and whatever it held, wherever in the
// day it was lost, no 24 hours hold more logins than Discord allows.
func TestADamagedNoteOfTheLoginsIsBegunAnew(t *testing.T) {
	const allowed = 1000 // by Discord, in 24 hours
	damage := map[string]func(m *torn){
		"its checksum is wrong": func(m *torn) { m.damaged = true },
		"it is no list":         func(m *torn) { m.notes[loginsNote] = []byte(`{"a":1}`) },
	}
	for what, spoil := range damage {
		for _, logged := range []int{1, hastyLogins, maxLogins} {
			var log testlog.Buffer
			m := &torn{memory: newMemory()}
			l := logins{m, slog.New(slog.NewTextHandler(&log, nil))}
			now := loginsBegin
			var all []time.Time
			login := func() time.Duration {
				took := l.until(t, now)
				now = now.Add(took)
				all = append(all, now)
				return took
			}
			for range logged {
				login()
			}
			now = now.Add(time.Second)
			spoil(m)
			if took := login(); took < loginSpace-time.Second || took > thriftySpace {
				t.Errorf("%s after %d logins: the next took %s", what, logged, took)
			}
			if n := strings.Count(log.String(), "level=ERROR"); n != 1 {
				t.Errorf("%s: said %d times, want once:\n%s", what, n, &log)
			}
			for end := now.Add(loginDay + time.Hour); now.Before(end); {
				if took := login(); took > thriftySpace {
					t.Errorf("%s after %d logins: away for %s", what, logged, took)
				}
			}
			for i := range all {
				if i >= allowed && all[i].Sub(all[i-allowed]) < loginDay {
					t.Fatalf("%s after %d logins: more than %d logins in %s", what, logged, allowed, all[i].Sub(all[i-allowed]))
				}
			}
		}
	}
}

// A memory that can neither be read nor written allows no login: it could not be counted. Nor is a note begun anew for
// a caller who went away.
func TestALoginThatCannotBeCountedIsNotMade(t *testing.T) {
	l := logins{broken{}, slog.New(slog.DiscardHandler)}
	if _, err := l.spend(t.Context(), loginsBegin); err == nil {
		t.Error("a login without a note")
	}
	m := &torn{memory: newMemory(), damaged: true}
	note, _ := json.Marshal([]int64{1})
	m.notes[loginsNote] = note
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	l = logins{m, slog.New(slog.DiscardHandler)}
	if _, err := l.spend(ctx, loginsBegin); err == nil || string(m.notes[loginsNote]) != string(note) {
		t.Errorf("err %v, the note has %d bytes, want it left as it was", err, len(m.notes[loginsNote]))
	}
}

// broken is a memory whose disk is gone.
type broken struct{}

var errBroken = errors.New("the disk is gone")

func (broken) Remember(context.Context, string, []byte) error          { return errBroken }
func (broken) Recall(context.Context, string) (note []byte, err error) { return nil, errBroken }
