package rehearse

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"storyteller/internal/fakediscord"
)

// PrintWidth is how many columns a line of Print's text takes at most.
const PrintWidth = 100

// voteHold is how long a vote must have been open before the text tells of it,
// unless something else is told first: one that closes at once is told by its
// result alone.
const voteHold = time.Second

// PrintOptions are the settings of Print.
type PrintOptions struct {
	// Channel is the channel to follow.
	Channel string
	// Over is closed when the reading is over: Print then writes what has happened
	// until then, and ends. Nil means never.
	Over <-chan struct{}
}

// Print writes a channel as plain text while it comes about, and what stands
// there already first: every message when it is posted; a vote's options while
// it is open, and its result when it closes. Private replies are left out. It
// ends without error when ctx does, when the channel is deleted, or when the
// reading is Over; an error is the writer's.
func Print(ctx context.Context, fake *fakediscord.Server, w io.Writer, o PrintOptions) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	p := &printer{fake: fake, o: o, out: bufio.NewWriter(w), state: map[string]printState{}}
	seen := fake.LastEvent()
	events := fake.Subscribe(ctx)
	for _, m := range fake.Messages(o.Channel) {
		if err := p.message(m); err != nil {
			return err
		}
	}
	over, last := o.Over, int64(-1)
	for last < 0 || seen < last {
		select {
		case e, going := <-events:
			if !going || e.Type == "channel_delete" && e.ID == o.Channel {
				return nil
			}
			seen = e.Seq
			if err := p.event(e); err != nil {
				return err
			}
		case <-p.held.due:
			if err := p.release(); err != nil {
				return err
			}
		case <-over:
			over, last = nil, fake.LastEvent()
		}
	}
	return nil
}

// event prints what an event adds.
func (p *printer) event(e fakediscord.Event) error {
	switch {
	case e.Type == "delete" && e.ChannelID == p.o.Channel:
		delete(p.state, e.ID)
		p.forget(e.ID)
	case (e.Type == "message" || e.Type == "edit") && e.Message != nil && e.Message.ChannelID == p.o.Channel:
		return p.message(*e.Message)
	}
	return nil
}

// printState is how far the text tells a message.
type printState int

const (
	unknown printState = iota
	openVote
	printed
)

type printer struct {
	fake  *fakediscord.Server
	o     PrintOptions
	out   *bufio.Writer
	state map[string]printState // by message id
	held  heldVote
}

// heldVote is an open vote that the text does not tell of yet.
type heldVote struct {
	message string // its id; empty when none is held
	text    string
	due     <-chan time.Time
}

// message prints what a new or edited message adds.
func (p *printer) message(m fakediscord.Message) error {
	before := p.state[m.ID]
	if m.Ephemeral() || m.Flags&loadingFlag != 0 {
		return nil
	}
	if votes := voteButtons(&m); len(votes) > 0 {
		if before == openVote {
			return nil // how many have voted so far
		}
		if err := p.release(); err != nil {
			return err
		}
		p.state[m.ID] = openVote
		p.held = heldVote{message: m.ID, text: openVoteText(votes), due: time.After(voteHold)}
		return nil
	}
	text := newPlain(p.fake).message(&m)
	if before == printed || text == "" {
		return nil
	}
	p.forget(m.ID)
	if err := p.release(); err != nil {
		return err
	}
	p.state[m.ID] = printed
	return p.write(text)
}

// openVoteText lists the options of a vote as its buttons do.
func openVoteText(votes []button) string {
	var out strings.Builder
	fmt.Fprintf(&out, "Vote %s is open:\n", strings.TrimPrefix(votes[0].action, "v"))
	for i, v := range votes {
		mark := fmt.Sprintf("%d. ", i+1)
		label := strings.TrimPrefix(printable(v.label), mark) // the bot's labels may be numbered
		out.WriteString(wrap(label, PrintWidth, mark, strings.Repeat(" ", len(mark))) + "\n")
	}
	return out.String()
}

// release tells of the vote that is held back, if there is one.
func (p *printer) release() error {
	held := p.held
	p.held = heldVote{}
	if held.message == "" {
		return nil
	}
	return p.write(held.text)
}

// forget drops the vote that is held back, if it is this message.
func (p *printer) forget(message string) {
	if p.held.message == message {
		p.held = heldVote{}
	}
}

// write writes one message and the blank line after it.
func (p *printer) write(text string) error {
	if _, err := p.out.WriteString(text + "\n"); err != nil {
		return fmt.Errorf("write the reading: %w", err)
	}
	if err := p.out.Flush(); err != nil {
		return fmt.Errorf("write the reading: %w", err)
	}
	return nil
}

// loadingFlag marks the placeholder of a deferred answer.
const loadingFlag = 1 << 7
