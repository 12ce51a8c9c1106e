package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"storyteller/internal/commands"
	"storyteller/internal/fakediscord"
)

// object is a JSON object that a test makes.
type object = map[string]any

// pressFrame is a press as Discord sends it, commandFrame a command, typingFrame one that is being typed.
func pressFrame() object {
	return object{
		"id": "100", "application_id": "2", "type": 3, "token": "aW50ZXJhY3Rpb24", "version": 1,
		"guild_id": "5", "channel_id": "7", "channel": object{"id": "7", "type": 0}, "app_permissions": "1024",
		"member":  object{"user": object{"id": "6", "username": "eve"}, "permissions": "1024"},
		"message": object{"id": "8", "components": []any{object{"type": 17, "id": 1, "components": []any{object{"type": 10, "content": "x"}}}}},
		"data":    object{"component_type": 2, "custom_id": "1:1001:v1:0", "id": 3},

		"authorizing_integration_owners": object{"0": "5"},
	}
}

func commandFrame(options ...any) object {
	frame := pressFrame()
	delete(frame, "message")
	frame["type"] = 2
	sub := object{"name": "start", "type": 1}
	if options != nil {
		sub["options"] = options
	}
	frame["data"] = object{"id": "9", "name": "story", "type": 1, "options": []any{sub}}
	return frame
}

func typingFrame(options ...any) object {
	frame := commandFrame(options...)
	frame["type"] = 4
	return frame
}

// with sets a field of a frame; a dotted name goes into objects. gone takes it away.
func with(frame object, name string, value any) object {
	inner := frame
	path := strings.Split(name, ".")
	for _, step := range path[:len(path)-1] {
		inner = inner[step].(object)
	}
	if inner[path[len(path)-1]] = value; value == gone {
		delete(inner, path[len(path)-1])
	}
	return frame
}

var gone any = struct{ gone bool }{true}

// raw is JSON that no Go value is written as.
func raw(s string) json.RawMessage { return json.RawMessage(s) }

const handled = "handled" // what the handler says in the tests below; any other text means that it was not asked

