package fakediscord

import "encoding/json"

// Component types.
const (
	TypeActionRow         = 1
	TypeButton            = 2
	TypeStringSelect      = 3
	TypeTextInput         = 4
	TypeUserSelect        = 5
	TypeRoleSelect        = 6
	TypeMentionableSelect = 7
	TypeChannelSelect     = 8
	TypeSection           = 9
	TypeTextDisplay       = 10
	TypeThumbnail         = 11
	TypeMediaGallery      = 12
	TypeFile              = 13
	TypeSeparator         = 14
	TypeContainer         = 17
	TypeLabel             = 18
	TypeFileUpload        = 19
	TypeRadioGroup        = 21
	TypeCheckboxGroup     = 22
	TypeCheckbox          = 23
)

// Component is a message or modal component of any type, with the fields of
// all of them; those that its type lacks are empty.
type Component struct {
	Type          int            `json:"type"`
	ID            int            `json:"id"`
	CustomID      string         `json:"custom_id,omitempty"`
	Style         int            `json:"style,omitempty"`
	Label         string         `json:"label,omitempty"`
	Emoji         *Emoji         `json:"emoji,omitempty"`
	URL           string         `json:"url,omitempty"`
	SKUID         string         `json:"sku_id,omitempty"`
	Disabled      bool           `json:"disabled,omitempty"`
	Content       string         `json:"content,omitempty"`
	Components    []Component    `json:"components,omitempty"`
	Accessory     *Component     `json:"accessory,omitempty"`
	Component     *Component     `json:"component,omitempty"`
	Media         *Media         `json:"media,omitempty"`
	File          *Media         `json:"file,omitempty"`
	Items         []GalleryItem  `json:"items,omitempty"`
	Description   *string        `json:"description,omitempty"`
	Spoiler       bool           `json:"spoiler,omitempty"`
	AccentColor   *int           `json:"accent_color,omitempty"`
	Divider       *bool          `json:"divider,omitempty"`
	Spacing       int            `json:"spacing,omitempty"`
	Options       []SelectOption `json:"options,omitempty"`
	Placeholder   string         `json:"placeholder,omitempty"`
	MinValues     *int           `json:"min_values,omitempty"`
	MaxValues     *int           `json:"max_values,omitempty"`
	MinLength     *int           `json:"min_length,omitempty"`
	MaxLength     *int           `json:"max_length,omitempty"`
	Required      *bool          `json:"required,omitempty"`
	Value         string         `json:"value,omitempty"`
	Default       bool           `json:"default,omitempty"`
	ChannelTypes  []int          `json:"channel_types,omitempty"`
	DefaultValues []DefaultValue `json:"default_values,omitempty"`
	Name          string         `json:"name,omitempty"`
	Size          int            `json:"size,omitempty"`
}

// MarshalJSON writes the component as Discord's answers do, in which some
// fields of some types are never left out.
func (c Component) MarshalJSON() ([]byte, error) {
	type plain Component
	switch c.Type {
	case TypeContainer:
		return json.Marshal(struct {
			plain
			AccentColor *int `json:"accent_color"`
			Spoiler     bool `json:"spoiler"`
		}{plain(c), c.AccentColor, c.Spoiler})
	case TypeThumbnail:
		return json.Marshal(struct {
			plain
			Description *string `json:"description"`
			Spoiler     bool    `json:"spoiler"`
		}{plain(c), c.Description, c.Spoiler})
	case TypeFile:
		return json.Marshal(struct {
			plain
			Name    string `json:"name"`
			Size    int    `json:"size"`
			Spoiler bool   `json:"spoiler"`
		}{plain(c), c.Name, c.Size, c.Spoiler})
	}
	return json.Marshal(plain(c))
}

// Emoji is the emoji of a button or option.
type Emoji struct {
	ID       string `json:"id,omitempty"`
	Name     string `json:"name,omitempty"`
	Animated bool   `json:"animated,omitempty"`
}

// Media is a picture or file shown by a component.
type Media struct {
	ID           string `json:"id,omitempty"`
	URL          string `json:"url"`
	ProxyURL     string `json:"proxy_url,omitempty"`
	Width        int    `json:"width,omitempty"`
	Height       int    `json:"height,omitempty"`
	ContentType  string `json:"content_type,omitempty"`
	AttachmentID string `json:"attachment_id,omitempty"`
}

// GalleryItem is a picture of a media gallery.
type GalleryItem struct {
	Media       Media   `json:"media"`
	Description *string `json:"description"`
	Spoiler     bool    `json:"spoiler"`
}

// SelectOption is an option of a select, radio group or checkbox group.
type SelectOption struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Emoji       *Emoji `json:"emoji,omitempty"`
	Default     bool   `json:"default,omitempty"`
}

// DefaultValue is a preselected user, role or channel.
type DefaultValue struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

// walk calls f with every component of a tree, parents first.
func walk(cs []Component, f func(*Component)) {
	for i := range cs {
		c := &cs[i]
		f(c)
		if c.Accessory != nil {
			walkOne(c.Accessory, f)
		}
		if c.Component != nil {
			walkOne(c.Component, f)
		}
		walk(c.Components, f)
	}
}

func walkOne(c *Component, f func(*Component)) {
	f(c)
	walk(c.Components, f)
}

// numberComponents gives every component without an id the lowest free one,
// in order of appearance.
func numberComponents(cs []Component) {
	used := map[int]bool{}
	walk(cs, func(c *Component) { used[c.ID] = true })
	next := 1
	walk(cs, func(c *Component) {
		if c.ID != 0 {
			return
		}
		for used[next] {
			next++
		}
		c.ID = next
		used[next] = true
	})
}

// setDefaults fills in what a component has when it does not say.
func setDefaults(cs []Component) {
	walk(cs, func(c *Component) {
		if c.Type == TypeSeparator {
			if c.Divider == nil {
				c.Divider = ptr(true)
			}
			c.Spacing = max(c.Spacing, 1)
		}
		if c.isSelect() && c.MinValues == nil {
			c.MinValues = ptr(1)
		}
		if c.isSelect() && c.MaxValues == nil {
			c.MaxValues = ptr(1)
		}
	})
}

// hasURL reports whether c is a button that opens an address or a shop and so
// sends no interaction.
func (c *Component) hasURL() bool {
	return c.Type == TypeButton && (c.Style == styleLink || c.Style == stylePremium)
}

// isSelect reports whether c is any kind of select menu.
func (c *Component) isSelect() bool {
	return c.Type == TypeStringSelect || c.Type >= TypeUserSelect && c.Type <= TypeChannelSelect
}
