package rehearse

import (
	"bufio"
	"context"
	"fmt"
	"io"

	"storyteller/internal/fakediscord"
)

// PrintWidth is how many columns a line of Print's text takes at most.
const PrintWidth = 100

// PrintOptions are the settings of Print.
type PrintOptions struct {
	// Channel is the channel to follow.
	Channel string
	// Over is closed when the reading is over: Print then writes what has happened
	// until then, and ends. Nil means never.
	Over <-chan struct{}
}

// Print writes a channel as plain text while it comes about, and what stands
// there already first: every message when it is posted; a vote when it closes,
// with its result, and a short line when it opens. Private replies are left
// out. It ends without error when ctx does, when the channel is deleted, or when
// the reading is Over; an error is the writer's.
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
}

// message prints what a new or edited message adds.
func (p *printer) message(m fakediscord.Message) error {
	before := p.state[m.ID]
	if m.Ephemeral() || m.Flags&loadingFlag != 0 || before == printed {
		return nil
	}
	if votes := voteButtons(&m); len(votes) > 0 {
		if before == openVote {
			return nil // how many have voted so far
		}
		p.state[m.ID] = openVote
		return p.write(fmt.Sprintf("(A vote is open: %d options.)\n", len(votes)))
	}
	text := newPlain(p.fake).message(&m)
	if text == "" {
		return nil
	}
	p.state[m.ID] = printed
	return p.write(text)
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
