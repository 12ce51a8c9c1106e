package reading

import (
	"strings"
	"time"

	"storyteller/internal/cue"
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
	image   *cue.Picture
	voteFor time.Duration // length of the next vote
}

// direct reads the tags of a line. What it does not know is left to other players: checking a story names it.
func direct(tags []string) directives {
	var d directives
	for _, tag := range tags {
		switch name, value := cue.Split(tag); name {
		case "beat":
			d.breaks = true
		case "pause":
			d.rest = duration(value, cue.LongestPause)
		case "speaker":
			d.speaker = value
		case "chapter":
			d.chapter = value
		case "ending":
			d.ending = value
		case "image":
			p := cue.ParsePicture(value)
			d.image = &p
		case "vote":
			d.voteFor = duration(value, cue.LongestVote)
		}
	}
	return d
}

// opens says whether the line has to begin a new beat.
func (d directives) opens() bool {
	return d.breaks || d.chapter != "" || d.image != nil
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
		switch name, value := cue.Split(tag); name {
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
