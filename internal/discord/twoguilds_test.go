package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"storyteller/internal/commands"
	"storyteller/internal/library"
	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"

	"github.com/bwmarrin/discordgo"
)

// What only the second of two guilds may ever be told.
const secretTitle = "Only Theirs"

// twoGuilds is a narrator with a reading in each of two guilds. It believes whatever it is asked, and writes it down.
type twoGuilds struct {
	mu    sync.Mutex
	done  []did
	begun []narrate.Opening
}

// did is an event that a reading was given.
type did struct {
	reading string
	event   reading.Event
}

func guildReadings() []reading.State {
	vote := func() *reading.OpenVote {
		return &reading.OpenVote{Number: 1, Options: []reading.Option{{Text: "Go"}, {Text: "Stay"}}, Key: "v1", Message: "8"}
	}
	return []reading.State{
		{ID: "1001", Place: reading.Place{Guild: "5", Channel: "7"}, Host: "6", Story: reading.Story{ID: "lamp", Title: "The Lamp"}, Phase: reading.Voting, Vote: vote()},
		{ID: "2002", Place: reading.Place{Guild: "50", Channel: "70"}, Host: "60", Story: reading.Story{ID: "lamp", Title: secretTitle}, Phase: reading.Voting, Vote: vote()},
	}
}

