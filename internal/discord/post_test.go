package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/cue"
	"storyteller/internal/fakediscord"
	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"

	"github.com/bwmarrin/discordgo"
)

const createRoute, editRoute = "/channels/{channel}/messages", "/channels/{channel}/messages/{message}"

// mustPost posts as the narrator does: again, with the time of the first try, while the outcome is unknown.
func (r *room) mustPost(p narrate.Posting) string {
	r.Helper()
	for began := time.Now(); time.Since(began) < time.Hour; {
		id, err := r.bot.Post(r.Context(), p)
		if err == nil {
			return id
		}
		var stage *narrate.StageError
		wait := time.Second
		if errors.As(err, &stage) {
			if stage.Reason != "" {
				r.Fatalf("refused: %v", err)
			}
			wait = max(wait, stage.After)
		}
		if p.Tried.IsZero() {
			p.Tried = began
		}
		time.Sleep(wait)
	}
	r.Fatalf("not posted within an hour:\n%s", r.log)
	return ""
}

func reason(err error) reading.Refusal {
	var stage *narrate.StageError
	if errors.As(err, &stage) {
		return stage.Reason
	}
	return "unknown"
}

func TestABeatIsPostedOnceWhateverHappens(t *testing.T) {
	faults := map[string]fakediscord.Fault{
		"502 after":     {AfterCommit: true, Status: 502},
		"500 after":     {AfterCommit: true, Status: 500},
		"reset after":   {AfterCommit: true, Kind: fakediscord.FaultReset},
		"stall after":   {AfterCommit: true, Kind: fakediscord.FaultStall},
		"bad JSON":      {AfterCommit: true, Kind: fakediscord.FaultBadJSON},
		"503 before":    {Status: 503},
		"reset before":  {Kind: fakediscord.FaultReset},
		"stall before":  {Kind: fakediscord.FaultStall},
		"429":           {Status: 429, RetryAfter: 3 * time.Second},
		"429 shared":    {Status: 429, Scope: "shared", RetryAfter: 40 * time.Second},
		"429 global":    {Status: 429, Scope: "global", RetryAfter: 3 * time.Second},
		"cloudflare":    {Status: 429, Scope: "cloudflare", RetryAfter: 3 * time.Second},
		"overloaded":    {Status: 503, Code: 130000},
		"many times":    {AfterCommit: true, Status: 502, Times: 5},
		"for a quarter": {AfterCommit: true, Kind: fakediscord.FaultStall, Times: 40},
	}
	for name, f := range faults {
		t.Run(name, func(t *testing.T) {
			inRoom(t, fakediscord.Options{NonceWindow: 3 * time.Minute}, func(r *room) {
				r.wrong = f.Status == 429
				f.Method, f.Route = "POST", createRoute
				hits := r.fail(f)
				first := r.mustPost(r.beat("b1", "One."))
				second := r.beat("b2", "Two.")
				second.After = first
				r.mustPost(second)
				if got, want := r.posted(), []string{"One.", "Two."}; !slices.Equal(got, want) {
					r.Errorf("posted %q, want %q:\n%s", got, want, r.log)
				}
				if hits() == 0 {
					r.Error("the fault hit nothing")
				}
				if id := r.fake.Messages(r.channel())[0].ID; id != first {
					r.Errorf("the id is %s, want %s", first, id)
				}
			})
		})
	}
}

func TestAfterALongTimeTheHistoryTellsWhatWasPosted(t *testing.T) {
	inRoom(t, fakediscord.Options{NonceWindow: 3 * time.Minute}, func(r *room) {
		anna := r.member("Anna")
		before := r.mustPost(r.beat("b1", "One."))
		p := r.beat("b2", "Two.")
		p.After, p.Tried = before, time.Now()
		r.fail(fakediscord.Fault{Method: "POST", Route: createRoute, AfterCommit: true, Status: 502})
		if _, err := r.bot.Post(r.Context(), p); err == nil || reason(err) != "unknown" {
			r.Fatalf("err %v, want an unknown outcome", err)
		}
		for i := range 350 { // a lively channel
			if _, err := r.fake.Say(anna, r.channel(), fmt.Sprint("word ", i)); err != nil {
				r.Fatal(err)
			}
			time.Sleep(time.Minute)
		}
		shown := r.fake.Messages(r.channel())[1].ID
		if id, err := r.bot.Post(r.Context(), p); err != nil || id != shown {
			r.Errorf("id %s, err %v; want %s, found in the history:\n%s", id, err, shown, r.log)
		}
		// One that was never shown is not found, and posted.
		q := r.beat("b3", "Three.")
		q.After, q.Tried = shown, p.Tried
		if id, err := r.bot.Post(r.Context(), q); err != nil || id == shown {
			r.Errorf("id %s, err %v", id, err)
		}
		n := 0
		for _, words := range r.posted() {
			if words == "Two." || words == "Three." {
				n++
			}
		}
		if n != 2 {
			r.Errorf("%d beats in the channel, want 2", n)
		}
	})
}

