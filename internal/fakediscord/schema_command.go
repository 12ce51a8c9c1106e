package fakediscord

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of commands (interactions/application-commands in Discord's
// documentation).
const (
	maxCommandOptions  = 25
	maxCommandChoices  = 25
	maxChoiceText      = 100
	maxDescription     = 100
	maxStringOption    = 6000
	maxCommandText     = 8000
	maxContextName     = 32
	maxChannelTypeList = 20
)

// commandName is what a chat command or option may be called.
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// locales are those that Discord's clients can be set to.
var locales = []string{
	"id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR", "ro", "fi",
	"sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko",
}

// localized checks the translations of a text.
func localized(c check) check {
	return func(p *problem, v any) {
		m, isObject := v.(map[string]any)
		if !isObject {
			p.add("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
			return
		}
		for locale, t := range m {
			if !slices.Contains(locales, locale) {
				p.at(locale).add("BASE_TYPE_CHOICES", "There is no such locale.")
				continue
			}
			c(p.at(locale), t)
		}
	}
}

// chatName is the name of a chat command or option.
func chatName(p *problem, v any) {
	s, _ := v.(string)
	if !commandName.MatchString(s) || s != strings.ToLower(s) {
		p.add("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
	}
}

// choiceValue is a string or a number.
func choiceValue(p *problem, v any) {
	if _, isString := v.(string); isString {
		text(1, maxChoiceText)(p, v)
		return
	}
	number(p, v)
}

var choiceSchema = object{
	"name": need(text(1, maxChoiceText)), "name_localizations": opt(localized(text(1, maxChoiceText))), "value": need(choiceValue),
}

var optionFields = object{
	"type": need(integer(OptionSubcommand, OptionAttachment)), "name": need(chatName), "name_localizations": opt(localized(chatName)),
	"description": need(text(1, maxDescription)), "description_localizations": opt(localized(text(1, maxDescription))),
	"required": opt(boolean), "choices": opt(list(0, maxCommandChoices, choiceSchema.check)), "options": opt(nothing),
	"channel_types": opt(list(0, maxChannelTypeList, integer(0, 255))), "min_value": opt(number), "max_value": opt(number),
	"min_length": opt(integer(0, maxStringOption)), "max_length": opt(integer(1, maxStringOption)), "autocomplete": opt(boolean),
}

var commandFields = object{
	"type": opt(oneOf(CommandChat, CommandUser, CommandMessage)), "name": need(nothing), "name_localizations": opt(nothing),
	"description": opt(text(0, maxDescription)), "description_localizations": opt(localized(text(1, maxDescription))),
	"options": opt(nothing), "default_member_permissions": opt(permissionBits), "dm_permission": opt(boolean),
	"default_permission": opt(boolean), "nsfw": opt(boolean), "id": opt(snowflake),
}

// globalFields are those that only global commands may set.
var globalFields = object{
	"integration_types": opt(list(1, 2, oneOf(0, 1))), "contexts": opt(list(1, 3, oneOf(0, 1, 2))), "handler": opt(unsupported),
}

// guildIgnored are fields that clients send with a guild command although
// they mean nothing there.
var guildIgnored = object{"integration_types": opt(nothing), "contexts": opt(nothing)}

// checkCommands checks a bulk overwrite.
func checkCommands(p *problem, tree any, global bool) {
	l, isList := tree.([]any)
	if !isList {
		p.add("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
		return
	}
	counts, seen := map[int]int{}, map[string]bool{}
	for i, v := range l {
		checkCommand(p.index(i), v, global)
		m, _ := v.(map[string]any)
		kind := commandType(m)
		counts[kind]++
		name, _ := m["name"].(string)
		key := fmt.Sprint(kind, name)
		if seen[key] {
			p.index(i).at("name").add("APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
		}
		seen[key] = true
	}
	for kind, n := range counts {
		if n > maxOfType(kind) {
			p.add("BASE_TYPE_MAX_LENGTH", fmt.Sprintf("Must be %d or fewer in length.", maxOfType(kind)))
		}
	}
}

func commandType(m map[string]any) int {
	if m["type"] == nil {
		return CommandChat
	}
	return intOf(m["type"])
}

// checkCommand checks one command.
func checkCommand(p *problem, tree any, global bool) {
	schema := commandFields.with(globalFields)
	if !global {
		schema = commandFields.with(guildIgnored)
	}
	schema.check(p, tree)
	m, isObject := tree.(map[string]any)
	if !isObject {
		return
	}
	name, _ := m["name"].(string)
	if commandType(m) != CommandChat {
		text(1, maxContextName)(p.at("name"), name)
		if !emptyValue(m["description"]) || !emptyValue(m["options"]) {
			p.add("APPLICATION_COMMAND_CONTEXT_FIELDS", "User and message commands have neither description nor options")
		}
		return
	}
	chatName(p.at("name"), name)
	if m["name_localizations"] != nil {
		localized(chatName)(p.at("name_localizations"), m["name_localizations"])
	}
	description, _ := m["description"].(string)
	text(1, maxDescription)(p.at("description"), description)
	checkOptions(p.at("options"), m["options"], 0)
	if n := commandText(m); n > maxCommandText {
		p.add("APPLICATION_COMMAND_TOO_LARGE", fmt.Sprintf("Command exceeds maximum size (%d)", maxCommandText))
	}
}

// checkOptions checks the options at a depth: 0 of a command, 1 of a group or
// subcommand of it, 2 of a group's subcommand.
func checkOptions(p *problem, v any, depth int) {
	if v == nil {
		return
	}
	list(0, maxCommandOptions, optionFields.check)(p, v)
	l, _ := v.([]any)
	seen, optional, nested, plain := map[string]bool{}, false, false, false
	for i, o := range l {
		m, isObject := o.(map[string]any)
		if !isObject {
			continue
		}
		at := p.index(i)
		name, _ := m["name"].(string)
		if seen[name] {
			at.at("name").add("APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE", "Option names must be unique")
		}
		seen[name] = true
		if m["required"] == true && optional {
			at.at("required").add("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options")
		}
		optional = optional || m["required"] != true
		kind := intOf(m["type"])
		if kind == OptionSubcommand || kind == OptionGroup {
			nested = true
		} else {
			plain = true
		}
		checkOption(at, m, kind, depth)
	}
	if nested && plain {
		p.add("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and sub-command group option types are mutually exclusive to all other types")
	}
}

// checkOption holds the rules between an option's fields.
func checkOption(p *problem, m map[string]any, kind, depth int) {
	forbid := func(why string, keys ...string) {
		for _, key := range keys {
			if !emptyValue(m[key]) && m[key] != false {
				p.at(key).add("APPLICATION_COMMAND_OPTION_FIELD_INVALID", why)
			}
		}
	}
	switch {
	case kind == OptionGroup && depth > 0, kind == OptionSubcommand && depth > 1:
		p.at("type").add("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Subcommands cannot be nested like this")
		return
	case kind == OptionGroup || kind == OptionSubcommand:
		forbid("A subcommand cannot have this field", "required", "choices", "autocomplete", "min_value", "max_value", "min_length", "max_length", "channel_types")
		if kind == OptionGroup && emptyValue(m["options"]) {
			p.at("options").add("BASE_TYPE_REQUIRED", "This field is required")
		}
		checkOptions(p.at("options"), m["options"], depth+1+subcommandDepth(kind, depth))
		return
	}
	forbid("Only subcommands have options", "options")
	isNumber := kind == OptionInteger || kind == OptionNumber
	if kind != OptionString && !isNumber {
		forbid("Only strings and numbers have this field", "choices", "autocomplete")
	}
	if kind != OptionString {
		forbid("Only strings have this field", "min_length", "max_length")
	}
	if !isNumber {
		forbid("Only numbers have this field", "min_value", "max_value")
	}
	if kind != OptionChannel {
		forbid("Only channels have this field", "channel_types")
	}
	if m["autocomplete"] == true && !emptyValue(m["choices"]) {
		p.at("autocomplete").add("APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", "autocomplete and choices exclude each other")
	}
	checkChoices(p.at("choices"), m["choices"], kind)
}

// subcommandDepth makes sure that nothing is nested in a subcommand, wherever
// it stands.
func subcommandDepth(kind, depth int) int {
	if kind == OptionSubcommand {
		return 1 - depth
	}
	return 0
}

// checkChoices checks that values fit the option's type and names are unique.
func checkChoices(p *problem, v any, kind int) {
	l, _ := v.([]any)
	seen := map[string]bool{}
	for i, c := range l {
		m, _ := c.(map[string]any)
		_, isString := m["value"].(string)
		_, isInt := wholeNumber(m["value"])
		if isString != (kind == OptionString) || kind == OptionInteger && !isInt {
			p.index(i).at("value").add("APPLICATION_COMMAND_OPTIONS_CHOICES_VALUE_INVALID", "The value does not fit the option's type")
		}
		name, _ := m["name"].(string)
		if seen[name] {
			p.index(i).at("name").add("APPLICATION_COMMAND_OPTIONS_CHOICES_NAME_DUPLICATE", "Choice names must be unique")
		}
		seen[name] = true
	}
}

// commandText counts the names, descriptions and choice values of a command,
// each in its longest translation.
func commandText(m map[string]any) int {
	n := longest(m["name"], m["name_localizations"]) + longest(m["description"], m["description_localizations"])
	if value, isString := m["value"].(string); isString {
		n += utf8.RuneCountInString(value)
	}
	for _, key := range []string{"options", "choices"} {
		l, _ := m[key].([]any)
		for _, v := range l {
			if kid, isObject := v.(map[string]any); isObject {
				n += commandText(kid)
			}
		}
	}
	return n
}

func longest(v, translations any) int {
	s, _ := v.(string)
	n := runes(s)
	m, _ := translations.(map[string]any)
	for _, t := range m {
		if s, isString := t.(string); isString {
			n = max(n, runes(s))
		}
	}
	return n
}
