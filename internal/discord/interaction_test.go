package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/commands"
	"storyteller/internal/fakediscord"
	"storyteller/internal/narrate/reading"
)

func (r *room) slash(member string, options map[string]any) (string, error) {
	return r.fake.Command(fakediscord.CommandInput{
		User: member, Channel: r.channel(), Name: commands.Group, Subcommand: "start", Options: options,
	})
}

func TestACommandIsDeferredThenAnswered(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		anna := r.member("Anna")
		var got commands.Request
		r.handle = func(_ context.Context, q commands.Request) commands.Reply {
			got = q
			time.Sleep(20 * time.Second)
			return commands.Reply{Text: "It **begins**."}
		}
		id, err := r.slash(anna, map[string]any{"story": "lamp", "pace": 1.5, "lobby": 30})
		o := r.outcome(id, err)
		if o.State != fakediscord.StateAcknowledged || o.Callback != 5 || o.Message == nil || o.Message.Content != "It **begins**." || !o.Message.Ephemeral() {
			r.Errorf("outcome %+v, message %+v", o, o.Message)
		}
		want := commands.Request{
			ID: id, Kind: commands.Slash, Place: reading.Place{Guild: r.fake.Guild().ID, Channel: r.channel()}, Member: anna, BotHere: true,
			Command: "start", Options: map[string]string{"story": "lamp", "pace": "1.5", "lobby": "30"}, Rights: got.Rights, BotMay: got.BotMay,
		}
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			r.Errorf("request\n%+v, want\n%+v", got, want)
		}
		if !got.BotMay.Has(commands.ViewChannel|commands.SendMessages) || !got.Rights.Has(commands.ViewChannel) || got.Rights.Has(commands.ManageMessages) {
			r.Errorf("the bot may %b, the member %b", got.BotMay, got.Rights)
		}
	})
}

func TestALongAnswerAndAFileArriveWhole(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		anna := r.member("Anna")
		long := strings.Repeat("word ", 700)
		r.handle = func(_ context.Context, q commands.Request) commands.Reply { return commands.Reply{Text: long} }
		id, err := r.slash(anna, map[string]any{"story": "x"})
		if o := r.outcome(id, err); o.Message == nil || strings.TrimSpace(o.Message.Text()) != strings.TrimSpace(long) {
			r.Errorf("outcome %+v", o)
		}
		r.handle = func(_ context.Context, q commands.Request) commands.Reply {
			return commands.Reply{Text: "Here it is.", File: &commands.File{Name: "transcript.txt", Body: []byte("Once upon a time")}}
		}
		id, err = r.slash(anna, map[string]any{"story": "x"})
		o := r.outcome(id, err)
		if o.Message == nil || len(o.Message.Attachments) != 1 || o.Message.Attachments[0].Size != 16 || o.Message.Content != "Here it is." {
			r.Errorf("outcome %+v", o.Message)
		}
	})
}

func TestACommandThatDiscordGaveUpIsNotDone(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		anna := r.member("Anna")
		done := 0
		r.handle = func(context.Context, commands.Request) commands.Reply { done++; return commands.Reply{} }
		r.fake.Gateway().Hold()
		if _, err := r.slash(anna, map[string]any{"story": "x"}); err != nil {
			r.Fatal(err)
		}
		settle(5 * time.Second)
		if err := r.fake.Gateway().Release(nil); err != nil {
			r.Fatal(err)
		}
		settle(10 * time.Second)
		if done != 0 {
			r.Error("a command was done of which the member was told that it failed")
		}
	})
}

func TestTheFirstAnswerSurvivesALostReply(t *testing.T) {
	for _, f := range []fakediscord.Fault{
		{AfterCommit: true, Status: 502}, {AfterCommit: true, Kind: fakediscord.FaultReset}, {Status: 503}, {Kind: fakediscord.FaultReset},
		{Kind: fakediscord.FaultStall}, {AfterCommit: true, Kind: fakediscord.FaultStall},
	} {
		t.Run(fmt.Sprint(f), func(t *testing.T) {
			inRoom(t, fakediscord.Options{}, func(r *room) {
				r.enter()
				f.Method, f.Route = "POST", "/interactions/*/*/callback"
				hits := r.fail(f)
				id, err := r.slash(r.member("Anna"), map[string]any{"story": "x"})
				if o := r.outcome(id, err); o.State != fakediscord.StateAcknowledged || o.Message == nil || o.Message.Content != "ok" {
					r.Errorf("outcome %+v:\n%s", o, r.log)
				}
				if n := hits(); n != 1 {
					r.Errorf("the fault hit %d times", n)
				}
			})
		})
	}
}