func TestTheMarkerSurvivesAnEdit(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		p := r.beat("v1", "")
		p.Message.Beat = nil
		p.Message.Poll = &reading.Poll{Number: 1, Options: []reading.Option{{Text: "Go"}}, Status: reading.StatusOpen, Chosen: -1}
		id := r.mustPost(p)
		before := r.fake.Messages(r.channel())[0].Components[0].ID
		e := p
		e.Message = reading.Message{Key: "e2", Edit: "v1", ID: id, Poll: &reading.Poll{
			Number: 1, Options: p.Message.Poll.Options, Status: reading.StatusChosen, Tally: []int{1}, Voted: 1,
		}}
		if err := r.bot.Edit(r.Context(), e); err != nil {
			r.Fatal(err)
		}
		m := r.fake.Messages(r.channel())[0]
		if after := m.Components[0].ID; after != before || int32(after) != marker(testReading, "v1") {
			r.Errorf("marker %d, was %d, want %d", after, before, marker(testReading, "v1"))
		}
		if len(m.Buttons()) != 0 || !strings.Contains(m.Text(), "The room chose option 1") {
			r.Errorf("the edited message says %q", m.Text())
		}
	})
}

func TestADeletedMessageIsNotPostedAgainUnderTheSameNonce(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		p := r.beat("b1", "One.")
		id := r.mustPost(p)
		if err := r.fake.DeleteMessage(r.channel(), id); err != nil {
			r.Fatal(err)
		}
		p.Tried = time.Now()
		again, err := r.bot.Post(r.Context(), p)
		if err != nil || again == id || !isSnowflake(again) || len(r.posted()) != 0 {
			r.Fatalf("id %q, err %v, posted %q", again, err, r.posted())
		}
		// The id in its place is one by Discord's clock, so that what comes after it can be found in the history.
		if next := r.mustPost(r.beat("b2", "Two.")); again >= id || again >= next {
			r.Errorf("the deleted message %s is called %s; the next is %s", id, again, next)
		}
		p.Message = reading.Message{Key: "e2", Edit: "b1", ID: again, Beat: p.Message.Beat}
		if err := r.bot.Edit(r.Context(), p); reason(err) != reading.MessageMissing {
			r.Errorf("editing it: %v, want that it is missing", err)
		}
	})
}

func TestANonceIsTrustedWhileBothClocksSaySo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tried := time.Now()
		time.Sleep(time.Minute)
		now := time.Now()
		set := func(d time.Duration) time.Time { return tried.Round(0).Add(d) } // by the machine's clock alone
		for what, c := range map[string]struct {
			tried time.Time
			want  bool
		}{
			"a minute ago":                 {tried, false},
			"the clock was set back a day": {set(24 * time.Hour), true},
			"the machine slept for a day":  {set(-24 * time.Hour), true},
			"it was corrected by a second": {set(time.Second), false},
		} {
			if got := nonceForgotten(c.tried, now); got != c.want {
				t.Errorf("%s: forgotten %t", what, got)
			}
		}
		time.Sleep(nonceWindow)
		if !nonceForgotten(tried, time.Now()) {
			t.Error("it is trusted for too long")
		}
	})
}

// openThread makes a thread in the channel.
func (r *room) openThread() string {
	r.Helper()
	answer, err := r.bot.call(r.Context(), "thread", http.MethodPost, discordgo.EndpointChannelThreads(r.channel()), "application/json",
		[]byte(`{"name": "attic", "type": 11}`))
	var made struct{ ID string }
	if err == nil {
		err = json.Unmarshal(answer, &made)
	}
	if err != nil {
		r.Fatal(err)
	}
	return made.ID
}