// strangeFrames are interactions that no honest client sends, and what comes of them.
func strangeFrames() map[string]struct {
	frame object
	says  string // empty: there is no answer
} {
	type c = struct {
		frame object
		says  string
	}
	huge := strings.Repeat("x", 100_000)
	story := func(value any) object { return object{"name": "story", "type": 3, "value": value} }
	cases := map[string]c{
		"an honest press":                    {pressFrame(), handled},
		"an honest command":                  {commandFrame(story("lamp")), handled},
		"an honest completion":               {typingFrame(object{"name": "story", "type": 3, "value": "la", "focused": true}), "1 choices"},
		"components of a kind to come":       {with(pressFrame(), "message.components", []any{object{"type": 99, "components": raw(`"x"`)}}), handled},
		"components that are null":           {with(pressFrame(), "message.components", []any{nil}), handled},
		"a message of another shape":         {with(pressFrame(), "message", object{"id": "8", "embeds": 7, "author": "x"}), handled},
		"no message":                         {with(pressFrame(), "message", gone), handled},
		"a message without an id":            {with(pressFrame(), "message", object{"id": "../9"}), handled},
		"a message that is a list":           {with(pressFrame(), "message", []any{1}), saySorry},
		"no member":                          {with(pressFrame(), "member", gone), sayElsewhere},
		"a user in place of a member":        {with(with(pressFrame(), "member", gone), "user", object{"id": "6"}), sayElsewhere},
		"a member that is null":              {with(pressFrame(), "member", nil), sayElsewhere},
		"a member without a user":            {with(pressFrame(), "member.user", gone), sayElsewhere},
		"a user without an id":               {with(pressFrame(), "member.user.id", ""), sayElsewhere},
		"a user with a negative id":          {with(pressFrame(), "member.user.id", "-6"), sayElsewhere},
		"a user with an endless id":          {with(pressFrame(), "member.user.id", "18446744073709551616"), sayElsewhere},
		"a user with markup for an id":       {with(pressFrame(), "member.user.id", "6> @everyone"), sayElsewhere},
		"a user with a number for an id":     {with(pressFrame(), "member.user.id", 6), sayElsewhere},
		"no guild":                           {with(pressFrame(), "guild_id", gone), sayElsewhere},
		"a guild with an id of its own":      {with(pressFrame(), "guild_id", "x/../y"), sayElsewhere},
		"no channel":                         {with(with(pressFrame(), "channel_id", gone), "channel", gone), sayElsewhere},
		"a channel that leads elsewhere":     {with(pressFrame(), "channel_id", "../users/@me"), sayElsewhere},
		"a channel of a kind to come":        {with(pressFrame(), "channel.type", 4711), handled},
		"a channel of no kind":               {with(pressFrame(), "channel.type", "text"), saySorry},
		"no data":                            {with(pressFrame(), "data", gone), sayNotOurs},
		"data that are null":                 {with(pressFrame(), "data", nil), sayNotOurs},
		"data that are a list":               {with(pressFrame(), "data", []any{}), saySorry},
		"no custom_id":                       {with(pressFrame(), "data.custom_id", gone), sayNotOurs},
		"an empty custom_id":                 {with(pressFrame(), "data.custom_id", ""), sayNotOurs},
		"a huge custom_id":                   {with(pressFrame(), "data.custom_id", "1:1001:v1:"+huge), sayNotOurs},
		"a binary custom_id":                 {with(pressFrame(), "data.custom_id", "1:1001:v1:0\x00\x1b[31m"), sayNotOurs},
		"half a surrogate for a custom_id":   {with(pressFrame(), "data.custom_id", raw(`"1:1001:\ud800"`)), sayNotOurs},
		"a custom_id of the next version":    {with(pressFrame(), "data.custom_id", "2:1001:v1:0"), sayNotOurs},
		"a number for a custom_id":           {with(pressFrame(), "data.custom_id", 5), saySorry},
		"a select in place of a button":      {with(pressFrame(), "data", object{"component_type": 3, "custom_id": "pick", "values": []any{"a"}}), sayNotOurs},
		"a form":                             {with(with(pressFrame(), "type", 5), "data", object{"custom_id": "f", "components": []any{object{"type": 18, "component": object{"type": 4}}}}), sayNotOurs},
		"a ping":                             {with(pressFrame(), "type", 1), sayNotOurs},
		"a kind to come":                     {with(pressFrame(), "type", 99), sayNotOurs},
		"a negative kind":                    {with(pressFrame(), "type", -3), saySorry},
		"a kind in words":                    {with(pressFrame(), "type", "press"), saySorry},
		"no kind":                            {with(pressFrame(), "type", gone), sayNotOurs},
		"no id":                              {with(pressFrame(), "id", gone), ""},
		"a negative id":                      {with(pressFrame(), "id", "-1"), ""},
		"an id that leads elsewhere":         {with(pressFrame(), "id", "1/../../2"), ""},
		"no application":                     {with(pressFrame(), "application_id", gone), ""},
		"no token":                           {with(pressFrame(), "token", gone), ""},
		"a token that leads elsewhere":       {with(pressFrame(), "token", "../../channels/7/messages"), ""},
		"a token that leads up":              {with(pressFrame(), "token", ".."), ""},
		"a token with a question":            {with(pressFrame(), "token", "a?b=c#d"), ""},
		"permissions that are none":          {with(pressFrame(), "member.permissions", "all of them"), handled},
		"permissions without an end":         {with(pressFrame(), "member.permissions", strings.Repeat("9", 100_000)), handled},
		"permissions in a number":            {with(pressFrame(), "member.permissions", 8), saySorry},
		"installed for a user alone":         {with(commandFrame(story("lamp")), "authorizing_integration_owners", object{"1": "6"}), handled},
		"owners in a list":                   {with(pressFrame(), "authorizing_integration_owners", []any{}), saySorry},
		"a command of another name":          {with(commandFrame(), "data.name", "tale"), sayNotOurs},
		"a command without a subcommand":     {with(commandFrame(), "data.options", gone), sayNotOurs},
		"two subcommands at once":            {with(commandFrame(), "data.options", []any{object{"name": "stop", "type": 1}, object{"name": "list", "type": 1}}), sayNotOurs},
		"a subcommand that is a text":        {with(commandFrame(), "data.options", []any{object{"name": "stop", "type": 3, "value": "stop"}}), sayNotOurs},
		"a group":                            {with(commandFrame(), "data.options", []any{object{"name": "stop", "type": 2, "options": []any{object{"name": "stop", "type": 1}}}}), sayNotOurs},
		"options that are an object":         {with(commandFrame(), "data.options", object{"stop": 1}), saySorry},
		"a command on a member":              {with(with(commandFrame(), "data.type", 2), "data.options", gone), sayNotOurs},
		"a huge option":                      {commandFrame(story(huge)), handled},
		"an option of another type":          {commandFrame(object{"name": "vote", "type": 3, "value": "60"}), handled},
		"an option that is an object":        {commandFrame(story(object{"a": huge})), handled},
		"an option beyond all numbers":       {commandFrame(object{"name": "vote", "type": 4, "value": raw("1e400")}), handled},
		"an option with many digits":         {commandFrame(object{"name": "vote", "type": 4, "value": raw(strings.Repeat("9", 100_000))}), handled},
		"an option without a value":          {commandFrame(object{"name": "story", "type": 3}), handled},
		"an option twice":                    {commandFrame(story("a"), story("b")), handled},
		"a thousand options":                 {commandFrame(slices.Repeat([]any{story("a")}, 1000)...), handled},
		"an attachment without its data":     {commandFrame(object{"name": "file", "type": 11, "value": "77"}), handled},
		"a huge completion":                  {typingFrame(object{"name": "story", "type": 3, "value": huge, "focused": true}), "1 choices"},
		"a completion of nothing":            {typingFrame(story("x")), "1 choices"},
		"a completion in a direct message":   {with(typingFrame(story("x")), "member", gone), "0 choices"},
		"a completion of another command":    {with(typingFrame(story("x")), "data.name", "tale"), "0 choices"},
		"a completion that cannot be read":   {with(typingFrame(story("x")), "member", 5), "0 choices"},
		"a name of signs that steer screens": {with(pressFrame(), "member.user.username", "\x1b[2J\u202eevil\x00\n"), handled},
	}
	return cases
}

