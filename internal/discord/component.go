package discord

import (
	"storyteller/internal/commands"

	"github.com/bwmarrin/discordgo"
)

// component is a message component of any kind that the bot uses. discordgo's own types cannot carry an id on a Text
// Display, which is where the marker is.
type component struct {
	Type        discordgo.ComponentType `json:"type"`
	ID          int32                   `json:"id,omitempty"`
	Content     string                  `json:"content,omitempty"`      // Text Display
	AccentColor int                     `json:"accent_color,omitempty"` // Container
	Items       []galleryItem           `json:"items,omitempty"`        // Media Gallery
	Style       discordgo.ButtonStyle   `json:"style,omitempty"`        // Button, as all below
	Label       string                  `json:"label,omitempty"`
	Emoji       *emoji                  `json:"emoji,omitempty"`
	CustomID    string                  `json:"custom_id,omitempty"`
	Components  []component             `json:"components,omitempty"` // Container, Action Row
}

// galleryItem is a picture of a Media Gallery.
type galleryItem struct {
	Media       media  `json:"media"`
	Description string `json:"description,omitempty"`
}

type media struct {
	URL string `json:"url"`
}

// emoji is a Unicode one, of which only Name is set, or one of a server's own.
type emoji struct {
	ID       string `json:"id,omitempty"`
	Name     string `json:"name,omitempty"`
	Animated bool   `json:"animated,omitempty"`
}

// text makes a Text Display. Discord refuses one without anything to see.
func text(content string) component {
	if blank(content) {
		content = "…"
	}
	return component{Type: discordgo.TextDisplayComponent, Content: content}
}

func container(color int, inside ...component) component {
	return component{Type: discordgo.ContainerComponent, AccentColor: min(max(color, 0), maxColor), Components: inside}
}

func gallery(address, alt string) component {
	return component{
		Type: discordgo.MediaGalleryComponent, Items: []galleryItem{{Media: media{URL: address}, Description: clip(tidy(alt), maxAlt)}},
	}
}

func button(style discordgo.ButtonStyle, label string, b commands.Button) component {
	return component{Type: discordgo.ButtonComponent, Style: style, Label: clip(label, maxLabel), CustomID: encodeButton(b)}
}

// rows puts buttons into as many Action Rows as they need.
func rows(buttons []component) []component {
	var list []component
	for len(buttons) > 0 {
		n := min(len(buttons), maxRowButtons)
		list = append(list, component{Type: discordgo.ActionsRowComponent, Components: buttons[:n]})
		buttons = buttons[n:]
	}
	return list
}

// walk calls visit with each component of a tree, parents first.
func walk(tree []component, visit func(*component)) {
	for i := range tree {
		visit(&tree[i])
		walk(tree[i].Components, visit)
	}
}
