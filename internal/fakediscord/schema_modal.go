package fakediscord

import "fmt"

// Limits of modals.
const (
	maxModalTitle       = 45
	maxModalComponents  = 5
	maxInputText        = 4000
	maxInputPlaceholder = 100
	maxLabelText        = 45
	maxLabelDescription = 100
	maxUploads          = 10
	maxRadioOptions     = 10
)

var inputSchema = baseSchema.with(object{
	"custom_id": need(text(1, maxCustomID)), "style": need(oneOf(1, 2)), "label": opt(text(0, maxLabelText)),
	"min_length": opt(integer(0, maxInputText)), "max_length": opt(integer(1, maxInputText)), "required": opt(boolean),
	"value": opt(text(0, maxInputText)), "placeholder": opt(text(0, maxInputPlaceholder)),
})

var modalOption = object{
	"label": need(text(1, maxOptionText)), "value": need(text(1, maxOptionText)),
	"description": opt(text(0, maxOptionText)), "default": opt(boolean),
}

// labelled are the components that a Label may hold.
var labelled = map[int]object{
	TypeTextInput:         inputSchema,
	TypeStringSelect:      componentSchemas[TypeStringSelect],
	TypeUserSelect:        entitySelectSchema,
	TypeRoleSelect:        entitySelectSchema,
	TypeMentionableSelect: entitySelectSchema,
	TypeChannelSelect:     componentSchemas[TypeChannelSelect],
	TypeFileUpload: baseSchema.with(object{
		"custom_id": need(text(1, maxCustomID)), "min_values": opt(integer(0, maxUploads)), "max_values": opt(integer(1, maxUploads)), "required": opt(boolean),
	}),
	TypeRadioGroup: baseSchema.with(object{
		"custom_id": need(text(1, maxCustomID)), "required": opt(boolean), "options": need(list(2, maxRadioOptions, modalOption.check)),
	}),
	TypeCheckboxGroup: baseSchema.with(object{
		"custom_id": need(text(1, maxCustomID)), "required": opt(boolean), "options": need(list(1, maxRadioOptions, modalOption.check)),
		"min_values": opt(integer(0, maxRadioOptions)), "max_values": opt(integer(1, maxRadioOptions)),
	}),
	TypeCheckbox: baseSchema.with(object{"custom_id": need(text(1, maxCustomID)), "default": opt(boolean)}),
}

var modalSchema = object{
	"custom_id": need(text(1, maxCustomID)), "title": need(text(1, maxModalTitle)),
	"components": need(list(1, maxModalComponents, nothing)),
}

// emptyMessage are the fields of a message that client libraries send empty
// with answers that carry none.
var emptyMessage = object{
	"content": opt(text(0, 0)), "embeds": opt(list(0, 0, nothing)), "components": opt(list(0, 0, nothing)), "tts": opt(boolean),
	"flags": opt(integer(0, 0)),
}

// checkModal checks the data of a modal.
func checkModal(p *problem, v any) {
	emptyMessage.with(modalSchema).check(p, v)
	m, _ := v.(map[string]any)
	l, _ := m["components"].([]any)
	c := &componentCheck{customIDs: map[string]bool{}, ids: map[int]bool{}}
	for i, kid := range l {
		c.modalPart(p.at("components").index(i), kid)
	}
}

// modalPart checks a top-level component of a modal.
func (c *componentCheck) modalPart(p *problem, v any) {
	m, _ := v.(map[string]any)
	switch kind := intOf(m["type"]); kind {
	case TypeTextDisplay:
		componentSchemas[TypeTextDisplay].check(p, v)
		c.identity(p, m)
	case TypeActionRow:
		baseSchema.with(object{"components": need(list(1, 1, nothing))}).check(p, v)
		kids, _ := m["components"].([]any)
		for i, kid := range kids {
			c.modalField(p.at("components").index(i), kid, false)
		}
	case TypeLabel:
		baseSchema.with(object{
			"label": need(text(1, maxLabelText)), "description": opt(text(0, maxLabelDescription)), "component": need(nothing),
		}).check(p, v)
		c.identity(p, m)
		if m["component"] != nil {
			c.modalField(p.at("component"), m["component"], true)
		}
	default:
		p.at("type").add("UNION_TYPE_CHOICES", fmt.Sprintf("Value of field \"type\" must be one of %s.", choiceList([]int{TypeActionRow, TypeTextDisplay, TypeLabel})))
	}
}

// modalField checks a component that a person fills in. In a row it carries
// its own label and can only be a text input.
func (c *componentCheck) modalField(p *problem, v any, inLabel bool) {
	m, _ := v.(map[string]any)
	kind := intOf(m["type"])
	schema := labelled[kind]
	if schema == nil || !inLabel && kind != TypeTextInput {
		p.at("type").add("UNION_TYPE_CHOICES", "This component cannot stand here in a modal.")
		return
	}
	schema.check(p, m)
	c.identity(p, m)
	label, _ := m["label"].(string)
	switch {
	case kind == TypeTextInput && !inLabel && label == "":
		p.at("label").add("BASE_TYPE_REQUIRED", "This field is required")
	case kind == TypeTextInput && inLabel && label != "":
		p.at("label").add("TEXT_INPUT_LABEL_IN_LABEL", "A text input in a Label has no label of its own")
	case kind == TypeStringSelect:
		checkSelect(p, m)
	case kind == TypeRadioGroup || kind == TypeCheckboxGroup:
		options, _ := m["options"].([]any)
		checkOptionValues(p.at("options"), options)
	}
	if m["min_length"] != nil && m["max_length"] != nil && intOf(m["min_length"]) > intOf(m["max_length"]) {
		p.at("min_length").add("BASE_TYPE_MAX_LENGTH", "min_length must not be greater than max_length")
	}
}
