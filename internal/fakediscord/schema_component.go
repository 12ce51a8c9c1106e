package fakediscord

import "fmt"

// Limits of components (components/reference in Discord's documentation).
const (
	maxComponents    = 40   // of one message, nested ones included
	maxDisplayedText = 4000 // of all Text Displays of one message together
	// maxTextWeight is what the UTF-8 bytes of all Text Displays, and
	// textOverhead for each of them, may come to. Beyond it Discord has been seen
	// to answer with a plain 500; its documentation does not say so.
	maxTextWeight     = 10_170
	textOverhead      = 12
	maxLegacyRows     = 5
	maxRowButtons     = 5
	maxSectionTexts   = 3
	maxGalleryItems   = 10
	maxCustomID       = 100
	maxButtonLabel    = 80
	maxButtonURL      = 512
	maxMediaURL       = 2048
	maxAltText        = 1024
	maxSelectOptions  = 25
	maxOptionText     = 100
	maxPlaceholder    = 150
	maxAccentColor    = 0xFFFFFF
	maxEmojiName      = 100
	maxComponentNests = 6 // deeper trees are refused before they are walked

	stylePrimary = 1
	styleLink    = 5
	stylePremium = 6
)

var emojiSchema = object{
	"id": opt(snowflake), "name": opt(text(0, maxEmojiName)), "animated": opt(boolean),
}

var baseSchema = object{"type": need(integer(1, 255)), "id": opt(integer(0, maxInt32))}

func media(schemes ...string) check {
	return object{"url": need(webURL(maxMediaURL, schemes...))}.check
}

var anyMedia = media("http", "https", "attachment")

var optionSchema = object{
	"label": need(text(1, maxOptionText)), "value": need(text(1, maxOptionText)),
	"description": opt(text(0, maxOptionText)), "emoji": opt(emojiSchema.check), "default": opt(boolean),
}

var selectSchema = baseSchema.with(object{
	"custom_id": need(text(1, maxCustomID)), "placeholder": opt(text(0, maxPlaceholder)),
	"min_values": opt(integer(0, maxSelectOptions)), "max_values": opt(integer(1, maxSelectOptions)),
	"disabled": opt(boolean), "required": opt(boolean),
})

var entitySelectSchema = selectSchema.with(object{
	"default_values": opt(list(0, maxSelectOptions, object{
		"id": need(snowflake), "type": need(oneOf("user", "role", "channel")),
	}.check)),
})

// componentSchemas are the fields of each component of a message, without
// those that hold further components.
var componentSchemas = map[int]object{
	TypeActionRow: baseSchema.with(object{"components": need(list(1, maxRowButtons, nothing))}),
	TypeButton: baseSchema.with(object{
		"style": need(integer(stylePrimary, stylePremium)), "label": opt(text(0, maxButtonLabel)),
		"emoji": opt(emojiSchema.check), "custom_id": opt(text(1, maxCustomID)), "sku_id": opt(snowflake),
		"url": opt(webURL(maxButtonURL, "http", "https", "discord")), "disabled": opt(boolean),
	}),
	TypeStringSelect:      selectSchema.with(object{"options": need(list(1, maxSelectOptions, optionSchema.check))}),
	TypeUserSelect:        entitySelectSchema,
	TypeRoleSelect:        entitySelectSchema,
	TypeMentionableSelect: entitySelectSchema,
	TypeChannelSelect:     entitySelectSchema.with(object{"channel_types": opt(list(0, maxSelectOptions, integer(0, 255)))}),
	TypeSection: baseSchema.with(object{
		"components": need(list(1, maxSectionTexts, nothing)), "accessory": need(nothing),
	}),
	TypeTextDisplay: baseSchema.with(object{"content": need(text(1, maxDisplayedText))}),
	TypeThumbnail:   baseSchema.with(object{"media": need(anyMedia), "description": opt(text(0, maxAltText)), "spoiler": opt(boolean)}),
	TypeMediaGallery: baseSchema.with(object{"items": need(list(1, maxGalleryItems, object{
		"media": need(anyMedia), "description": opt(text(0, maxAltText)), "spoiler": opt(boolean),
	}.check))}),
	TypeFile:      baseSchema.with(object{"file": need(media("attachment")), "spoiler": opt(boolean)}),
	TypeSeparator: baseSchema.with(object{"divider": opt(boolean), "spacing": opt(integer(1, 2))}),
	TypeContainer: baseSchema.with(object{
		"components": need(list(1, maxComponents, nothing)), "accent_color": opt(integer(0, maxAccentColor)), "spoiler": opt(boolean),
	}),
}

// nothing accepts any value: the components inside are checked by place.
func nothing(*problem, any) {}

// place is where a component stands; it decides which types may stand there.
type place int

const (
	placeV2 place = iota // top level of a message with IS_COMPONENTS_V2
	placeLegacy
	placeContainer
	placeSection
	placeAccessory
	placeRow
)

var allowedTypes = map[place][]int{
	placeV2: {TypeActionRow, TypeSection, TypeTextDisplay, TypeMediaGallery, TypeFile, TypeSeparator, TypeContainer},
	placeContainer: {TypeActionRow, TypeSection, TypeTextDisplay, TypeMediaGallery, TypeFile,
		TypeSeparator},
	placeLegacy:    {TypeActionRow},
	placeSection:   {TypeTextDisplay},
	placeAccessory: {TypeButton, TypeThumbnail},
	placeRow:       {TypeButton, TypeStringSelect, TypeUserSelect, TypeRoleSelect, TypeMentionableSelect, TypeChannelSelect},
}

// componentCheck goes through the components of one message.
type componentCheck struct {
	count     int
	text      int
	customIDs map[string]bool
	ids       map[int]bool
}

