package fakediscord

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of messages (resources/message in Discord's documentation), counted
// in code points.
const (
	maxContent      = 2000
	maxEmbeds       = 10
	maxAttachments  = 10
	maxNonce        = 25
	maxStickers     = 3
	maxMentionList  = 100
	maxFilename     = 1024
	maxEmbedTitle   = 256
	maxEmbedText    = 4096
	maxEmbedFields  = 25
	maxFieldName    = 256
	maxFieldValue   = 1024
	maxEmbedFooter  = 2048
	maxEmbedAuthor  = 256
	maxEmbedsTotal  = 6000
	maxThreadName   = 100
	maxSlowmode     = 21600
	maxAutocomplete = 25
)

// Message flags.
const (
	FlagSuppressEmbeds        = 1 << 2
	FlagHasThread             = 1 << 5
	FlagEphemeral             = 1 << 6
	FlagLoading               = 1 << 7
	FlagSuppressNotifications = 1 << 12
	FlagComponentsV2          = 1 << 15

	// createFlags are those that a new message may have. Voice messages are
	// not spoken here.
	createFlags   = FlagSuppressEmbeds | FlagSuppressNotifications | FlagComponentsV2
	callbackFlags = createFlags | FlagEphemeral
	editFlags     = FlagSuppressEmbeds | FlagComponentsV2
)

func runes(s string) int { return utf8.RuneCountInString(s) }

func contains(l []int, v int) bool { return slices.Contains(l, v) }

var embedMedia = object{"url": need(webURL(maxMediaURL, "http", "https", "attachment"))}.check

var embedSchema = object{
	"title": opt(text(0, maxEmbedTitle)), "description": opt(text(0, maxEmbedText)), "type": opt(text(0, 32)),
	"url": opt(webURL(maxMediaURL, "http", "https")), "timestamp": opt(iso8601), "color": opt(integer(0, maxAccentColor)),
	"image": opt(embedMedia), "thumbnail": opt(embedMedia),
	"footer": opt(object{
		"text": need(text(1, maxEmbedFooter)), "icon_url": opt(webURL(maxMediaURL, "http", "https", "attachment")),
	}.check),
	"author": opt(object{
		"name": need(text(1, maxEmbedAuthor)), "url": opt(webURL(maxMediaURL, "http", "https")),
		"icon_url": opt(webURL(maxMediaURL, "http", "https", "attachment")),
	}.check),
	"fields": opt(list(0, maxEmbedFields, object{
		"name": need(text(1, maxFieldName)), "value": need(text(1, maxFieldValue)), "inline": opt(boolean),
	}.check)),
}

var mentionsSchema = object{
	"parse": opt(list(0, 3, oneOf("users", "roles", "everyone"))),
	"users": opt(list(0, maxMentionList, snowflake)), "roles": opt(list(0, maxMentionList, snowflake)),
	"replied_user": opt(boolean),
}

var attachmentSchema = object{
	"id": need(attachmentID), "filename": opt(text(1, maxFilename)), "description": opt(text(0, maxAltText)),
	"title": opt(text(0, maxFilename)), "is_spoiler": opt(boolean),
	// Of voice messages only; discord.js leaves them empty in any other.
	"waveform": opt(text(0, 0)), "duration_secs": opt(integer(0, 0)),
	// What a client that sends back what it received leaves in; ignored.
	"url": opt(nothing), "proxy_url": opt(nothing), "size": opt(nothing), "content_type": opt(nothing),
	"width": opt(nothing), "height": opt(nothing), "ephemeral": opt(nothing),
}

// attachmentID is a file's number or the id of an attachment that is kept.
func attachmentID(p *problem, v any) {
	if _, ok := wholeNumber(v); ok {
		return
	}
	snowflake(p, v)
}

// nonce is an integer or a short string.
func nonce(p *problem, v any) {
	if _, ok := wholeNumber(v); ok {
		return
	}
	text(0, maxNonce)(p, v)
}

// bodySchema are the fields that every way of writing a message shares.
// Components are checked apart, since their rules depend on the flags.
var bodySchema = object{
	"content": opt(text(0, maxContent)), "embeds": opt(all(list(0, maxEmbeds, embedSchema.check), checkEmbedTotal)),
	"components": opt(nothing), "allowed_mentions": opt(checkMentions),
	"attachments": opt(list(0, maxAttachments, attachmentSchema.check)),
	// discord.js says no to these with whatever it writes.
	"tts": opt(no), "enforce_nonce": opt(no),
}

// no is a field that has a meaning elsewhere and may only be false here.
func no(p *problem, v any) {
	if v != false {
		p.add("UNKNOWN_FIELD", "Discord has no such field here and would ignore it")
	}
}

var (
	createSchema = bodySchema.with(object{
		"flags": opt(bits(createFlags)), "tts": opt(boolean), "nonce": opt(nonce), "enforce_nonce": opt(boolean),
		"sticker_ids":       opt(list(0, maxStickers, all(snowflake, unsupported))),
		"message_reference": opt(referenceSchema.check),
		"poll":              opt(pollSchema.check), "shared_client_theme": opt(unsupported),
	})
	editSchema     = bodySchema.with(object{"poll": opt(unsupported), "flags": opt(bits(allFlags)), "sticker_ids": opt(list(0, 0, nothing))})
	callbackSchema = bodySchema.with(object{"flags": opt(bits(callbackFlags)), "tts": opt(boolean), "poll": opt(unsupported)})
	updateSchema   = bodySchema.with(object{"flags": opt(bits(allFlags)), "tts": opt(boolean)})
	webEditSchema  = bodySchema.with(object{"flags": opt(bits(allFlags)), "poll": opt(unsupported)})
	starterSchema  = bodySchema.with(object{
		"flags": opt(bits(FlagSuppressEmbeds | FlagSuppressNotifications | FlagComponentsV2)), "sticker_ids": opt(list(0, maxStickers, all(snowflake, unsupported))),
	})
	referenceSchema = object{
		"type": opt(integer(0, 0)), "message_id": need(snowflake), "channel_id": opt(snowflake),
		"guild_id": opt(snowflake), "fail_if_not_exists": opt(boolean),
	}
)

// allFlags are those that an edit may name, since it must repeat the ones
// already set; that no other is changed is checked against the message.
const allFlags = 1<<16 - 1

func checkEmbedTotal(p *problem, v any) {
	total := 0
	l, _ := v.([]any)
	for _, e := range l {
		m, _ := e.(map[string]any)
		total += trimmed(m["title"]) + trimmed(m["description"])
		footer, _ := m["footer"].(map[string]any)
		author, _ := m["author"].(map[string]any)
		total += trimmed(footer["text"]) + trimmed(author["name"])
		fields, _ := m["fields"].([]any)
		for _, f := range fields {
			fm, _ := f.(map[string]any)
			total += trimmed(fm["name"]) + trimmed(fm["value"])
		}
	}
	if total > maxEmbedsTotal {
		p.add("MAX_EMBED_SIZE_EXCEEDED", fmt.Sprintf("Embed size exceeds maximum size of %d", maxEmbedsTotal))
	}
}

func trimmed(v any) int {
	s, _ := v.(string)
	return runes(strings.TrimSpace(s))
}

// checkMentions checks allowed_mentions: a kind is either parsed or listed.
func checkMentions(p *problem, v any) {
	mentionsSchema.check(p, v)
	m, _ := v.(map[string]any)
	parse, _ := m["parse"].([]any)
	for _, kind := range parse {
		name, _ := kind.(string)
		if l, _ := m[name].([]any); len(l) > 0 {
			p.at("parse").add("MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", fmt.Sprintf("parse:[%q] and %s: [ids...] are mutually exclusive.", name, name))
		}
	}
}

// checkBody checks a message body whose final flags are known.
func checkBody(p *problem, schema object, tree any, v2 bool) {
	schema.check(p, tree)
	m, ok := tree.(map[string]any)
	if !ok {
		return
	}
	if m["components"] != nil {
		checkComponents(p.at("components"), m["components"], v2)
	}
	if !v2 {
		return
	}
	for _, key := range []string{"content", "embeds", "sticker_ids", "poll"} {
		if !emptyValue(m[key]) {
			p.at(key).add("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
				fmt.Sprintf("The '%s' field cannot be used when using MessageFlags.IS_COMPONENTS_V2", key))
		}
	}
}

// emptyValue reports whether a field is absent, null, "" or [].
func emptyValue(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	}
	return false
}
