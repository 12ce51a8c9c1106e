package discord

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/commands"
	"storyteller/internal/fakediscord"
	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"
	"storyteller/internal/testlog"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// memory is a Memory that a test can look into.
type memory struct {
	mu    sync.Mutex
	notes map[string][]byte
}

func newMemory() *memory { return &memory{notes: map[string][]byte{}} }

func (m *memory) Remember(_ context.Context, name string, note []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.notes[name] = bytes.Clone(note)
	return nil
}

func (m *memory) Recall(_ context.Context, name string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return bytes.Clone(m.notes[name]), nil
}

// handlerFunc is a Handler.
type handlerFunc func(context.Context, commands.Request) commands.Reply

func (f handlerFunc) Handle(ctx context.Context, r commands.Request) commands.Reply { return f(ctx, r) }

// watched is a Watcher that writes down what it is told.
type watched struct {
	mu   sync.Mutex
	list []string
}

func (w *watched) note(format string, a ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.list = append(w.list, fmt.Sprintf(format, a...))
}

func (w *watched) ChannelGone(guild, channel string) { w.note("channel %s of %s gone", channel, guild) }
func (w *watched) GuildGone(guild string)            { w.note("guild %s gone", guild) }
func (w *watched) GuildUnavailable(guild string, away bool) {
	w.note("guild %s away %t", guild, away)
}

func (w *watched) Hears(bool, time.Duration)  {}
func (w *watched) GuildsAre(guilds []string)  { w.note("guilds are %v", guilds) }
func (w *watched) AccessChanged(guild string) { w.note("access in %s changed", guild) }
func (w *watched) ThreadChanged(guild, thread string, locked bool) {
	w.note("thread %s of %s locked %t", thread, guild, locked)
}

func (w *watched) said() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.list...)
}

// room is a bot on a fake Discord.
type room struct {
	*testing.T
	fake    *fakediscord.Server
	memory  *memory
	watcher *watched
	log     *testlog.Buffer
	bot     *Bot
	ended   chan error // what Run returned

	handle handlerFunc // what the commands do
	stop   context.CancelFunc
	wrong  bool // the test means to send something malformed
}

// definitions are commands for tests.
var definitions = []commands.Definition{
	{Name: "start", Description: "Start a story", Options: []commands.Option{
		{Name: "pace", Description: "How fast", Type: commands.Decimal, Min: 0.25, Max: 4},
		{Name: "story", Description: "Which one", Required: true, Complete: true},
		{Name: "ties", Description: "What decides", Choices: []commands.Choice{{Name: "by lot", Value: "draw"}}},
		{Name: "lobby", Description: "Seconds", Type: commands.Whole, Min: 0, Max: 600},
	}},
	{Name: "list", Description: "List the stories"},
}

// inRoom runs a test in a bubble of virtual time, with a bot that is not running yet. Whatever happens in it, the fake
// must have seen nothing malformed, and no token may be in the log.
func inRoom(t *testing.T, o fakediscord.Options, test func(r *room)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)))
		if o.Token == "" {
			o.Token = testToken
		}
		o.OnEvent = func(name string, data []byte) { traffic.Event(t.Name(), name, data) }
		r := &room{T: t, fake: fakediscord.New(o), memory: newMemory(), watcher: &watched{}, log: &testlog.Buffer{}}
		defer r.fake.Close()
		defer r.abandon()
		r.handle = func(context.Context, commands.Request) commands.Reply { return commands.Reply{Text: "ok"} }
		r.bot = r.newBot(testToken)
		test(r)
		r.leave()
		if v := r.fake.Violations(); len(v) > 0 && !r.wrong {
			t.Errorf("the fake saw malformed requests:\n%s", strings.Join(v, "\n"))
		}
		if strings.Contains(r.log.String(), testToken) || strings.Contains(r.log.String(), secretPart) {
			t.Errorf("a token is in the log:\n%s", r.log)
		}
	})
}

// A token of the form of Discord's, to see whether it gets out.
const (
	secretPart = "Zm9yZ2V0aXQ-secretsecretsecret"
	testToken  = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE." + secretPart
)

