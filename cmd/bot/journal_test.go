package main

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"storyteller/internal/fakediscord"
)

// journal writes down what people see, in order.
type journal struct {
	room *room

	mu      sync.Mutex
	lines   []line
	numbers map[string]int               // of a message, by id
	shown   map[string]string            // what a message looked like last
	buttons map[string]map[string]string // custom ids ever seen, by message and label
	order   []string                     // messages, oldest first
	reading string                       // id of the newest reading whose buttons were seen
}

func newJournal(r *room) *journal {
	return &journal{room: r, numbers: map[string]int{}, shown: map[string]string{}, buttons: map[string]map[string]string{}}
}

// line is one thing that people see.
type line struct {
	at    time.Duration
	class int // what comes first of things that happen at the same moment
	head  string
	block string
}

// What happens at the same moment reaches different people in no order in particular; it is written in this one.
const (
	act = iota
	private
	direct // it takes another way than the answer that is private, and may be there before it
	typing
	public
)

func (j *journal) text() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	slices.SortStableFunc(j.lines, func(a, b line) int {
		return cmp.Or(cmp.Compare(a.at.Round(100*time.Millisecond), b.at.Round(100*time.Millisecond)), cmp.Compare(a.class, b.class))
	})
	var b strings.Builder
	for _, l := range j.lines {
		at := l.at.Round(100 * time.Millisecond)
		fmt.Fprintf(&b, "%s.%d %s\n", clock(at), at.Milliseconds()%1000/100, l.head)
		for line := range strings.SplitSeq(strings.TrimRight(l.block, "\n"), "\n") {
			if l.block != "" {
				b.WriteString(strings.TrimRight("    | "+line, " ") + "\n")
			}
		}
	}
	return b.String()
}

// say writes what somebody does, and under it what comes of it.
func (j *journal) say(text string, block ...string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.write(act, text, strings.Join(block, "\n"))
}

func (j *journal) write(class int, head, block string) {
	j.lines = append(j.lines, line{at: time.Since(j.room.began), class: class, head: head, block: block})
}

// note writes an event of the room.
func (j *journal) note(e fakediscord.Event) {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch e.Type {
	case "typing":
		j.write(typing, "(typing)", "")
	case "message", "edit":
		if e.Message.Author.Bot { // what people write is written down where they do
			j.message(e.Type, e.Message)
		}
	case "ephemeral":
		if e.Message.Flags&fakediscord.FlagLoading != 0 {
			return // still thinking
		}
		j.write(private, "only to "+j.name(e.User)+":", j.render(e.Message))
	case "direct":
		j.write(direct, "by direct message to "+j.name(e.User)+":", j.render(e.Message))
	case "delete":
		j.write(public, fmt.Sprintf("#%d is deleted", j.numbers[e.ID]), "")
	case "interaction":
		if e.State == fakediscord.StateFailed {
			j.write(private, j.name(e.User)+" sees: "+e.Error, "")
		}
	}
}

func (j *journal) message(kind string, m *fakediscord.Message) {
	if _, known := j.numbers[m.ID]; !known {
		j.numbers[m.ID] = len(j.numbers) + 1
		j.order = append(j.order, m.ID)
	}
	text := j.render(m)
	if kind == "edit" && text == j.shown[m.ID] {
		return
	}
	j.shown[m.ID] = text
	what := "#" + strconv.Itoa(j.numbers[m.ID])
	if m.ChannelID != j.room.first {
		what += " in another channel"
	}
	if kind == "edit" {
		what += " now reads"
	}
	j.write(public, what+":", text)
}

// render writes a message as plainly as can be, its buttons in brackets.
func (j *journal) render(m *fakediscord.Message) string {
	var b strings.Builder
	if m.Content != "" {
		b.WriteString(m.Content + "\n")
	}
	for i := range m.Components {
		j.component(&b, m.ID, &m.Components[i])
	}
	for _, a := range m.Attachments {
		fmt.Fprintf(&b, "<file %s: %s>\n", a.Filename, a.Description)
	}
	return j.plain(b.String())
}

func (j *journal) component(b *strings.Builder, message string, c *fakediscord.Component) {
	switch c.Type {
	case fakediscord.TypeActionRow:
		var labels []string
		for i := range c.Components {
			button := &c.Components[i]
			labels = append(labels, "["+button.Label+"]")
			if j.buttons[message] == nil {
				j.buttons[message] = map[string]string{}
			}
			j.buttons[message][button.Label] = button.CustomID
			if parts := strings.Split(button.CustomID, ":"); len(parts) > 1 {
				j.reading = parts[1]
			}
		}
		b.WriteString(strings.Join(labels, " ") + "\n")
	case fakediscord.TypeTextDisplay:
		b.WriteString(c.Content + "\n")
	case fakediscord.TypeMediaGallery:
		for _, item := range c.Items {
			alt := ""
			if item.Description != nil {
				alt = *item.Description
			}
			b.WriteString("<picture: " + alt + ">\n")
		}
	case fakediscord.TypeSeparator:
		b.WriteString("---\n")
	default:
		for i := range c.Components {
			j.component(b, message, &c.Components[i])
		}
	}
}

var (
	stamp   = regexp.MustCompile(`(\\*)<t:(\d+):R>`)
	mention = regexp.MustCompile(`(\\*)<@(\d+)>`)
	channel = regexp.MustCompile(`(\\*)<#(\d+)>`)
)

// plain replaces what differs from run to run.
func (j *journal) plain(text string) string {
	text = unescaped(stamp, text, func(seconds string) string {
		at, _ := strconv.ParseInt(seconds, 10, 64)
		return fmt.Sprintf("{at %s}", clock(time.Unix(at, 0).Sub(j.room.began)))
	})
	text = unescaped(mention, text, func(id string) string { return "@" + j.name(id) })
	return unescaped(channel, text, func(string) string { return "#channel" })
}

// unescaped replaces what pattern finds, unless a backslash takes its meaning away.
func unescaped(pattern *regexp.Regexp, text string, with func(inside string) string) string {
	return pattern.ReplaceAllStringFunc(text, func(found string) string {
		parts := pattern.FindStringSubmatch(found)
		if len(parts[1])%2 == 1 {
			return found
		}
		return parts[1] + with(parts[2])
	})
}

func clock(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}

func (j *journal) name(id string) string {
	for name, member := range j.room.members {
		if member == id {
			return name
		}
	}
	return id
}

// findButton finds the newest message that has, or had, a button with this label.
func (r *room) findButton(label string) (message, custom string, err error) {
	j := r.seen
	j.mu.Lock()
	defer j.mu.Unlock()
	for i := len(j.order) - 1; i >= 0; i-- {
		for text, custom := range j.buttons[j.order[i]] {
			if text == label || strings.HasSuffix(text, ". "+label) {
				return j.order[i], custom, nil
			}
		}
	}
	return "", "", fmt.Errorf("no message has a button %q", label)
}

// find finds a message by its number, as in "#3", or the newest one.
func (r *room) find(number string) (id string, n int, err error) {
	j := r.seen
	j.mu.Lock()
	defer j.mu.Unlock()
	if number == "newest" {
		number = strconv.Itoa(len(j.order))
	}
	n, err = strconv.Atoi(strings.TrimPrefix(number, "#"))
	if err != nil {
		return "", 0, err
	}
	if n < 1 || n > len(j.order) {
		return "", 0, fmt.Errorf("there is no message #%d", n)
	}
	return j.order[n-1], n, nil
}
