package rehearse

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/fakediscord"
)

// room is a fake Discord with a scripted bot, in a bubble of virtual time.
type room struct {
	fake    *fakediscord.Server
	bot     *scriptedBot
	channel string
}

func newRoom(t *testing.T, answer func(interaction) any) *room {
	t.Helper()
	fake := fakediscord.New(fakediscord.Options{})
	t.Cleanup(fake.Close)
	return &room{fake: fake, bot: startBot(t, fake, answer), channel: fake.Channels("")[0].ID}
}

func accept(interaction) any { return private("Noted.") }

// vote posts a question with three options.
func (r *room) vote(reading string, number int) string {
	id := func(option int) string { return fmt.Sprintf("1:%s:v%d:%d", reading, number, option) }
	return r.bot.post(r.channel, text("### Where to?"), row(press(1, "Up", id(0)), press(2, "Down", id(1)), press(2, "Home", id(2))))
}

// pressed counts the bot's presses by custom_id.
func (r *room) pressed() map[string]int {
	out := map[string]int{}
	for _, i := range r.bot.interactions() {
		out[i.Data.CustomID]++
	}
	return out
}

// ballots are the last option of each voter, by display name.
func (r *room) ballots() map[string]string {
	names := map[string]string{}
	for _, m := range r.fake.Members("") {
		names[m.ID] = m.DisplayName
	}
	out := map[string]string{}
	for _, i := range r.bot.interactions() {
		if parts := strings.Split(i.Data.CustomID, ":"); len(parts) == 4 {
			out[names[i.Member.User.ID]+" "+parts[2]] = parts[3]
		}
	}
	return out
}

func (r *room) play(t *testing.T, o ReadersOptions) {
	t.Helper()
	o.Channel = r.channel
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- Readers(ctx, r.fake, o) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Readers: %v", err)
		}
	})
	synctest.Wait()
}

func TestReadersJoinAndVoteAndPressNothingElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, accept)
		r.play(t, ReadersOptions{Count: 8, Seed: 7})
		r.bot.post(r.channel, text("# The Lamp"), row(press(3, "I'm in", "1:ab:join"), press(2, "Begin", "1:ab:begin")))
		time.Sleep(joinLatest)
		synctest.Wait()
		if got := r.pressed(); got["1:ab:join"] != 8 || len(got) != 1 {
			t.Errorf("after the lobby: %v, want eight joins and nothing else", got)
		}
		r.vote("ab", 1)
		r.bot.post(r.channel, row(press(1, "Read again", "1:ab:again"), press(2, "Transcript", "1:ab:transcript")))
		time.Sleep(voteLatest + rethinkAfter + rethinkRange)
		synctest.Wait()
		for id := range r.pressed() {
			if id != "1:ab:join" && !strings.HasPrefix(id, "1:ab:v1:") {
				t.Errorf("a reader pressed %q", id)
			}
		}
		if n := len(r.ballots()); n < 6 || n > 8 {
			t.Errorf("%d of 8 readers voted", n)
		}
	})
}

func TestTheFirstReaderBeginsWhenAskedTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, accept)
		members, err := AddReaders(r.fake, 3)
		if err != nil {
			t.Fatal(err)
		}
		r.play(t, ReadersOptions{Members: members, Seed: 1, Begin: true})
		r.bot.post(r.channel, text("# The Lamp"), row(press(3, "I'm in", "1:ab:join"), press(2, "Begin", "1:ab:begin")))
		time.Sleep(joinLatest + beginAfter)
		synctest.Wait()
		all := r.bot.interactions()
		last := all[len(all)-1]
		if r.pressed()["1:ab:begin"] != 1 || last.Data.CustomID != "1:ab:begin" || last.Member.User.ID != members[0].ID {
			t.Errorf("presses %v; the last is %q by %s", r.pressed(), last.Data.CustomID, last.Member.User.ID)
		}
	})
}

func TestTheSeedAloneDecidesTheBallots(t *testing.T) {
	play := func(t *testing.T, seed uint64, speed float64, reading string) map[string]string {
		var got map[string]string
		synctest.Test(t, func(t *testing.T) {
			r := newRoom(t, accept)
			r.play(t, ReadersOptions{Count: 12, Seed: seed, Speed: speed})
			for number := 1; number <= 3; number++ {
				r.vote(reading, number)
				time.Sleep(voteLatest + rethinkAfter + rethinkRange)
				synctest.Wait()
			}
			got = r.ballots()
		})
		return got
	}
	first := play(t, 42, 1, "aa")
	if again := play(t, 42, 8, "zz"); !maps.Equal(first, again) {
		t.Errorf("the same seed made other choices:\n%v\n%v", first, again)
	}
	if other := play(t, 43, 1, "aa"); maps.Equal(first, other) {
		t.Error("another seed made the same choices")
	}
	options := slices.Compact(slices.Sorted(maps.Values(first)))
	if len(options) != 3 {
		t.Errorf("all votes went to %v", options)
	}
}

func TestSpeedDividesTheDelays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, accept)
		r.play(t, ReadersOptions{Count: 5, Seed: 3, Speed: 100})
		r.vote("ab", 1)
		time.Sleep((voteLatest + rethinkAfter + rethinkRange) / 100)
		synctest.Wait()
		if n := len(r.ballots()); n < 3 {
			t.Errorf("only %d of 5 voted in a hundredth of the time", n)
		}
	})
}

func TestAVoteThatClosesEarlyIsNoError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, accept)
		r.play(t, ReadersOptions{Count: 5, Seed: 3})
		id := r.vote("ab", 1)
		r.bot.edit(r.channel, id, text("### Where to?\nUp"))
		time.Sleep(voteLatest)
		synctest.Wait()
		if got := r.pressed(); len(got) != 0 {
			t.Errorf("presses on a closed vote: %v", got)
		}
	})
}

func TestAButtonTellsWhatItIs(t *testing.T) {
	for _, c := range []struct {
		id, label   string
		vote, joins bool
	}{
		{"1:ab:v3:0", "Up", true, false},
		{"1:ab:v12:w", "Write", true, false},
		{"1:ab:vote:0", "Up", false, false},
		{"1:ab:v:0", "Up", false, false},
		{"1:ab:v3", "Up", false, false},
		{"1:ab:v3:0:x", "Up", false, false},
		{"1:ab:join", "Mitlesen", false, true},
		{"anything", "I’m in", false, true},
		{"1:ab:begin", "Begin", false, false},
	} {
		m := &fakediscord.Message{Components: []fakediscord.Component{{Type: fakediscord.TypeButton, CustomID: c.id, Label: c.label, Style: 1}}}
		b := liveButtons(m)[0]
		if b.vote != c.vote || b.joins() != c.joins {
			t.Errorf("%q %q: vote %v, joins %v", c.id, c.label, b.vote, b.joins())
		}
	}
	closed := &fakediscord.Message{Components: []fakediscord.Component{
		{Type: fakediscord.TypeButton, CustomID: "1:ab:v1:0", Disabled: true},
		{Type: fakediscord.TypeButton, URL: "https://example.com", Style: linkStyle, Label: "I'm in"},
	}}
	if got := liveButtons(closed); len(got) != 0 {
		t.Errorf("buttons that cannot be pressed: %v", got)
	}
}
