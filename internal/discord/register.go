package discord

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"storyteller/internal/commands"

	"github.com/bwmarrin/discordgo"
)

// commandBody is a command as it is registered.
// Source: https://discord.com/developers/docs/interactions/application-commands
type commandBody struct {
	Name         string       `json:"name"`
	Type         int          `json:"type"`
	Description  string       `json:"description"`
	Options      []optionBody `json:"options,omitempty"`
	Integrations []int        `json:"integration_types,omitempty"`
	Contexts     []int        `json:"contexts,omitempty"`
}

type optionBody struct {
	Type         discordgo.ApplicationCommandOptionType `json:"type"`
	Name         string                                 `json:"name"`
	Description  string                                 `json:"description"`
	Required     bool                                   `json:"required,omitempty"`
	Autocomplete bool                                   `json:"autocomplete,omitempty"`
	Choices      []choiceBody                           `json:"choices,omitempty"`
	Min          *float64                               `json:"min_value,omitempty"`
	Max          *float64                               `json:"max_value,omitempty"`
	Options      []optionBody                           `json:"options,omitempty"`
}

type choiceBody struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
}

// commandSet is the one command of the bot, /story with its subcommands.
func commandSet(subcommands []commands.Definition, guild string) ([]commandBody, error) {
	c := commandBody{Name: commands.Group, Type: int(discordgo.ChatApplicationCommand), Description: commands.GroupDescription}
	if guild == "" {
		// Where the bot is a member, and nowhere else. A guild's own commands are never elsewhere.
		const guildInstall, inGuilds = 0, 0
		c.Integrations, c.Contexts = []int{guildInstall}, []int{inGuilds}
	}
	for _, d := range subcommands {
		sub := optionBody{Type: discordgo.ApplicationCommandOptionSubCommand, Name: d.Name, Description: d.Description}
		for _, o := range d.Options {
			body, err := option(o)
			if err != nil {
				return nil, fmt.Errorf("/%s %s: %w", commands.Group, d.Name, err)
			}
			sub.Options = append(sub.Options, body)
		}
		// Discord wants the required ones first.
		slices.SortStableFunc(sub.Options, func(a, b optionBody) int { return cmp.Compare(rank(a), rank(b)) })
		c.Options = append(c.Options, sub)
	}
	return []commandBody{c}, nil
}

func rank(o optionBody) int {
	if o.Required {
		return 0
	}
	return 1
}

func option(o commands.Option) (optionBody, error) {
	body := optionBody{
		Type: discordgo.ApplicationCommandOptionString, Name: o.Name, Description: o.Description, Required: o.Required,
		Autocomplete: o.Complete && len(o.Choices) == 0,
	}
	switch o.Type {
	case commands.Whole:
		body.Type = discordgo.ApplicationCommandOptionInteger
	case commands.Decimal:
		body.Type = discordgo.ApplicationCommandOptionNumber
	}
	if o.Type != commands.Text && (o.Min != 0 || o.Max != 0) {
		body.Min, body.Max = &o.Min, &o.Max
	}
	for _, c := range o.Choices {
		value, err := choiceValue(o.Type, c.Value)
		if err != nil {
			return body, fmt.Errorf("option %s: %w", o.Name, err)
		}
		body.Choices = append(body.Choices, choiceBody{Name: c.Name, Value: value})
	}
	return body, nil
}

func choiceValue(t commands.OptionType, value string) (any, error) {
	switch t {
	case commands.Whole:
		return strconv.ParseInt(value, 10, 64)
	case commands.Decimal:
		return strconv.ParseFloat(value, 64)
	}
	return value, nil
}

// register has the commands registered once the application's id is known, and then says that the bot is ready.
func (b *Bot) register(ctx context.Context, application <-chan string) {
	var app string
	select {
	case app = <-application:
	case <-ctx.Done():
		return
	}
	for try := 1; ; try++ {
		err := b.registerOnce(ctx, app)
		if ctx.Err() != nil {
			return
		}
		if err == nil || isCode(err, codeTooManyCommands, codeCommandCreations) {
			if err != nil {
				b.log.Error("the commands were not registered; those registered before stay", "error", err)
			}
			b.readyOnce.Do(func() { close(b.ready) })
			return
		}
		if refused := b.registrationRefused(err); refused != nil {
			b.fail(refused)
			return
		}
		wait := backoff(try)
		var f *failure
		if errors.As(err, &f) {
			wait = max(wait, f.after)
		}
		b.log.Warn("the commands are not registered yet", "error", err, "wait", wait.Round(time.Millisecond))
		if sleep(ctx, wait) != nil {
			return
		}
	}
}

// registrationRefused is the error of a registration that would fail again and again; nil of any other.
func (b *Bot) registrationRefused(err error) error {
	var f *failure
	switch {
	case !errors.As(err, &f):
		return err
	case f.unsent || f.unknown() || f.status == http.StatusTooManyRequests || f.code == 0 && f.status != http.StatusBadRequest:
		return nil
	case b.cfg.Guild != "" && (f.status == http.StatusForbidden || f.status == http.StatusNotFound):
		return &FatalError{
			"the commands cannot be registered in the server " + b.cfg.Guild + ": " + f.words,
			"invite the bot to that server with the scopes bot and applications.commands, or register the commands everywhere",
		}
	}
	return &FatalError{"Discord refuses the commands: " + f.words, "this is a fault of the bot: report it with the log"}
}

// registerOnce registers the commands unless Discord has this very set already. Each registration of a new name counts
// against 200 a day.
func (b *Bot) registerOnce(ctx context.Context, app string) error {
	set, err := commandSet(b.cfg.Commands, b.cfg.Guild)
	if err != nil {
		return err
	}
	body, err := json.Marshal(set)
	if err != nil {
		return err
	}
	note, name := []byte(hashOf(body)), "commands "+app+" "+b.cfg.Guild
	before, err := b.cfg.Memory.Recall(ctx, name)
	if err != nil {
		b.log.Warn("it is not known which commands are registered", "error", err)
	}
	if string(before) == string(note) {
		return nil
	}
	address := discordgo.EndpointApplicationGlobalCommands(app)
	if b.cfg.Guild != "" {
		address = discordgo.EndpointApplicationGuildCommands(app, b.cfg.Guild)
	}
	if _, err := b.call(ctx, "register the commands", http.MethodPut, address, "application/json", body); err != nil {
		return err
	}
	b.log.Info("the commands are registered", "guild", b.cfg.Guild, "subcommands", len(b.cfg.Commands))
	if err := b.cfg.Memory.Remember(ctx, name, note); err != nil {
		b.log.Warn("it cannot be noted which commands are registered; they will be registered again", "error", err)
	}
	return nil
}

func hashOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
