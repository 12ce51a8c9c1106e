package commands

import "storyteller/internal/narrate/reading"

// Kind says what a member did.
type Kind int

const (
	Slash      Kind = iota // gave a command
	Completion             // is typing an option of one
	Press                  // pressed a button
)

// Request is what a member wants, as any chat could say it.
type Request struct {
	ID      string // the interaction's snowflake: unique, rising with time
	Kind    Kind
	Place   reading.Place
	Channel ChannelKind
	Member  string // who wants it
	Rights  Rights // what the member may do in the channel
	BotMay  Rights // what the bot may do in the channel
	BotHere bool   // the bot itself is a member of the guild, not its commands alone

	Command string            // Slash, Completion: name of the subcommand of /story
	Options map[string]string // Slash, Completion: as given; numbers in decimal, booleans "true" or "false"
	Focused string            // Completion: the option being typed
	Button  Button            // Press
	Message string            // Press: id of the message that the button is on
}

// ChannelKind says what sort of channel a request comes from.
type ChannelKind int

// The kinds of channel that make a difference.
const (
	TextChannel ChannelKind = iota // also announcement channels, and the text of voice channels
	Thread
	Elsewhere // where no story can be told: forums themselves, categories, direct messages
)

// Button is what a button of the bot says when it is pressed.
type Button struct {
	Reading string
	Action  Action
	Vote    int // ActionVote: number of the vote
	Option  int // ActionVote: index of the option
}

// Action is what a button is for.
type Action string

// What the buttons are for: the title card's, a vote's, the ending's. They stand in messages that stay, so a value
// is never given another meaning.
const (
	ActionJoin       Action = "join"
	ActionBegin      Action = "begin"
	ActionVote       Action = "v"
	ActionAgain      Action = "again"
	ActionTranscript Action = "transcript"
)

// Reply is what the member is told, privately.
type Reply struct {
	Text    string   // in the chat's markdown
	File    *File    // to be sent along
	Choices []Choice // Completion: at most MaxChoices
}

// File is a document for one member.
type File struct {
	Name string
	Body []byte
}

// Choice completes an option that a member is typing.
type Choice struct {
	Name  string // shown, at most 100 characters
	Value string // sent
}

// Rights is a set of permissions: the bits that Discord gives them.
// Source: https://discord.com/developers/docs/topics/permissions
type Rights uint64

// The permissions that the bot asks about.
const (
	Administrator         Rights = 1 << 3
	ViewChannel           Rights = 1 << 10
	SendMessages          Rights = 1 << 11
	ManageMessages        Rights = 1 << 13
	AttachFiles           Rights = 1 << 15
	ReadMessageHistory    Rights = 1 << 16
	SendMessagesInThreads Rights = 1 << 38
)

// Has says whether all of want is granted; an administrator has everything.
func (r Rights) Has(want Rights) bool {
	return r&Administrator != 0 || r&want == want
}