func TestALastWordIsTriedAgain(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		hits := r.fail(fakediscord.Fault{Method: "PATCH", Status: 503, Times: 3})
		id, err := r.slash(r.member("Anna"), map[string]any{"story": "x"})
		if o := r.outcome(id, err); o.Message == nil || o.Message.Content != "ok" || hits() != 3 {
			r.Errorf("outcome %+v:\n%s", o, r.log)
		}
	})
}

// poll posts a vote and returns the message and the custom_id of its first button.
func (r *room) poll() (message, button string) { return r.pollOf("v1") }

func (r *room) pollOf(key string) (message, button string) {
	r.Helper()
	p := r.beat(key, "")
	p.Message.Beat, p.Message.Poll = nil, &reading.Poll{
		Number: 1, Options: []reading.Option{{Text: "Go"}, {Text: "Stay"}}, Status: reading.StatusOpen, Chosen: -1,
	}
	id, err := r.bot.Post(r.Context(), p)
	if err != nil {
		r.Fatal(err)
	}
	for _, m := range r.fake.Messages(r.channel()) {
		if m.ID == id {
			return id, m.Buttons()[0].CustomID
		}
	}
	r.Fatal("the vote is not in the channel")
	return "", ""
}

func TestAPressIsAnsweredWhenItIsDone(t *testing.T) {
	for name, c := range map[string]struct {
		takes    time.Duration
		callback int
	}{
		"at once":  {0, 4},
		"slowly":   {pressThinks + time.Second, 5},
		"for long": {20 * time.Second, 5},
	} {
		t.Run(name, func(t *testing.T) {
			inRoom(t, fakediscord.Options{}, func(r *room) {
				r.enter()
				message, button := r.poll()
				anna := r.member("Anna")
				onDisk := false
				var got commands.Request
				r.handle = func(_ context.Context, q commands.Request) commands.Reply {
					time.Sleep(c.takes)
					got, onDisk = q, true
					return commands.Reply{Text: "You chose: Go"}
				}
				id, err := r.fake.Press(fakediscord.PressInput{User: anna, Channel: r.channel(), Message: message, CustomID: button})
				o := r.outcome(id, err)
				if o.State != fakediscord.StateAcknowledged || o.Callback != c.callback || o.Message == nil || o.Message.Content != "You chose: Go" || !o.Message.Ephemeral() {
					r.Errorf("outcome %+v, message %+v:\n%s", o, o.Message, r.log)
				}
				want := commands.Button{Reading: testReading, Action: commands.ActionVote, Vote: 1, Option: 0}
				if !onDisk || got.Kind != commands.Press || got.Button != want || got.Message != message || got.Member != anna || got.ID != id {
					r.Errorf("request %+v", got)
				}
			})
		})
	}
}

func TestAPressDeliveredTwiceIsDoneOnce(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		message, button := r.poll()
		done := 0
		r.handle = func(context.Context, commands.Request) commands.Reply { done++; return commands.Reply{Text: "ok"} }
		id, err := r.fake.Press(fakediscord.PressInput{User: r.member("Anna"), Channel: r.channel(), Message: message, CustomID: button})
		r.outcome(id, err)
		if err := r.fake.Gateway().Redeliver(id); err != nil {
			r.Fatal(err)
		}
		settle(10 * time.Second)
		if done != 1 {
			r.Errorf("done %d times", done)
		}
	})
}

func TestALatePressStillCounts(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		message, button := r.poll()
		done := 0
		r.handle = func(context.Context, commands.Request) commands.Reply { done++; return commands.Reply{Text: "ok"} }
		anna := r.member("Anna")
		r.fake.Gateway().Hold()
		if _, err := r.fake.Press(fakediscord.PressInput{User: anna, Channel: r.channel(), Message: message, CustomID: button}); err != nil {
			r.Fatal(err)
		}
		settle(time.Minute)
		if err := r.fake.Gateway().Release(nil); err != nil {
			r.Fatal(err)
		}
		settle(10 * time.Second)
		if done != 1 || !strings.Contains(r.log.String(), "too late") {
			r.Errorf("done %d times:\n%s", done, r.log)
		}
	})
}