func TestAnArchivedThreadIsOpened(t *testing.T) {
	for _, locked := range []bool{false, true} {
		inRoom(t, fakediscord.Options{}, func(r *room) {
			r.wrong = true
			p := r.beat("b1", "One.")
			p.Place.Channel = r.openThread()
			p.Message.ID = r.mustPost(p)
			p.Message.Key, p.Message.Edit, p.Message.Beat.Text = "e1", "b1", "Won."
			if err := r.fake.SetThread(p.Place.Channel, true, locked); err != nil {
				r.Fatal(err)
			}
			err := r.bot.Edit(r.Context(), p)
			words := r.fake.Messages(p.Place.Channel)[0].Text()
			if !locked && (err != nil || words != "Won.") {
				r.Errorf("the message says %q: %v", words, err)
			}
			if locked && (reason(err) != reading.NotAllowed || words != "One.") {
				r.Errorf("in a locked thread the message says %q: %v", words, err)
			}
		})
	}
}

func TestRefusalsAreUnderstood(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.wrong = true
		p := r.beat("b1", "One.")
		id := r.mustPost(p)
		edit := p
		edit.Message = reading.Message{Key: "e1", Edit: "b1", ID: id, Beat: p.Message.Beat}
		bot := r.fake.Bot().ID

		if err := r.fake.Permit("", r.channel(), bot, fakediscord.ViewChannel); err != nil {
			r.Fatal(err)
		}
		p.Message.Key = "b2"
		if _, err := r.bot.Post(r.Context(), p); reason(err) != reading.NotAllowed {
			r.Errorf("without the right to write: %v", err)
		}
		if err := r.fake.DeleteMessage(r.channel(), id); err != nil {
			r.Fatal(err)
		}
		if err := r.bot.Edit(r.Context(), edit); reason(err) != reading.MessageMissing {
			r.Errorf("a deleted message: %v", err)
		}
		edit.Message.ID = ""
		if err := r.bot.Edit(r.Context(), edit); reason(err) != reading.MessageMissing {
			r.Errorf("without an id: %v", err)
		}
		if err := r.bot.Typing(r.Context(), p.Place); reason(err) != reading.NotAllowed {
			r.Errorf("typing without the right: %v", err)
		}
		c, err := r.fake.AddChannel(fakediscord.Channel{Name: "other"})
		if err != nil {
			r.Fatal(err)
		}
		p.Place.Channel = c.ID
		if err := r.bot.Typing(r.Context(), p.Place); err != nil {
			r.Errorf("typing: %v", err)
		}
		if err := r.fake.DeleteChannel(c.ID); err != nil {
			r.Fatal(err)
		}
		if _, err := r.bot.Post(r.Context(), p); reason(err) != reading.ChannelGone {
			r.Errorf("a deleted channel: %v", err)
		}
		ctx, cancel := context.WithCancel(r.Context())
		cancel()
		if _, err := r.bot.Post(ctx, p); !errors.Is(err, context.Canceled) {
			r.Errorf("cancelled: %v", err)
		}
	})
}

func dot(t testing.TB) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (r *room) card(readers int) narrate.Posting {
	p := r.beat("card", "")
	p.Story = reading.Story{Title: "The Lamp", Cover: cue.Picture{File: "art/Cover.PNG", Alt: "A lamp in the fog"}}
	p.Message.Beat, p.Message.Card = nil, &reading.Card{Host: "42", Readers: readers, Vote: 60, Begins: time.Now().Add(time.Minute)}
	return p
}

func TestACoverIsSentOnceAndStays(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		p := r.card(1)
		p.Picture = dot(t)
		id := r.mustPost(p)
		e := r.card(2)
		e.Message.Key, e.Message.Edit, e.Message.ID = "e1", "card", id
		if err := r.bot.Edit(r.Context(), e); err != nil {
			r.Fatal(err)
		}
		m := r.fake.Messages(r.channel())[0]
		if len(m.Attachments) != 1 || m.Attachments[0].Filename != "picture.png" || m.Attachments[0].Description != "A lamp in the fog" {
			r.Errorf("attachments %+v", m.Attachments)
		}
		shown := m.Components[0].Components[0]
		if len(shown.Items) != 1 || shown.Items[0].Media.AttachmentID != m.Attachments[0].ID || *shown.Items[0].Description != "A lamp in the fog" {
			r.Errorf("the gallery is %+v", shown)
		}
		if !strings.Contains(m.Text(), "2 readers are in") {
			r.Errorf("the card says %q", m.Text())
		}
	})
}