// Whatever comes over the gateway, through the real discordgo, there is one answer at most, in Discord's form; the
// commands are asked only where it is known who asks and where; and the next honest press is answered.
func TestStrangeInteractions(t *testing.T) {
	cases := strangeFrames()
	inRoom(t, fakediscord.Options{}, func(r *room) {
		answers := &desk{}
		r.bot = r.newBotOver(testToken, func(next http.RoundTripper) http.RoundTripper {
			answers.next = next
			return answers
		})
		var mu sync.Mutex
		var asked []commands.Request
		r.handle = func(_ context.Context, q commands.Request) commands.Reply {
			mu.Lock()
			defer mu.Unlock()
			asked = append(asked, q)
			return commands.Reply{Text: handled, Choices: []commands.Choice{{Name: "The Lamp", Value: "lamp"}}}
		}
		r.enter()
		answers.taken()
		n := 1000
		for _, name := range slices.Sorted(maps.Keys(cases)) {
			c := cases[name]
			if n++; c.frame["id"] == "100" {
				c.frame["id"] = fmt.Sprint(n)
			}
			asked = nil
			frame, err := json.Marshal(c.frame)
			if err != nil {
				r.Fatalf("%s: %v", name, err)
			}
			if err := r.fake.Gateway().Dispatch("", eventInteraction, frame); err != nil {
				r.Fatal(err)
			}
			settle(10 * time.Second)
			r.judge(name, c.says, asked, answers.taken())
		}
		checkLog(r.T, r.log.String())
	})
}

// judge compares the answers to a strange interaction with what is to be said.
func (r *room) judge(name, says string, asked []commands.Request, took []answered) {
	r.Helper()
	var said []string
	for _, a := range took {
		if err := a.fault(); err != nil {
			r.Errorf("%s: %v", name, err)
		}
		if words := a.text(); words != "" { // the first answer to a command is a wait
			said = append(said, words)
		}
		if words := messageText(a); words != "" {
			said = append(said, words)
		}
	}
	if got := strings.Join(said, " / "); got != says {
		r.Errorf("%s: said %q, want %q", name, got, says)
	}
	for _, q := range asked {
		if !isSnowflake(q.ID) || !isSnowflake(q.Member) || !isSnowflake(q.Place.Guild) || !isSnowflake(q.Place.Channel) || q.Message != "" && !isSnowflake(q.Message) {
			r.Errorf("%s: a request of nobody or nowhere: %+v", name, q)
		}
		for option, value := range q.Options {
			if utf8.RuneCountInString(value) > maxOption {
				r.Errorf("%s: option %s has %d characters", name, option, len(value))
			}
		}
	}
}

// messageText is what a last word says.
func messageText(a answered) string {
	if !strings.HasSuffix(a.path, "/@original") {
		return ""
	}
	var m struct {
		Content string `json:"content"`
	}
	_ = json.Unmarshal(a.body, &m) // fault has found it well
	return m.Content
}

// checkLog looks for lines of the log that somebody else could have written, or that have no end.
func checkLog(t *testing.T, log string) {
	t.Helper()
	const longest = 2000
	for line := range strings.Lines(log) {
		line = strings.TrimSuffix(line, "\n")
		if len(line) > longest || !strings.HasPrefix(line, "time=") || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r == '\u202e' }) {
			t.Errorf("a line of the log, %d bytes: %.300q", len(line), line)
		}
	}
	if strings.Contains(log, "panic") {
		t.Errorf("a panic:\n%.2000s", log)
	}
}
