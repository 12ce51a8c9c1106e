package library

import (
	"strings"
	"time"

	"storyteller/internal/cue"
)

// Meta is what is known of a story before it is told: what its author says in tags, and what can be counted.
type Meta struct {
	Title    string        `json:"title"` // never empty
	Author   string        `json:"author,omitempty"`
	Blurb    string        `json:"blurb,omitempty"`
	Language string        `json:"language,omitempty"` // BCP 47
	Warning  string        `json:"warning,omitempty"`  // about the content
	Color    int           `json:"color,omitempty"`    // 0xRRGGBB; 0 is none
	Cover    cue.Picture   `json:"cover,omitzero"`
	Pace     float64       `json:"pace,omitempty"` // 1 is cue.WordsPerMinute; 0 if the author does not say
	Vote     time.Duration `json:"vote,omitempty"` // how long votes are open; 0 if the author does not say
	Lead     string        `json:"lead,omitempty"`
	Endings  []string      `json:"endings,omitempty"` // names of the endings in order of the source, each once
	Words    int           `json:"words,omitempty"`   // in the whole story, about
	Minutes  int           `json:"minutes,omitempty"` // that a typical reading takes; 0 if no play-through came to an end
	Votes    int           `json:"votes,omitempty"`   // that a typical reading has
}

// readMeta reads the tags about the whole story. What cannot be read is left at zero: lintTags names it.
func (d *draft) readMeta() {
	m := &d.story.Meta
	seen := make(map[string]bool)
	for _, text := range d.program.GlobalTags() {
		name, value := cue.Split(text)
		if seen[name] {
			continue
		}
		seen[name] = true
		m.set(name, value)
	}
	if m.Title == "" {
		m.Title = titleOf(d.story.ID)
		if !seen["title"] {
			d.findings.add(Warning, place{file: d.main}, `put "# title: …" at the top of the file`, "the story has no title; it will be called %q", m.Title)
		}
	}
	for _, t := range tags(d.sources) {
		if name := t.value; d.named()[name] == t {
			m.Endings = append(m.Endings, name)
		}
	}
	for _, s := range d.sources {
		m.Words += s.words
	}
}

func (m *Meta) set(name, value string) {
	switch name {
	case "title":
		m.Title = value
	case "author":
		m.Author = value
	case "blurb":
		m.Blurb = value
	case "language":
		m.Language = value
	case "warning":
		m.Warning = value
	case "lead":
		m.Lead = value
	case "cover":
		m.Cover = cue.ParsePicture(value)
	case "color":
		m.Color, _ = parseColor(value)
	case "pace":
		m.Pace, _ = parsePace(value)
	case "vote":
		m.Vote, _ = parseVote(value)
	}
}

// titleOf makes a title of a folder's name: "the-last-dance" is "The last dance".
func titleOf(id string) string {
	title := strings.Join(strings.FieldsFunc(id, func(r rune) bool { return r == '-' || r == '_' || r == ' ' }), " ")
	if title == "" {
		return id
	}
	for i, r := range title {
		if i == 0 {
			title = strings.ToUpper(string(r)) + title[len(string(r)):]
		}
	}
	return title
}