func TestAPictureThatDiscordRefusesIsToldInWords(t *testing.T) {
	for _, f := range []fakediscord.Fault{{Status: 413, Code: codeTooLarge}, {Status: 400, Code: codeFileTooLarge}} {
		inRoom(t, fakediscord.Options{}, func(r *room) {
			r.wrong = true
			f.Method, f.Route = "POST", createRoute
			r.fail(f)
			p := r.card(1)
			p.Picture = dot(t)
			id := r.mustPost(p)
			e := r.card(3)
			e.Message.Key, e.Message.Edit, e.Message.ID = "e1", "card", id
			if err := r.bot.Edit(r.Context(), e); err != nil { // the picture is not there to be shown
				r.Fatal(err)
			}
			m := r.fake.Messages(r.channel())[0]
			if len(m.Attachments) != 0 || !strings.Contains(m.Text(), "Picture: A lamp in the fog") || !strings.Contains(m.Text(), "3 readers") {
				r.Errorf("the card says %q", m.Text())
			}
		})
	}
}

func TestAnEmojiThatDiscordRefusesIsLeftOut(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.wrong = true
		r.fail(fakediscord.Fault{Method: "POST", Route: createRoute, Status: 400, Code: codeInvalidBody})
		p := r.beat("v1", "")
		p.Message.Beat = nil
		p.Message.Poll = &reading.Poll{Number: 1, Options: []reading.Option{{Text: "Go", Emoji: "🗡️"}}, Status: reading.StatusOpen, Chosen: -1}
		r.mustPost(p)
		b := r.fake.Messages(r.channel())[0].Buttons()
		if len(b) != 1 || b[0].Emoji != nil {
			r.Errorf("buttons %+v", b)
		}
	})
}

func TestNobodyIsPinged(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		anna := r.member("Anna")
		p := r.beat("b1", "Hello <@"+anna+"> and @everyone, at <t:1:R>.")
		id := r.mustPost(p)
		p.Message = reading.Message{Key: "e1", Edit: "b1", ID: id, Beat: p.Message.Beat}
		if err := r.bot.Edit(r.Context(), p); err != nil {
			r.Fatal(err)
		}
		c := r.card(1)
		c.Message.Card.Host, c.Story.Cover = anna, cue.Picture{}
		r.mustPost(c)
		iid, err := r.slash(anna, map[string]any{"story": "x"})
		r.outcome(iid, err)
		for _, e := range r.fake.Ledger() {
			if !strings.Contains(string(e.Payload), `"allowed_mentions":{"parse":[]}`) && e.Via == fakediscord.ViaBot {
				r.Errorf("%s without allowed_mentions: %s", e.Kind, e.Payload)
			}
			if e.Message.MentionEveryone || len(e.Message.Mentions) > 0 {
				r.Errorf("somebody is pinged by %s", e.Payload)
			}
		}
		if words := r.posted()[0]; !strings.Contains(words, `\<@`+anna) || !strings.Contains(words, "@\u200beveryone") || !strings.Contains(words, `\<t:1:R>`) {
			r.Errorf("posted %q", words)
		}
	})
}

func TestNoncesAreUniqueAndShort(t *testing.T) {
	seen := map[string]bool{}
	for i := range 1000 {
		for _, reading := range []string{"1", "11"} {
			n := nonce(reading, fmt.Sprint("b", i))
			if len(n) > maxNonce || seen[n] {
				t.Fatalf("nonce %q", n)
			}
			seen[n] = true
			if m := marker(reading, fmt.Sprint("b", i)); m < markerBit {
				t.Fatalf("marker %d", m)
			}
		}
	}
}

// A second try that waits for its turn is given up when the nonce of the first is: what comes then looks into the history.
func TestASecondTryIsNotSentWhenItsNonceIsForgotten(t *testing.T) {
	inRoom(t, fakediscord.Options{NonceWindow: 3 * time.Minute}, func(r *room) {
		r.wrong = true
		r.fail(fakediscord.Fault{Method: "POST", Route: createRoute, Status: 429, RetryAfter: 12 * time.Second})
		if _, err := r.bot.Post(r.Context(), r.beat("b1", "One.")); err == nil {
			r.Fatal("it was not limited")
		}
		p := r.beat("b2", "Two.")
		p.Tried = time.Now().Add(-115 * time.Second)
		began := time.Now()
		_, err := r.bot.Post(r.Context(), p)
		if waited := time.Since(began); err == nil || waited > nonceWindow-115*time.Second {
			r.Errorf("err %v after %v", err, waited)
		}
		if posted := r.posted(); len(posted) > 0 {
			r.Errorf("posted %q", posted)
		}
	})
}