func (n *twoGuilds) Start(_ context.Context, o narrate.Opening) (reading.State, error) {
	if current, taken := n.In(o.Place.Channel); taken {
		return current, &narrate.Busy{Current: current}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.begun = append(n.begun, o)
	return reading.State{}, nil
}

func (n *twoGuilds) Do(_ context.Context, id string, e reading.Event) (reading.Answer, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.done = append(n.done, did{id, e})
	return reading.Answer{Outcome: reading.Done}, nil
}

func (n *twoGuilds) In(channel string) (reading.State, bool) {
	for _, s := range guildReadings() {
		if s.Place.Channel == channel {
			return s, true
		}
	}
	return reading.State{}, false
}

func (n *twoGuilds) Find(_ context.Context, id string) (reading.State, bool, error) {
	for _, s := range guildReadings() {
		if s.ID == id {
			return s, true, nil
		}
	}
	return reading.State{}, false, nil
}

func (n *twoGuilds) Guild(guild string) []reading.State {
	for _, s := range guildReadings() {
		if s.Place.Guild == guild {
			return []reading.State{s}
		}
	}
	return nil
}

func (n *twoGuilds) Log(_ context.Context, id string) ([]reading.Entry, error) {
	return []reading.Entry{{Beat: &reading.Beat{Text: "The lamp was lit."}}}, nil
}

func (n *twoGuilds) EndingsFound(context.Context, string, string) ([]string, error) {
	return []string{"Ashore"}, nil
}

// oneStory is a library.
type oneStory struct{}

var lampStory = &library.Story{ID: "lamp", Meta: library.Meta{Title: "The Lamp", Author: "A. Writer", Endings: []string{"Ashore", "Lost"}}}

func (oneStory) All() []*library.Story { return []*library.Story{lampStory} }
func (oneStory) Story(id string) (*library.Story, bool) {
	return lampStory, id == lampStory.ID
}
func (oneStory) Match(string, int) []*library.Story { return []*library.Story{lampStory} }

// strange is a bot with real commands over two guilds, and the desk that takes its answers.
type strange struct {
	bot      *Bot
	answers  *desk
	narrator *twoGuilds
	log      *bytes.Buffer
}

func newStrange(tb testing.TB) *strange {
	s := &strange{answers: &desk{}, narrator: &twoGuilds{}, log: &bytes.Buffer{}}
	log := slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	var err error
	s.bot, err = New(Config{
		Token: testToken, Transport: s.answers, Memory: newMemory(), Handler: commands.New(s.narrator, oneStory{}, log), Log: log,
	})
	if err != nil {
		tb.Fatal(err)
	}
	s.bot.guilds.reset([]string{"5", "50"})
	return s
}

// whereabouts are what a frame says of who asks and where, read in the plainest way.
type whereabouts struct {
	Guild   string `json:"guild_id"`
	Channel string `json:"channel_id"`
	Member  struct {
		User struct {
			ID string `json:"id"`
		} `json:"user"`
		Permissions string `json:"permissions"`
	} `json:"member"`
}

// hear gives the bot a frame and checks what comes of it.
func (s *strange) hear(t *testing.T, frame string) {
	s.bot.seen = newRecent(1)
	s.log.Reset()
	s.narrator.done, s.narrator.begun = nil, nil
	s.bot.interact(t.Context(), s.bot.events.last(), json.RawMessage(frame))

	var from whereabouts
	_ = json.Unmarshal([]byte(frame), &from) // what cannot be read is empty
	place := reading.Place{Guild: from.Guild, Channel: from.Channel}
	for _, a := range s.answers.taken() {
		if err := a.fault(); err != nil {
			t.Errorf("%q: %v", frame, err)
		}
		if bytes.Contains(a.body, []byte(secretTitle)) && from.Guild != "50" {
			t.Errorf("%q tells guild %q of another's: %s", frame, from.Guild, a.body)
		}
	}
	for _, d := range s.narrator.done {
		of, _, _ := s.narrator.Find(t.Context(), d.reading)
		if of.Place != place {
			t.Errorf("%q moves a reading of %v: %+v", frame, of.Place, d)
		}
		host := from.Member.User.ID == of.Host || rights(from.Member.Permissions).Has(commands.ManageMessages)
		switch e := d.event.(type) {
		case reading.Voted:
			if e.Voter != from.Member.User.ID || e.Vote < 1 || e.Option < 0 {
				t.Errorf("%q votes %+v", frame, e)
			}
		case reading.Paused, reading.Resumed, reading.Skipped, reading.Stopped:
			if !host {
				t.Errorf("%q is not the host's, and steers: %+v", frame, e)
			}
		}
	}
	for _, o := range s.narrator.begun {
		if o.Place != place || o.Host != from.Member.User.ID || !isSnowflake(o.Place.Channel) || !isSnowflake(o.Host) {
			t.Errorf("%q begins %+v", frame, o)
		}
	}
	checkLog(t, s.log.String())
}

// Any frame at all: the bot says something that Discord takes, or nothing; nobody reaches another guild's reading, and
// nobody but the host and moderators steers. discordgo, which reads each frame too, survives it.
func FuzzInteractionFrame(f *testing.F) {
	for _, c := range strangeFrames() {
		frame, err := json.Marshal(c.frame)
		if err != nil {
			f.Fatal(err)
		}
		if len(frame) < 2000 {
			f.Add(string(frame))
		}
	}
	for _, change := range []object{
		{"data": object{"custom_id": "1:2002:v1:0"}}, {"data": object{"custom_id": "1:2002:transcript"}}, {"data": object{"custom_id": "1:1001:again"}},
		{"guild_id": "50"}, {"channel_id": "70"}, {"guild_id": "50", "channel_id": "70"},
	} {
		frame := pressFrame()
		for name, value := range change {
			frame[name] = value
		}
		f.Add(written(f, frame))
	}
	for _, name := range []string{"status", "pause", "stop", "list", "start"} {
		f.Add(written(f, with(commandFrame(), "data.options", []any{object{"name": name, "type": 1}})))
	}
	s := newStrange(f)
	discordgo.Logger = func(int, int, string, ...any) {}
	f.Fuzz(func(t *testing.T, frame string) {
		s.hear(t, frame)
		var event discordgo.InteractionCreate
		_ = json.NewDecoder(io.LimitReader(strings.NewReader(frame), 1<<20)).Decode(&event) // it must not panic
	})
}

func written(tb testing.TB, frame object) string {
	tb.Helper()
	b, err := json.Marshal(frame)
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

// A member of one guild who names the reading, the channel or the guild of another gets nothing of it: not a word, and
// not a step. What the same member gets at home shows that the frames are well made.
func TestNothingCrossesFromOneGuildToAnother(t *testing.T) {
	s := newStrange(t)
	frames := map[string]func() object{}
	for _, action := range []string{"join", "begin", "v1:0", "again", "transcript"} {
		frames[action] = func() object { return with(pressFrame(), "data.custom_id", "1:2002:"+action) }
	}
	for _, name := range []string{"status", "pause", "resume", "skip", "stop", "list"} {
		frames[name] = func() object {
			return with(commandFrame(), "data.options", []any{object{"name": name, "type": 1}})
		}
	}
	frames["start"] = func() object { return commandFrame(object{"name": "story", "type": 3, "value": "lamp"}) }
	frames["completion"] = func() object { return typingFrame(object{"name": "story", "type": 3, "value": "", "focused": true}) }
	for name, frame := range frames {
		for where, place := range map[string][2]string{"at home": {"5", "7"}, "in their channel": {"5", "70"}, "in their guild, at home": {"50", "7"}} {
			f := with(with(frame(), "guild_id", place[0]), "channel_id", place[1])
			// The strongest there can be: a moderator, and the other reading's host.
			f = with(with(with(f, "member.permissions", "8"), "member.user.id", "60"), "app_permissions", "8")
			s.hear(t, written(t, f))
			for _, d := range s.narrator.done {
				if d.reading == "2002" {
					t.Errorf("%s, %s: %+v", name, where, d)
				}
			}
		}
		f := with(with(frame(), "guild_id", "50"), "channel_id", "70")
		f = with(with(with(f, "member.permissions", "8"), "member.user.id", "60"), "app_permissions", "8")
		before := s.bot.seen
		s.bot.seen = newRecent(1)
		s.bot.interact(t.Context(), s.bot.events.last(), json.RawMessage(written(t, f)))
		s.bot.seen = before
		told := false
		for _, a := range s.answers.taken() {
			told = told || bytes.Contains(a.body, []byte(secretTitle))
		}
		if quiet := name == "completion"; !told && len(s.narrator.done) == 0 && !quiet {
			t.Errorf("%s does nothing where it should", name)
		}
	}
}
