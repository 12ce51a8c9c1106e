package rehearse

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/fakediscord"
	"storyteller/internal/testlog"
)

func TestAReadingIsPrintedAsItHappens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, accept)
		r.bot.post(r.channel, container(0x884422, text("# The Lamp\n*by Ida*\n\nOn the night the lamp goes out."), row(press(3, "I'm in", "1:ab:join"))))
		var out testlog.Buffer
		done := make(chan error, 1)
		over := make(chan struct{})
		go func() {
			done <- Print(t.Context(), r.fake, &out, PrintOptions{Channel: r.channel, Over: over})
		}()
		step := func() { synctest.Wait(); time.Sleep(5 * time.Second) }
		step()
		anna, err := r.fake.AddMember(fakediscord.Member{DisplayName: "Anna"})
		if err != nil {
			t.Fatal(err)
		}
		r.bot.post(r.channel, text("The lamp goes out at **ten past nine**, <@"+anna.ID+">."))
		step()
		vote := r.vote("ab", 1)
		step()
		if _, err := r.fake.Press(fakediscord.PressInput{User: anna.ID, Channel: r.channel, Message: vote, CustomID: "1:ab:v1:0"}); err != nil {
			t.Fatal(err)
		}
		step()
		r.bot.edit(r.channel, vote, text("### Where to?"), text("**1.** Up — 1 vote"), row(press(1, "Up", "1:ab:v1:0")))
		step()
		r.bot.edit(r.channel, vote, text("### Where to?"), text("**1.** Up — 2 votes\n**2.** Down — no votes"), text("-# Chosen: **Up**"))
		step()
		r.bot.edit(r.channel, vote, text("an edit of what was printed"))
		step()
		r.bot.post(r.channel, text("## An ending: Light"))
		close(over)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		want := "The Lamp\n========\nby Ida\n\nOn the night the lamp goes out.\n\n" +
			"The lamp goes out at ten past nine, @Anna.\n\n" +
			"Vote 1 is open:\n1. Up\n2. Down\n3. Home\n\n" +
			"Where to?\n1. Up — 2 votes\n2. Down — no votes\nChosen: Up\n\n" +
			"An ending: Light\n\n"
		if got := out.String(); got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	})
}

func TestAVoteIsToldOfWhileItIsOpen(t *testing.T) {
	const open = "Vote 1 is open:\n1. Up\n2. Down\n3. Home\n\n"
	const result = "Where to?\nChosen: Up\n\n"
	closeVote := func(r *room, vote string) {
		r.bot.edit(r.channel, vote, text("### Where to?"), text("-# Chosen: **Up**"))
	}
	for name, c := range map[string]struct {
		happens func(r *room, vote string)
		want    string
	}{
		"closed at once": {closeVote, result},
		"closed later": {func(r *room, vote string) {
			time.Sleep(2 * voteHold)
			closeVote(r, vote)
		}, open + result},
		"something is said meanwhile": {func(r *room, vote string) {
			r.bot.post(r.channel, text("Half the time is over."))
			closeVote(r, vote)
		}, open + "Half the time is over.\n\n" + result},
		"deleted at once": {func(r *room, vote string) {
			if err := r.fake.DeleteMessage(r.channel, vote); err != nil {
				t.Error(err)
			}
			time.Sleep(2 * voteHold)
		}, ""},
		"paused, and open again": {func(r *room, vote string) {
			r.bot.edit(r.channel, vote, text("The story is paused."))
			r.bot.edit(r.channel, vote, text("### Where to?"), row(press(1, "1. Up", "1:ab:v1:0"), press(1, "2. Down", "1:ab:v1:1"), press(1, "3. Home", "1:ab:v1:2")))
			time.Sleep(2 * voteHold)
			closeVote(r, vote)
		}, "The story is paused.\n\n" + open + result},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRoom(t, accept)
				var out testlog.Buffer
				done := make(chan error, 1)
				over := make(chan struct{})
				go func() {
					done <- Print(t.Context(), r.fake, &out, PrintOptions{Channel: r.channel, Over: over})
				}()
				synctest.Wait() // Print follows
				c.happens(r, r.vote("ab", 1))
				synctest.Wait()
				close(over)
				if err := <-done; err != nil {
					t.Fatal(err)
				}
				if got := out.String(); got != c.want {
					t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
				}
			})
		})
	}
}

func TestPrintingEndsWithItsContextAndItsChannel(t *testing.T) {
	for name, end := range map[string]func(r *room, cancel func()) error{
		"context": func(_ *room, cancel func()) error { cancel(); return nil },
		"channel": func(r *room, _ func()) error { return r.fake.DeleteChannel(r.channel) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRoom(t, accept)
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				done := make(chan error, 1)
				go func() { done <- Print(ctx, r.fake, &testlog.Buffer{}, PrintOptions{Channel: r.channel}) }()
				synctest.Wait()
				if err := end(r, cancel); err != nil {
					t.Fatal(err)
				}
				if err := <-done; err != nil {
					t.Errorf("Print: %v", err)
				}
			})
		})
	}
}

// fullDisk is a writer that fails.
type fullDisk struct{}

var errFull = errors.New("no space left")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestAFailingWriterEndsPrinting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, accept)
		r.bot.post(r.channel, text("A beat."))
		if err := Print(t.Context(), r.fake, fullDisk{}, PrintOptions{Channel: r.channel}); !errors.Is(err, errFull) {
			t.Errorf("Print: %v, want %v", err, errFull)
		}
	})
}
