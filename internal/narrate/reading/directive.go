package reading

import (
	"strings"
	"time"

	"storyteller/internal/ink"
)

// Passage is a line of the story with the tags on it.
type Passage struct {
	Text string   `json:"text"`
	Tags []string `json:"tags,omitempty"`
}

// directives are what the tags of a line ask for.
type directives struct {
	breaks  bool          // start a new beat
	rest    time.Duration // more silence after the line
	speaker string
	chapter string
	ending  string
	image   *Picture
	voteFor time.Duration // length of the next vote
}

// Tag splits an author's tag into its name and what follows: "pause 4s" and "pause: 4s" are the same.
func Tag(tag string) (name, value string) {
	tag = strings.TrimSpace(tag)
	end := strings.IndexFunc(tag, func(r rune) bool { return r == ':' || r == ' ' || r == '\t' })
	if end < 0 {
		return strings.ToLower(tag), ""
	}
	return strings.ToLower(tag[:end]), strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(tag[end:]), ":"))
}

// direct reads the tags of a line. What it does not know is left to other players: checking a story names it.
func direct(tags []string) directives {
	var d directives
	for _, tag := range tags {
		switch name, value := Tag(tag); name {
		case "beat":
			d.breaks = true
		case "pause":
			d.rest = duration(value, LongestRest)
		case "speaker":
			d.speaker = value
		case "chapter":
			d.chapter = value
		case "ending":
			d.ending = value
		case "image":
			p := ParsePicture(value)
			d.image = &p
		case "vote":
			d.voteFor = duration(value, LongestVote)
		}
	}
	return d
}

// opens says whether the line has to begin a new beat.
func (d directives) opens() bool {
	return d.breaks || d.chapter != "" || d.image != nil
}

// ParsePicture reads "FILE | ALT".
func ParsePicture(value string) Picture {
	file, alt, _ := strings.Cut(value, "|")
	return Picture{File: strings.TrimSpace(file), Alt: strings.TrimSpace(alt)}
}

// duration reads "4s" or "1m30s"; what is no duration, or a negative one, asks for nothing.
func duration(value string, most time.Duration) time.Duration {
	d, err := time.ParseDuration(value)
	if err != nil || d < 0 {
		return 0
	}
	return min(d, most)
}

// option is an ink choice as the room sees it.
func option(c ink.Choice) Option {
	o := Option{Text: strings.TrimSpace(c.Text), Index: c.Index}
	if o.Text == "" {
		o.Text = "…"
	}
	for _, tag := range c.Tags {
		switch name, value := Tag(tag); name {
		case "default":
			o.Default = true
		case "emoji":
			o.Emoji = value
		case "style":
			o.Danger = value == "danger"
		}
	}
	return o
}