func (r *room) newBot(token string) *Bot {
	return r.newBotOver(token, func(t http.RoundTripper) http.RoundTripper { return t })
}

// newBotOver makes a bot whose calls go through something.
func (r *room) newBotOver(token string, through func(http.RoundTripper) http.RoundTripper) *Bot {
	r.Helper()
	b, err := New(Config{
		Token: token, Commands: definitions, Transport: through(traffic.Over(r.Name(), r.fake.Transport())), DialGateway: r.fake.DialGateway, Memory: r.memory,
		Handler: handlerFunc(func(ctx context.Context, q commands.Request) commands.Reply { return r.handle(ctx, q) }),
		Watcher: r.watcher, Log: slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		r.Fatal(err)
	}
	return b
}

// enter runs the bot and waits until it is ready.
func (r *room) enter() {
	r.Helper()
	r.start()
	select {
	case <-r.bot.Ready():
	case err := <-r.ended:
		r.Fatalf("the bot stopped: %v", err)
	case <-time.After(time.Minute):
		r.Fatalf("the bot is not ready after a minute:\n%s", r.log)
	}
	synctest.Wait()
}

func (r *room) start() {
	ctx, stop := context.WithCancel(r.Context())
	r.stop, r.ended = stop, make(chan error, 1)
	go func() { r.ended <- r.bot.Run(ctx) }()
}

// leave stops the bot, which has to happen in time.
func (r *room) leave() {
	r.Helper()
	if r.stop == nil {
		return
	}
	r.stop()
	r.stop = nil
	began := time.Now()
	if err := <-r.ended; err != nil {
		r.Errorf("the bot ended with: %v", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		r.Errorf("the bot took %s to stop", took)
	}
}

// abandon stops the bot of a test that has given up; without that the bubble would panic, and with it every other test.
func (r *room) abandon() {
	if r.stop != nil {
		r.stop()
		select {
		case <-r.ended:
		case <-time.After(time.Minute): // it had ended before
		}
	}
}

// wantFatal waits for the bot to end by itself with an error that has a hint.
func (r *room) wantFatal(word string) {
	r.Helper()
	select {
	case err := <-r.ended:
		var fatal *FatalError
		if !errors.As(err, &fatal) || !strings.Contains(err.Error(), word) || fatal.Hint() == "" {
			r.Errorf("the bot ended with %#v, want a FatalError about %q with a hint", err, word)
		}
	case <-time.After(5 * time.Minute):
		r.Errorf("the bot goes on; want it to end because of %q:\n%s", word, r.log)
	}
	r.stop()
	r.stop = nil
}

func (r *room) channel() string { return r.fake.Channels("")[0].ID }

func (r *room) member(name string) string {
	r.Helper()
	m, err := r.fake.AddMember(fakediscord.Member{DisplayName: name})
	if err != nil {
		r.Fatal(err)
	}
	return m.ID
}

func (r *room) outcome(id string, err error) fakediscord.Outcome {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(r.Context(), time.Minute)
	defer cancel()
	o, err := r.fake.WaitOutcome(ctx, id)
	if err != nil {
		r.Fatalf("no outcome: %v\n%s", err, r.log)
	}
	return o
}

func (r *room) fail(f fakediscord.Fault) (hits func() int) {
	r.Helper()
	remove, err := r.fake.Fail(f)
	if err != nil {
		r.Fatal(err)
	}
	return remove
}

const testReading = "1234567890123456789"

// beat is a posting of some text.
func (r *room) beat(key, words string) narrate.Posting {
	return narrate.Posting{
		Reading: testReading, Place: reading.Place{Guild: r.fake.Guild().ID, Channel: r.channel()},
		Message: reading.Message{Key: key, Beat: &reading.Beat{Text: words}},
	}
}

// posted lists the texts of the channel's messages.
func (r *room) posted() []string {
	var list []string
	for _, m := range r.fake.Messages(r.channel()) {
		list = append(list, m.Text())
	}
	return list
}
