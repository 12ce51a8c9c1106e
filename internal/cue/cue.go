// Package cue is what authors write beside ink: the form of the tags that tell the stage how, and the bounds of what a tag
// may ask for. A reading obeys them and the library explains them to authors; both have them from here.
package cue

import (
	"strings"
	"time"
)

// What a reading can be asked to do.
const (
	ShortestVote = 15 * time.Second // less is no time to read the options
	LongestVote  = 24 * time.Hour   // longer is not an evening
	LongestPause = 10 * time.Minute // of silence after one line
	SlowestPace  = 0.25
	FastestPace  = 4
	MaxChoices   = 25 // at one fork: Discord's five rows of five buttons
)

// What it does when it is not asked.
const (
	WordsPerMinute = 220 // an adult's silent reading of fiction; pace 1
	DefaultVote    = 60 * time.Second
)

// Split parts a tag into its name, in lower case, and its value: "pause 4s" and "pause: 4s" are the same.
func Split(tag string) (name, value string) {
	tag = strings.TrimSpace(tag)
	end := strings.IndexFunc(tag, func(r rune) bool { return r == ':' || r == ' ' || r == '\t' })
	if end < 0 {
		return strings.ToLower(tag), ""
	}
	return strings.ToLower(tag[:end]), strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(tag[end:]), ":"))
}

// Picture is a file of the story's folder and what it shows, in words.
type Picture struct {
	File string `json:"file"`
	Alt  string `json:"alt,omitempty"`
}

// ParsePicture reads "FILE | ALT"; in ink, where a bar parts alternatives, the author writes it as "\|".
func ParsePicture(value string) Picture {
	file, alt, _ := strings.Cut(value, "|")
	return Picture{File: strings.TrimSpace(file), Alt: strings.TrimSpace(alt)}
}
