package main

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

// killStory has beats that can be told apart and a vote between them.
const killStory = `# title: Killed
# blurb: A story that is interrupted.
# vote: 600s
Beat one.
Beat two. # beat
Beat three. # beat
* [Left]
  Beat four, on the left.
* [Right]
  Beat four, on the right.
- Beat five. # beat
Beat six. # beat
# ending: Out
-> END
`

// killed is a bot in a process of its own that is killed without warning, and the Discord that it talks to.
type killed struct {
	t       *testing.T
	fake    *fakediscord.Server
	channel string
	db      string
	env     []string
	process *exec.Cmd
	log     strings.Builder
}

func newKilled(t *testing.T, source string, speed float64) *killed {
	k := &killed{t: t, fake: fakediscord.New(fakediscord.Options{IdentifyInterval: -1, IdentifyBudget: 1 << 20, Limits: fakediscord.Limits{Off: true}})}
	server := httptest.NewServer(k.fake.Handler())
	t.Cleanup(func() {
		k.kill()
		k.fake.Close()
		server.CloseClientConnections()
		server.Close()
		if t.Failed() {
			t.Logf("the bot's log:\n%s", k.log.String())
		}
	})
	dir := t.TempDir()
	story := filepath.Join(dir, "stories", "killed")
	if err := os.MkdirAll(story, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(story, "killed.ink"), []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	k.channel, k.db = k.fake.Channels(k.fake.Guild().ID)[0].ID, filepath.Join(dir, "bot.db")
	k.env = append(os.Environ(),
		envToken+"="+fakediscord.DefaultToken, envAPI+"="+server.URL+"/api/v10", envDB+"="+k.db,
		envStories+"="+filepath.Join(dir, "stories"), fmt.Sprintf("%s=%v", envSpeed, speed), envLogLevel+"=debug",
	)
	return k
}

// underway runs a bot that tells killStory, for anna, and waits until it has told so far. The test runs beside others.
func underway(t *testing.T, speed float64, said string) (ctx context.Context, k *killed, anna string) {
	t.Helper()
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	k = newKilled(t, killStory, speed)
	anna = k.member("anna")
	k.start()
	k.begin(ctx, anna)
	k.wait(ctx, said)
	return ctx, k, anna
}

func (k *killed) start() {
	k.t.Helper()
	k.process = exec.Command("bot")
	k.process.Env, k.process.Stderr = k.env, &k.log
	if err := k.process.Start(); err != nil {
		k.t.Fatal(err)
	}
}

func (k *killed) kill() {
	if k.process != nil {
		k.process.Process.Signal(syscall.SIGKILL)
		k.process.Wait()
		k.process = nil
	}
}

func (k *killed) member(name string) string {
	k.t.Helper()
	m, err := k.fake.AddMember(fakediscord.Member{Username: name, DisplayName: name})
	if err != nil {
		k.t.Fatal(err)
	}
	return m.ID
}

// begin starts the story once the bot knows its commands.
func (k *killed) begin(ctx context.Context, host string) {
	k.t.Helper()
	if _, err := k.fake.WaitEvent(ctx, 0, func(e fakediscord.Event) bool { return e.Type == "commands" && len(e.Commands) > 0 }); err != nil {
		k.t.Fatalf("the bot registered no commands: %v", err)
	}
	for {
		id, err := k.fake.Command(fakediscord.CommandInput{
			User: host, Channel: k.channel, Name: "story", Subcommand: "start", Options: map[string]any{"story": "killed", "lobby": 10},
		})
		if err != nil {
			k.t.Fatal(err)
		}
		if o, err := k.fake.WaitOutcome(ctx, id); err == nil && o.State != fakediscord.StateFailed {
			return
		}
		if ctx.Err() != nil {
			k.t.Fatal("the story did not start")
		}
	}
}

// wait waits for a message with this text.
func (k *killed) wait(ctx context.Context, text string) fakediscord.Message {
	k.t.Helper()
	m, err := k.fake.WaitMessage(ctx, k.channel, func(m fakediscord.Message) bool { return strings.Contains(m.Text(), text) })
	if err != nil {
		k.t.Fatalf("no message says %q: %v", text, err)
	}
	return m
}

// press votes, and waits until the bot has told the member that the vote counts.
func (k *killed) press(ctx context.Context, who, option string) {
	k.t.Helper()
	for ctx.Err() == nil {
		for _, m := range slices.Backward(k.fake.Messages(k.channel)) {
			custom := customID(m.Components, option)
			if custom == "" {
				continue
			}
			id, err := k.fake.Press(fakediscord.PressInput{User: who, Channel: k.channel, Message: m.ID, CustomID: custom})
			if err != nil {
				continue
			}
			if o, err := k.fake.WaitOutcome(ctx, id); err == nil && o.Message != nil && strings.Contains(o.Message.Text(), option) {
				return
			}
		}
		time.Sleep(10 * time.Millisecond) // the vote is being shown again, or the bot is coming up
	}
	k.t.Fatalf("no vote for %s was acknowledged", option)
}

func customID(components []fakediscord.Component, label string) string {
	for _, c := range components {
		if c.CustomID != "" && strings.HasSuffix(c.Label, label) {
			return c.CustomID
		}
		if id := customID(c.Components, label); id != "" {
			return id
		}
	}
	return ""
}

// toldOnce checks that the channel was told each beat once, in order.
func (k *killed) toldOnce(side string) {
	k.t.Helper()
	told := toldIn(k.fake, k.channel)
	want := []string{"Beat one.", "Beat two.", "Beat three.", "Beat four, on the " + side + ".", "Beat five.", "Beat six."}
	if !slices.Equal(told, want) {
		k.t.Errorf("the channel tells\n\t%q\nwant\n\t%q", told, want)
	}
}

// A kill while a beat is on its way: once after Discord took it and before the bot heard so, once before Discord took it.
func TestKillInTheMiddleOfABeat(t *testing.T) {
	for _, after := range []bool{true, false} {
		t.Run(fmt.Sprintf("after commit %v", after), func(t *testing.T) {
			ctx, k, anna := underway(t, 20, "Beat one.")
			hung, err := k.fake.Fail(fakediscord.Fault{
				Method: "POST", Route: "/channels/{channel}/messages", Kind: fakediscord.FaultStall, AfterCommit: after,
			})
			if err != nil {
				t.Fatal(err)
			}
			if after {
				k.wait(ctx, "Beat two.")
			} else {
				time.Sleep(300 * time.Millisecond) // at this speed the beat is on its way by now
			}
			k.kill()
			hung()
			k.start()
			k.wait(ctx, "Beat three.")
			k.press(ctx, anna, "Left")
			k.wait(ctx, "The end: Out")
			k.toldOnce("left")
		})
	}
}

// A kill while a vote is open: the ballots that were acknowledged count after the restart.
func TestKillInAnOpenVote(t *testing.T) {
	ctx, k, anna := underway(t, 4, "Beat three.")
	ben, cleo := k.member("ben"), k.member("cleo")
	k.press(ctx, ben, "Right")
	k.press(ctx, cleo, "Left")
	k.kill()
	k.start()
	k.press(ctx, anna, "Right")
	k.wait(ctx, "Beat six.")
	k.toldOnce("right")
	closed := k.wait(ctx, "chosen")
	if text := closed.Text(); !strings.Contains(text, "2 votes") || !strings.Contains(text, "1 vote") {
		t.Errorf("the closed vote says\n%s", text)
	}
}
