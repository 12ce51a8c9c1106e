package discord

import (
	"encoding/json"
	"errors"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"storyteller/internal/commands"
	"storyteller/internal/narrate/reading"

	"github.com/bwmarrin/discordgo"
)

// interaction is what the bot reads of an INTERACTION_CREATE. discordgo's own type lacks the channel, and reads nothing
// at all when a message holds a kind of component it does not know.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
type interaction struct {
	ID          string                    `json:"id"`
	Application string                    `json:"application_id"`
	Type        discordgo.InteractionType `json:"type"`
	Token       string                    `json:"token"`
	Guild       string                    `json:"guild_id"`
	ChannelID   string                    `json:"channel_id"`
	Channel     *struct {
		Type *discordgo.ChannelType `json:"type"`
	} `json:"channel"`
	Member *struct {
		User        interactionUser `json:"user"`
		Permissions string          `json:"permissions"`
	} `json:"member"`
	Message *struct {
		ID string `json:"id"`
	} `json:"message"`
	AppPermissions string                     `json:"app_permissions"`
	Owners         map[string]json.RawMessage `json:"authorizing_integration_owners"`
	Data           *interactionData           `json:"data"`
}

type interactionUser struct {
	ID string `json:"id"`
}

type interactionData struct {
	Name     string              `json:"name"`
	Options  []interactionOption `json:"options"`
	CustomID string              `json:"custom_id"`
}

type interactionOption struct {
	Name    string                                 `json:"name"`
	Type    discordgo.ApplicationCommandOptionType `json:"type"`
	Value   json.RawMessage                        `json:"value"`
	Options []interactionOption                    `json:"options"`
	Focused bool                                   `json:"focused"`
}

// Why an interaction cannot be turned into a request.
var (
	errElsewhere = errors.New("not in a server")
	errNotOurs   = errors.New("not a command or button of this bot")
)

// readInteraction reads as much of an INTERACTION_CREATE as can be read; an error says that this is not all. Ids that
// are none are left out: ids go into addresses and the log.
func readInteraction(raw json.RawMessage) (*interaction, error) {
	var i interaction
	err := json.Unmarshal(raw, &i)
	if err != nil {
		err = errors.New(redact(err.Error())) // it may quote numbers of any length
	}
	ids := []*string{&i.ID, &i.Application, &i.Guild, &i.ChannelID}
	if i.Member != nil {
		ids = append(ids, &i.Member.User.ID)
	}
	if i.Message != nil {
		ids = append(ids, &i.Message.ID)
	}
	for _, id := range ids {
		if !isSnowflake(*id) {
			*id = ""
		}
	}
	return &i, err
}

// answerable says whether anything can be said to the member at all.
func (i *interaction) answerable() bool {
	return i.ID != "" && i.Application != "" && tokenForm.MatchString(i.Token)
}

// tokenForm is the form of an interaction's token, which becomes a part of addresses: one that could lead elsewhere is
// none.
var tokenForm = regexp.MustCompile(`^[\w\-=.~+]*[\w\-=~+][\w\-=.~+]*$`)

// request turns an interaction into what the commands understand. member says whether the bot is a member of a guild.
func (i *interaction) request(member func(guild string) bool) (commands.Request, error) {
	if i.Guild == "" || i.ChannelID == "" || i.Member == nil || i.Member.User.ID == "" {
		return commands.Request{}, errElsewhere
	}
	if i.Data == nil {
		return commands.Request{}, errNotOurs
	}
	r := commands.Request{
		ID: i.ID, Place: reading.Place{Guild: i.Guild, Channel: i.ChannelID}, Channel: i.channelKind(),
		Member: i.Member.User.ID, Rights: rights(i.Member.Permissions), BotMay: rights(i.AppPermissions),
	}
	// Key "0" names the guild that the application is installed in. That may be its commands alone; whether the bot's
	// user is a member too is known from the gateway.
	_, installed := i.Owners["0"]
	r.BotHere = (installed || len(i.Owners) == 0) && member(i.Guild)

	switch i.Type {
	case discordgo.InteractionApplicationCommand:
		r.Kind = commands.Slash
		return r, i.command(&r)
	case discordgo.InteractionApplicationCommandAutocomplete:
		r.Kind = commands.Completion
		return r, i.command(&r)
	case discordgo.InteractionMessageComponent:
		r.Kind = commands.Press
		if i.Message != nil {
			r.Message = i.Message.ID
		}
		var err error
		if r.Button, err = decodeButton(i.Data.CustomID); err != nil {
			return r, errNotOurs
		}
		return r, nil
	}
	return r, errNotOurs
}

// command reads which subcommand of /story is meant, and its options.
func (i *interaction) command(r *commands.Request) error {
	d := i.Data
	if d.Name != commands.Group || len(d.Options) != 1 || d.Options[0].Type != discordgo.ApplicationCommandOptionSubCommand {
		return errNotOurs
	}
	sub := d.Options[0]
	r.Command = sub.Name
	r.Options = make(map[string]string, len(sub.Options))
	for _, o := range sub.Options {
		r.Options[o.Name] = optionValue(o.Value)
		if o.Focused {
			r.Focused = o.Name
		}
	}
	return nil
}

// optionValue is an option as text: numbers in decimal, booleans as "true" or "false". No option takes lists or objects.
func optionValue(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return prefix(s, maxOption)
	}
	written := prefix(strings.TrimSpace(string(raw)), maxOption)
	if strings.ContainsAny(written, "{[") {
		return ""
	}
	if strings.ContainsAny(written, "eE") {
		if n, err := strconv.ParseFloat(written, 64); err == nil {
			return strconv.FormatFloat(n, 'f', -1, 64)
		}
	}
	return written
}

// channelKind says what sort of channel it is. Without the channel's object a text channel is assumed: the bot's
// permissions are checked all the same.
func (i *interaction) channelKind() commands.ChannelKind {
	if i.Channel == nil || i.Channel.Type == nil {
		return commands.TextChannel
	}
	switch *i.Channel.Type {
	case discordgo.ChannelTypeGuildText, discordgo.ChannelTypeGuildNews, discordgo.ChannelTypeGuildVoice, discordgo.ChannelTypeGuildStageVoice:
		return commands.TextChannel
	case discordgo.ChannelTypeGuildNewsThread, discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread:
		return commands.Thread
	}
	return commands.Elsewhere
}

// maxRights is how many digits a set of permissions may have: far more than there are permissions.
const maxRights = 100

// rights reads a set of permissions, a decimal number that may one day need more than 64 bits.
func rights(s string) commands.Rights {
	if len(s) > maxRights {
		return 0
	}
	n, ok := new(big.Int).SetString(s, 10)
	if !ok || n.Sign() < 0 {
		return 0
	}
	low := new(big.Int).And(n, new(big.Int).SetUint64(^uint64(0)))
	return commands.Rights(low.Uint64())
}
