package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"storyteller/internal/fakediscord"
)

// What people do in a room.

// did notes an interaction.
func (r *room) did(id string, err error) error {
	if err == nil {
		r.acts = append(r.acts, id)
	}
	return err
}

// member finds a person by name; one who is new comes in.
func (r *room) member(name string) (string, error) {
	if id, ok := r.members[name]; ok {
		return id, nil
	}
	m, err := r.fake.AddMember(fakediscord.Member{Username: name, DisplayName: name, GuildID: r.guild})
	if err != nil {
		return "", err
	}
	r.seen.mu.Lock()
	defer r.seen.mu.Unlock()
	r.members[name] = m.ID
	return m.ID, nil
}

func (r *room) permit(user string, args []string) error {
	n, err := strconv.ParseUint(args[0], 0, 64)
	if err != nil {
		return err
	}
	return r.fake.Permit(r.guild, "", user, fakediscord.Permissions(n))
}

func (r *room) types(who, user string, args []string) error {
	in := fakediscord.CommandInput{User: user, Channel: r.channel, Name: strings.TrimPrefix(args[0], "/"), Options: map[string]any{}}
	if len(args) > 1 {
		in.Subcommand = args[1]
	}
	for _, a := range args[min(2, len(args)):] {
		name, value, _ := strings.Cut(a, "=")
		if n, err := strconv.ParseFloat(value, 64); err == nil {
			in.Options[name] = n
		} else {
			in.Options[name] = value
		}
	}
	r.seen.say(fmt.Sprintf("%s types %s", who, strings.Join(args, " ")))
	return r.did(r.fake.Command(in))
}

func (r *room) completes(who, user string, args []string) error {
	name, typed, _ := strings.Cut(args[0], "=")
	choices, err := r.fake.Autocomplete(r.t.Context(), fakediscord.CommandInput{
		User: user, Channel: r.channel, Name: "story", Subcommand: "start", Options: map[string]any{name: typed}, Focused: name,
	})
	if err != nil {
		return err
	}
	var offered []string
	for _, c := range choices {
		offered = append(offered, fmt.Sprintf("%s (%v)", c.Name, c.Value))
	}
	r.seen.say(fmt.Sprintf("%s sees for %s:", who, args[0]), offered...)
	return nil
}

// presses presses a button by its label: on the newest message that has, or had, it. "late" after the label presses it
// although the message no longer shows it.
func (r *room) presses(who, user string, args []string) error {
	label := args[0]
	r.seen.say(fmt.Sprintf("%s presses %q", who, label))
	id, custom, err := r.findButton(label)
	if err != nil {
		return err
	}
	in := fakediscord.PressInput{User: user, Channel: r.channel, Message: id, CustomID: custom}
	if slices.Contains(args, "late") {
		return r.did(r.fake.Forge(in))
	}
	return r.did(r.fake.Press(in))
}

// says writes that many messages into the channel.
func (r *room) says(who, user string, args []string) error {
	n, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	r.seen.say(fmt.Sprintf("%s writes %d messages", who, n))
	for i := range n {
		if _, err := r.fake.Say(user, r.channel, fmt.Sprintf("word %d", i)); err != nil {
			return err
		}
	}
	return nil
}

// moveTo has people act in another channel from here on; it is made if it is new. "thread:NAME" is a thread of the
// channel, "server:NAME" the channel of another server.
func (r *room) moveTo(who, name string) error {
	if server, ok := strings.CutPrefix(name, "server:"); ok {
		r.guild = r.fake.AddGuild(server).ID
		if _, err := r.fake.AddMember(fakediscord.Member{ID: r.members[who], GuildID: r.guild}); err != nil {
			return err
		}
		name = server
	}
	if thread, ok := strings.CutPrefix(name, "thread:"); ok {
		return r.openThread(thread)
	}
	for _, c := range r.fake.Channels(r.guild) {
		if c.Name == name {
			r.channel = c.ID
			return nil
		}
	}
	c, err := r.fake.AddChannel(fakediscord.Channel{Name: name, GuildID: r.guild})
	r.channel = c.ID
	return err
}

// openThread makes a thread of the channel, as any bot can, and goes there.
func (r *room) openThread(name string) error {
	body := strings.NewReader(fmt.Sprintf(`{"name":%q,"type":11}`, name))
	request, err := http.NewRequest(http.MethodPost, "https://discord.com/api/v10/channels/"+r.channel+"/threads", body)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bot "+fakediscord.DefaultToken)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "DiscordBot (test, 1)")
	response, err := r.fake.Transport().RoundTrip(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var thread struct{ ID string }
	if err := json.NewDecoder(response.Body).Decode(&thread); err != nil || thread.ID == "" {
		return fmt.Errorf("the thread was not made: %s: %w", response.Status, err)
	}
	r.channel = thread.ID
	return nil
}

func (r *room) newest() string {
	all := r.fake.Messages(r.channel)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].ID
}

// custom fills in the reading's id: "READING" in a forged custom_id.
func (r *room) custom(text string) string {
	return strings.ReplaceAll(text, "READING", r.seen.reading)
}
