package discord

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
	"storyteller/internal/narrate"
)

func (r *room) waiting(host string, why error) narrate.Waiting {
	return narrate.Waiting{Reading: "7", Key: "w3", Place: r.beat("", "").Place, Host: host, Title: "The @everyone *Lamp*", Why: why}
}

func TestTheHostIsToldOnceAndAlone(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		anna := r.member("Anna")
		w := r.waiting(anna, nil)
		for range 2 { // the second as after an answer that was lost
			if err := r.bot.TellHost(r.Context(), w); err != nil {
				r.Fatal(err)
			}
		}
		got := r.fake.DirectMessages(anna)
		if len(got) != 1 || len(r.fake.Ledger()) != 1 {
			r.Fatalf("the host got %+v", got)
		}
		text := got[0].Content
		if !strings.Contains(text, "<#"+w.Place.Channel+">") || !strings.Contains(text, `\*Lamp\*`) || got[0].MentionEveryone || len(got[0].Mentions) > 0 {
			r.Errorf("the host got %q", text)
		}
		w.Key = "w9"
		if err := r.bot.TellHost(r.Context(), w); err != nil {
			r.Fatal(err)
		}
		if n := len(r.fake.DirectMessages(anna)); n != 2 {
			r.Errorf("of a second wait the host was not told: %d messages", n)
		}
	})
	traffic.Want(t, "POST /users/@me/channels")
}

// Whoever takes no messages is asked once, whatever the reason.
func TestAHostWhoTakesNoMessagesIsLeftAlone(t *testing.T) {
	for name, shut := range map[string]func(r *room, host string) error{
		"takes none":      func(r *room, host string) error { return r.fake.TakeDirectMessages(host, false) },
		"left the server": func(r *room, host string) error { return r.fake.RemoveMember("", host) },
		"may not be asked": func(r *room, _ string) error {
			_, err := r.fake.Fail(fakediscord.Fault{Route: "/users/@me/channels", Status: 403, Code: 20026, Times: -1})
			return err
		},
	} {
		inRoom(t, fakediscord.Options{}, func(r *room) {
			anna := r.member("Anna")
			if err := shut(r, anna); err != nil {
				r.Fatal(err)
			}
			began := time.Now()
			err := r.bot.TellHost(r.Context(), r.waiting(anna, nil))
			var f *failure
			if !errors.As(err, &f) || f.status != 400 && f.status != 403 {
				r.Errorf("%s: %v", name, err)
			}
			if took := time.Since(began); took > 0 {
				r.Errorf("%s: it was tried for %v", name, took)
			}
		})
	}
}

// Trouble at Discord is waited for a little, and not for ever.
func TestTellingTheHostSurvivesTrouble(t *testing.T) {
	for _, c := range []struct {
		fault fakediscord.Fault
		want  int
	}{
		{fakediscord.Fault{Status: 502, Times: 2, AfterCommit: true}, 1},
		{fakediscord.Fault{Status: 429, RetryAfter: 2 * time.Second, Times: 1}, 1},
		{fakediscord.Fault{Status: 502, Times: -1}, 0},
	} {
		inRoom(t, fakediscord.Options{}, func(r *room) {
			anna := r.member("Anna")
			c.fault.Route = "/channels/{channel}/messages"
			remove, err := r.fake.Fail(c.fault)
			if err != nil {
				r.Fatal(err)
			}
			err = r.bot.TellHost(r.Context(), r.waiting(anna, nil))
			if n := len(r.fake.DirectMessages(anna)); n != c.want || (err == nil) != (c.want == 1) {
				r.Errorf("with %+v the host got %d messages, error %v", c.fault, n, err)
			}
			if hits := remove(); hits > maxTries+1 {
				r.Errorf("with %+v it was tried %d times", c.fault, hits)
			}
		})
	}
}

func TestTheHostIsToldWhatIsMissing(t *testing.T) {
	for _, c := range []struct {
		why  error
		want string
	}{
		{nil, "The thread is locked"},
		{newFailure("post", coded(400, codeThreadLocked)), "The thread is locked"},
		{newFailure("post", coded(400, codeArchivedThread)), "is archived"},
		{newFailure("post", coded(403, codeMissingAccess)), "“View Channel”."},
		{newFailure("post", coded(403, codeMissingPermissions)), "“Send Messages”"},
		{newFailure("post", coded(400, codeForumTag)), "does not let me post"},
		{context.Canceled, "does not let me post"},
	} {
		var why error
		if c.why != nil {
			why = classify(c.why) // as a refusal comes back from the core
		}
		if got := because(why); !strings.Contains(got, c.want) {
			t.Errorf("of %v the host is told %q", c.why, got)
		}
	}
}