func TestAForgedPressGetsAPoliteAnswer(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		message, _ := r.poll()
		r.handle = func(context.Context, commands.Request) commands.Reply { panic("the commands must not see this") }
		anna := r.member("Anna")
		for _, forged := range []string{"x", "2:1:join", "1:abc:v1:0"} {
			id, err := r.fake.Forge(fakediscord.PressInput{User: anna, Channel: r.channel(), Message: message, CustomID: forged})
			if o := r.outcome(id, err); o.Message == nil || o.Message.Content != sayNotOurs || !o.Message.Ephemeral() {
				r.Errorf("%q: outcome %+v", forged, o)
			}
		}
	})
}

func TestAPanicIsAnsweredAndLogged(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		r.handle = func(context.Context, commands.Request) commands.Reply { panic("oh") }
		id, err := r.slash(r.member("Anna"), map[string]any{"story": "x"})
		if o := r.outcome(id, err); o.Message == nil || o.Message.Content != saySorry {
			r.Errorf("outcome %+v", o)
		}
		if !strings.Contains(r.log.String(), "panic") {
			r.Errorf("not in the log:\n%s", r.log)
		}
	})
}

func TestCompletionsAreOffered(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		anna := r.member("Anna")
		var got commands.Request
		offer := []commands.Choice{{Name: "The Lamp", Value: "lamp"}, {Name: strings.Repeat("long ", 50), Value: "long"}, {Name: "", Value: "x"}}
		r.handle = func(_ context.Context, q commands.Request) commands.Reply {
			got = q
			return commands.Reply{Choices: offer}
		}
		ask := func() []fakediscord.Choice {
			choices, err := r.fake.Autocomplete(r.Context(), fakediscord.CommandInput{
				User: anna, Channel: r.channel(), Name: commands.Group, Subcommand: "start", Options: map[string]any{"story": "la"}, Focused: "story",
			})
			if err != nil {
				r.Fatal(err)
			}
			return choices
		}
		if choices := ask(); len(choices) != 2 || choices[0].Name != "The Lamp" {
			r.Errorf("choices %+v", choices)
		}
		if got.Kind != commands.Completion || got.Focused != "story" || got.Options["story"] != "la" || got.Command != "start" {
			r.Errorf("request %+v", got)
		}
		offer = nil
		if choices := ask(); len(choices) != 0 {
			r.Errorf("choices %+v, want none", choices)
		}
	})
}

func TestADirectMessageIsToldWhereStoriesAre(t *testing.T) {
	var i interaction
	raw := `{"id":"1","application_id":"2","token":"t","type":2,"channel_id":"3","user":{"id":"4"},"data":{"name":"story","options":[{"name":"list","type":1}]}}`
	if err := json.Unmarshal([]byte(raw), &i); err != nil {
		t.Fatal(err)
	}
	if _, err := i.request(func(string) bool { return true }); err != errElsewhere {
		t.Errorf("err %v", err)
	}
}

func TestInteractionsThatCannotBeReadDoNoHarm(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		r.handle = func(context.Context, commands.Request) commands.Reply { panic("the commands must not see this") }
		for _, raw := range []string{
			`null`, `{}`, `[]`, `"x"`, `{"id":1}`, `{"id":"1"}`, `{"id":"1","application_id":"2","token":""}`,
		} {
			if err := r.fake.Gateway().Dispatch("", eventInteraction, json.RawMessage(raw)); err != nil {
				r.Fatal(err)
			}
		}
		settle(10 * time.Second)
		if strings.Contains(r.log.String(), "panic") {
			r.Errorf("panic:\n%s", r.log)
		}
	})
}

func TestOptionsAndRightsAreRead(t *testing.T) {
	for raw, want := range map[string]string{`"a \"b\""`: `a "b"`, `12`: "12", `1.5`: "1.5", `1e3`: "1000", `true`: "true", `null`: "", `2.5E-1`: "0.25"} {
		if got := optionValue(json.RawMessage(raw)); got != want {
			t.Errorf("optionValue(%s) = %q, want %q", raw, got, want)
		}
	}
	for s, want := range map[string]commands.Rights{"": 0, "-1": 0, "x": 0, "1024": 1024, "18446744073709551616": 0, "18446744073709552640": 1024} {
		if got := rights(s); got != want {
			t.Errorf("rights(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestTheBotStopsWhileACommandHangs(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		r.handle = func(ctx context.Context, _ commands.Request) commands.Reply {
			<-ctx.Done()
			return commands.Reply{Text: "stopped"}
		}
		if _, err := r.slash(r.member("Anna"), map[string]any{"story": "x"}); err != nil {
			r.Fatal(err)
		}
		synctest.Wait()
		r.leave() // checks the time
	})
}