// checkComponents checks the components field of a message.
func checkComponents(p *problem, v any, v2 bool) {
	l, ok := v.([]any)
	if !ok {
		p.add("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
		return
	}
	c := componentCheck{customIDs: map[string]bool{}, ids: map[int]bool{}}
	where := placeV2
	if !v2 {
		where = placeLegacy
		if len(l) > maxLegacyRows {
			p.add("BASE_TYPE_MAX_LENGTH", fmt.Sprintf("Must be %d or fewer in length.", maxLegacyRows))
		}
	}
	c.list(p, l, where, 0)
	if c.count > maxComponents {
		p.add("COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", fmt.Sprintf("The total number of components cannot exceed %d", maxComponents))
	}
	if c.text > maxDisplayedText {
		p.add("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", fmt.Sprintf("The total displayable text size of all components exceeds the maximum of %d", maxDisplayedText))
	}
}

func (c *componentCheck) list(p *problem, l []any, where place, depth int) {
	for i, v := range l {
		c.one(p.index(i), v, where, depth)
	}
}

func (c *componentCheck) one(p *problem, v any, where place, depth int) {
	c.count++
	m, ok := v.(map[string]any)
	if !ok {
		p.add("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
		return
	}
	kind := intOf(m["type"])
	schema := componentSchemas[kind]
	if schema == nil || !contains(allowedTypes[where], kind) || depth > maxComponentNests {
		p.at("type").add("UNION_TYPE_CHOICES", fmt.Sprintf("Value of field \"type\" must be one of %s.", choiceList(allowedTypes[where])))
		return
	}
	schema.check(p, m)
	c.identity(p, m)
	switch kind {
	case TypeTextDisplay:
		s, _ := m["content"].(string)
		c.text += runes(s)
	case TypeButton:
		checkButton(p, m)
	case TypeStringSelect:
		checkSelect(p, m)
	case TypeActionRow:
		checkRow(p, m)
	}
	if kids, ok := m["components"].([]any); ok {
		c.list(p.at("components"), kids, kidsPlace(kind), depth+1)
	}
	if kind == TypeSection && m["accessory"] != nil {
		c.one(p.at("accessory"), m["accessory"], placeAccessory, depth+1)
	}
}

func kidsPlace(kind int) place {
	switch kind {
	case TypeContainer:
		return placeContainer
	case TypeSection:
		return placeSection
	}
	return placeRow
}

// identity checks that custom_id and id are unique in the message.
func (c *componentCheck) identity(p *problem, m map[string]any) {
	if id, ok := m["custom_id"].(string); ok && id != "" {
		if c.customIDs[id] {
			p.at("custom_id").add("COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
		}
		c.customIDs[id] = true
	}
	if id := intOf(m["id"]); id != 0 {
		if c.ids[id] {
			p.at("id").add("COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")
		}
		c.ids[id] = true
	}
}

// checkButton holds the rules between a button's fields.
func checkButton(p *problem, m map[string]any) {
	label, _ := m["label"].(string)
	has := func(key string) bool { return m[key] != nil }
	style := intOf(m["style"])
	forbid := func(keys ...string) {
		for _, key := range keys {
			if has(key) {
				p.at(key).add("BUTTON_COMPONENT_FIELD_FORBIDDEN", fmt.Sprintf("A button of style %d cannot have this field", style))
			}
		}
	}
	require := func(key string) {
		if !has(key) {
			p.at(key).add("BASE_TYPE_REQUIRED", "This field is required")
		}
	}
	switch style {
	case styleLink:
		require("url")
		forbid("custom_id", "sku_id")
	case stylePremium:
		require("sku_id")
		forbid("custom_id", "url", "emoji")
		if label != "" {
			forbid("label")
		}
		return
	default:
		require("custom_id")
		forbid("url", "sku_id")
	}
	if label == "" && !has("emoji") {
		p.add("BUTTON_COMPONENT_INVALID", "A button must have a label or an emoji")
	}
}

// checkSelect holds the rules between a string select's fields.
func checkSelect(p *problem, m map[string]any) {
	options, _ := m["options"].([]any)
	lo, hi := 1, 1
	if m["min_values"] != nil {
		lo = intOf(m["min_values"])
	}
	if m["max_values"] != nil {
		hi = intOf(m["max_values"])
	}
	if lo > hi {
		p.at("min_values").add("BASE_TYPE_MAX_LENGTH", "min_values must not be greater than max_values")
	}
	if hi > len(options) {
		p.at("max_values").add("BASE_TYPE_BAD_LENGTH", "max_values must not be greater than the number of options")
	}
	checkOptionValues(p.at("options"), options)
}

// checkOptionValues checks that no two options share a value.
func checkOptionValues(p *problem, options []any) {
	seen := map[string]bool{}
	for i, o := range options {
		m, _ := o.(map[string]any)
		value, _ := m["value"].(string)
		if value != "" && seen[value] {
			p.index(i).at("value").add("SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
		}
		seen[value] = true
	}
}

// checkRow checks that a row holds either buttons or one select.
func checkRow(p *problem, m map[string]any) {
	kids, _ := m["components"].([]any)
	for _, k := range kids {
		km, _ := k.(map[string]any)
		if intOf(km["type"]) != TypeButton && len(kids) > 1 {
			p.at("components").add("COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The number of components in this row exceeds its width")
			return
		}
	}
}

// textWeight is how much the Text Displays of checked components weigh.
func textWeight(v any) int {
	n := 0
	switch v := v.(type) {
	case []any:
		for _, kid := range v {
			n += textWeight(kid)
		}
	case map[string]any:
		if content, isText := v["content"].(string); isText {
			n += len(content) + textOverhead
		}
		n += textWeight(v["components"])
	}
	return n
}
