package rehearse

import (
	"regexp"
	"strings"

	"storyteller/internal/fakediscord"
)

// plain renders messages as text for a terminal.
type plain struct {
	in inliner
}

// newPlain reads the names in a room, to tell whom a message mentions.
func newPlain(fake *fakediscord.Server) *plain {
	return &plain{in: inliner{
		now: fake.Now(),
		user: func(id string) string {
			for _, m := range fake.Members("") {
				if m.ID == id {
					return m.DisplayName
				}
			}
			return "unknown"
		},
		channel: func(id string) string {
			for _, c := range fake.Channels("") {
				if c.ID == id {
					return c.Name
				}
			}
			return "unknown"
		},
	}}
}

// message is all that a message says, each part on lines of its own, ending in
// a line end; empty if it says nothing. Buttons are left out: they are no part
// of what is read.
func (p *plain) message(m *fakediscord.Message) string {
	var parts []string
	add := func(s string) {
		if s = strings.TrimRight(s, " \n"); s != "" {
			parts = append(parts, s)
		}
	}
	if !m.V2() {
		add(p.markdown(m.Content))
		for _, e := range m.Embeds {
			add(p.markdown(e.Title))
			add(p.markdown(e.Description))
			for _, f := range e.Fields {
				add(p.markdown(f.Name) + "\n" + p.markdown(f.Value))
			}
		}
		for _, a := range m.Attachments {
			add("[file: " + printable(a.Filename) + "]")
		}
	}
	for i := range m.Components {
		p.component(&m.Components[i], add)
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "\n") + "\n"
}

func (p *plain) component(c *fakediscord.Component, add func(string)) {
	switch c.Type {
	case fakediscord.TypeTextDisplay:
		add(p.markdown(c.Content))
	case fakediscord.TypeThumbnail:
		add(p.picture(c.Description))
	case fakediscord.TypeMediaGallery:
		for _, item := range c.Items {
			add(p.picture(item.Description))
		}
	case fakediscord.TypeFile:
		add("[file: " + printable(c.Name) + "]")
	}
	for i := range c.Components {
		p.component(&c.Components[i], add)
	}
	if c.Accessory != nil {
		p.component(c.Accessory, add)
	}
}

// picture tells a picture by its description.
func (p *plain) picture(alt *string) string {
	if alt == nil || *alt == "" {
		return "[picture]"
	}
	return wrap(printable("[picture: "+*alt+"]"), PrintWidth, "", "")
}

var (
	headingLine = regexp.MustCompile(`^(#{1,3}) +(.+)$`)
	subtextLine = regexp.MustCompile(`^-# +(.+)$`)
	itemLine    = regexp.MustCompile(`^( *)([-*]|\d{1,9}\.) +(\S.*)$`)
	quoteLine   = regexp.MustCompile(`^>(?:>>)? (.*)$`)
)

// markdown is a text's words in lines of at most PrintWidth columns. Titles
// are underlined, the rest keeps the shape it was written in.
func (p *plain) markdown(s string) string {
	var out []string
	fenced := false
	for line := range strings.SplitSeq(printable(s), "\n") {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced && strings.Count(line, "```") == 1
			continue
		}
		if fenced {
			out = append(out, "    "+line)
			continue
		}
		out = append(out, p.line(line))
	}
	return strings.Join(out, "\n")
}

func (p *plain) line(line string) string {
	if m := headingLine.FindStringSubmatch(line); m != nil {
		title := p.in.text(m[2])
		if len(m[1]) == 1 {
			return wrap(title, PrintWidth, "", "") + "\n" + strings.Repeat("=", min(columns(title), PrintWidth))
		}
		return wrap(title, PrintWidth, "", "")
	}
	if m := subtextLine.FindStringSubmatch(line); m != nil {
		line = m[1]
	}
	if m := itemLine.FindStringSubmatch(line); m != nil {
		mark := m[1] + m[2] + " "
		return wrap(p.in.text(m[3]), PrintWidth, mark, strings.Repeat(" ", len(mark)))
	}
	if m := quoteLine.FindStringSubmatch(line); m != nil {
		return wrap(p.in.text(m[1]), PrintWidth, "> ", "> ")
	}
	return wrap(p.in.text(line), PrintWidth, "", "")
}
