package fakediscord

// Message types.
const (
	messageDefault     = 0
	messagePinned      = 6
	messageThreadMade  = 18
	messageReply       = 19
	messageChatCommand = 20
	messageContextMenu = 23
	messagePollResult  = 46
)

// Message is a message as Discord's API shows it.
type Message struct {
	ID               string       `json:"id"`
	ChannelID        string       `json:"channel_id"`
	Type             int          `json:"type"`
	Author           User         `json:"author"`
	Content          string       `json:"content"`
	Timestamp        string       `json:"timestamp"`
	EditedTimestamp  *string      `json:"edited_timestamp"`
	TTS              bool         `json:"tts"`
	Pinned           bool         `json:"pinned"`
	MentionEveryone  bool         `json:"mention_everyone"`
	Mentions         []User       `json:"mentions"`
	MentionRoles     []string     `json:"mention_roles"`
	Attachments      []Attachment `json:"attachments"`
	Embeds           []Embed      `json:"embeds"`
	Components       []Component  `json:"components"`
	Flags            int          `json:"flags"`
	Nonce            any          `json:"nonce,omitempty"` // string or number as it was sent; only in the answer to a create and its event
	ApplicationID    string       `json:"application_id,omitempty"`
	WebhookID        string       `json:"webhook_id,omitempty"`
	MessageReference *Reference   `json:"message_reference,omitempty"`
	Thread           *Channel     `json:"thread,omitempty"`
	Poll             *Poll        `json:"poll,omitempty"`

	InteractionMetadata *InteractionMetadata `json:"interaction_metadata,omitempty"`

	// GuildID is told by gateway events, not by REST.
	GuildID string `json:"guild_id,omitempty"`

	reader string // an ephemeral message's only reader; empty for any other message
}

// Ephemeral reports whether only one user sees the message.
func (m *Message) Ephemeral() bool { return m.Flags&FlagEphemeral != 0 }

// V2 reports whether the message consists of components only.
func (m *Message) V2() bool { return m.Flags&FlagComponentsV2 != 0 }

// Text is all that the message says: its content, the texts of its embeds and
// of its Text Displays, in order, one a line.
func (m *Message) Text() string {
	s := m.Content
	add := func(t string) {
		if t != "" && s != "" {
			s += "\n"
		}
		s += t
	}
	for _, e := range m.Embeds {
		add(e.Title)
		add(e.Description)
		for _, f := range e.Fields {
			add(f.Name)
			add(f.Value)
		}
		if e.Footer != nil {
			add(e.Footer.Text)
		}
	}
	walk(m.Components, func(c *Component) {
		if c.Type == TypeTextDisplay {
			add(c.Content)
		}
	})
	return s
}

// Buttons are all buttons of the message, in order.
func (m *Message) Buttons() []Component {
	var l []Component
	walk(m.Components, func(c *Component) {
		if c.Type == TypeButton {
			l = append(l, *c)
		}
	})
	return l
}

// find is the component with a custom_id, nil if there is none.
func (m *Message) find(customID string) *Component {
	var found *Component
	walk(m.Components, func(c *Component) {
		if c.CustomID == customID && found == nil {
			found = c
		}
	})
	return found
}

// visibleTo reports whether a user may see the message in its channel.
func (m *Message) visibleTo(user string) bool {
	return m.reader == "" || m.reader == user
}

// stored is the message as reads show it: without the nonce.
func (m *Message) stored() *Message {
	if m.Nonce == nil {
		return m
	}
	c := *m
	c.Nonce = nil
	return &c
}

// Attachment is a file of a message.
type Attachment struct {
	ID          string `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
	ContentType string `json:"content_type,omitempty"`
	Size        int    `json:"size"`
	URL         string `json:"url"`
	ProxyURL    string `json:"proxy_url"`
	Width       int    `json:"width,omitempty"`
	Height      int    `json:"height,omitempty"`
	Ephemeral   bool   `json:"ephemeral,omitempty"`
}

// Embed is a rich embed of a message.
type Embed struct {
	Type        string       `json:"type,omitempty"`
	Title       string       `json:"title,omitempty"`
	Description string       `json:"description,omitempty"`
	URL         string       `json:"url,omitempty"`
	Timestamp   string       `json:"timestamp,omitempty"`
	Color       int          `json:"color,omitempty"`
	Image       *EmbedMedia  `json:"image,omitempty"`
	Thumbnail   *EmbedMedia  `json:"thumbnail,omitempty"`
	Footer      *EmbedFooter `json:"footer,omitempty"`
	Author      *EmbedAuthor `json:"author,omitempty"`
	Fields      []EmbedField `json:"fields,omitempty"`
}

// EmbedMedia is a picture of an embed.
type EmbedMedia struct {
	URL      string `json:"url"`
	ProxyURL string `json:"proxy_url,omitempty"`
	Width    int    `json:"width,omitempty"`
	Height   int    `json:"height,omitempty"`
}

// EmbedFooter is the last line of an embed.
type EmbedFooter struct {
	Text    string `json:"text"`
	IconURL string `json:"icon_url,omitempty"`
}

// EmbedAuthor is the first line of an embed.
type EmbedAuthor struct {
	Name    string `json:"name"`
	URL     string `json:"url,omitempty"`
	IconURL string `json:"icon_url,omitempty"`
}

// EmbedField is a titled paragraph of an embed.
type EmbedField struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline"`
}

// Reference points to another message.
type Reference struct {
	Type      int    `json:"type"`
	MessageID string `json:"message_id,omitempty"`
	ChannelID string `json:"channel_id"`
	GuildID   string `json:"guild_id,omitempty"`
}

// InteractionMetadata tells which interaction a message answers.
type InteractionMetadata struct {
	ID                    string               `json:"id"`
	Type                  int                  `json:"type"`
	User                  User                 `json:"user"`
	Owners                map[string]string    `json:"authorizing_integration_owners"`
	Name                  string               `json:"name,omitempty"`
	CommandType           int                  `json:"command_type,omitempty"`
	InteractedMessageID   string               `json:"interacted_message_id,omitempty"`           // components
	OriginalMessageID     string               `json:"original_response_message_id,omitempty"`    // follow-ups
	TriggeringInteraction *InteractionMetadata `json:"triggering_interaction_metadata,omitempty"` // modals
}
