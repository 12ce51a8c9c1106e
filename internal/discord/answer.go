package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"storyteller/internal/commands"

	"github.com/bwmarrin/discordgo"
)

const (
	// firstAnswer is how long after its arrival an interaction may be answered first. Discord waits for 3 s, from a
	// moment that is before the arrival.
	firstAnswer = 2500 * time.Millisecond
	// pressThinks is how long a press may be thought over before the member is told to wait.
	pressThinks = 1500 * time.Millisecond
	// completionThinks is the same for what is being typed. There is no telling to wait, and it is soon out of date.
	completionThinks = 2 * time.Second
	// handleLimit is how long a command may take. Discord would wait for 15 minutes; nobody else would.
	handleLimit = 60 * time.Second
	// maxHandling is how many interactions are handled at once. Others wait their turn.
	maxHandling = 512
	// maxArrived is how many may have arrived, those that are handled included. What waits for its turn is given up after
	// firstAnswer; this keeps a flood within that time from filling the memory: an interaction takes a few kilobytes.
	maxArrived = 4096
)

// What members are told when there is no answer from the commands.
const (
	sayElsewhere = "Stories are told in servers, where a room reads together. In a server, `/story list` shows what there is."
	sayNotOurs   = "This button or command belongs to an older version of me. `/story list` shows what can be read now."
	saySorry     = "Something went wrong on my side. Please try again in a moment; the log has the details."
	sayTooLarge  = "The file is too large to be sent here."
	sayDone      = "Done."
)

// interact deals with one interaction from its arrival to its last word. It is handled after the event that came before it.
func (b *Bot) interact(ctx context.Context, before <-chan struct{}, raw json.RawMessage) {
	arrived := time.Now()
	defer func() {
		if r := recover(); r != nil {
			b.panicked("an interaction", r)
		}
	}()
	i, err := readInteraction(raw)
	if err != nil {
		b.log.Error("an interaction cannot be read", "error", err)
	}
	if !i.answerable() || !b.seen.first(i.ID) {
		return
	}
	first, cancel := context.WithDeadline(ctx, arrived.Add(firstAnswer))
	defer cancel()
	select {
	case b.slots <- struct{}{}:
		defer func() { <-b.slots }()
	case <-first.Done():
		b.log.Error("too many interactions at once: one was not answered", "guild", i.Guild, "channel", i.ChannelID)
		return
	}
	r, refusal := i.request(b.guilds.has)
	switch {
	case err != nil || refusal != nil:
		b.turnDown(first, i, err, refusal)
	case r.Kind == commands.Slash:
		b.answerCommand(ctx, first, before, i, r)
	case r.Kind == commands.Press:
		b.answerPress(ctx, first, before, i, r)
	case r.Kind == commands.Completion:
		b.complete(ctx, first, i, r)
	}
}

// turnDown answers what is not for the commands.
func (b *Bot) turnDown(first context.Context, i *interaction, unread, refusal error) {
	if i.Type == discordgo.InteractionApplicationCommandAutocomplete {
		b.answer(first, i, choicesAnswer(nil), nil)
		return
	}
	say := saySorry
	switch {
	case errors.Is(refusal, errElsewhere):
		say = sayElsewhere
	case errors.Is(refusal, errNotOurs) && unread == nil:
		say = sayNotOurs
	}
	p := private(commands.Reply{Text: say})
	b.answer(first, i, messageAnswer(p), p.files)
}

// answerCommand tells the member to wait, has the command done, and says what came of it. A command of which Discord
// has told the member that it failed is not done.
func (b *Bot) answerCommand(ctx, first context.Context, before <-chan struct{}, i *interaction, r commands.Request) {
	err := b.answer(first, i, waitAnswer(), nil)
	var f *failure
	if errors.As(err, &f) && !f.unknown() {
		return
	}
	after(ctx, before)
	b.follow(ctx, i, b.handle(ctx, handleLimit, r))
}

// answerPress has a press done, which puts a ballot on disk, and only then tells the member. If that takes long, the
// member is told to wait first.
func (b *Bot) answerPress(ctx, first context.Context, before <-chan struct{}, i *interaction, r commands.Request) {
	done := make(chan commands.Reply, 1)
	go func() {
		after(ctx, before)
		done <- b.handle(ctx, handleLimit, r)
	}()
	patience := time.NewTimer(pressThinks)
	defer patience.Stop()
	select {
	case reply := <-done:
		p := private(reply)
		err := b.answer(first, i, messageAnswer(p), p.files)
		if len(p.files) > 0 && tooLarge(err) {
			p = private(commands.Reply{Text: sayTooLarge})
			b.answer(first, i, messageAnswer(p), nil)
		}
	case <-patience.C:
		// Whatever becomes of this answer, the press is done to its end.
		b.answer(first, i, waitAnswer(), nil)
		b.follow(ctx, i, <-done)
	}
}

// complete answers with what can be typed.
func (b *Bot) complete(ctx, first context.Context, i *interaction, r commands.Request) {
	b.answer(first, i, choicesAnswer(b.handle(ctx, completionThinks, r).Choices), nil)
}

// handle has the commands deal with a request. It always gives a reply.
func (b *Bot) handle(ctx context.Context, limit time.Duration, r commands.Request) (reply commands.Reply) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			b.panicked("a command", p)
			reply = commands.Reply{Text: saySorry}
		}
	}()
	return b.cfg.Handler.Handle(ctx, r)
}

func (b *Bot) panicked(what string, r any) {
	// What panics may hold an error of net/http, and that an address.
	b.log.Error("panic in "+what, "panic", redact(fmt.Sprint(r), b.cfg.Token), "stack", string(debug.Stack()))
}

// answer gives the first answer, which Discord takes once. It logs what goes wrong.
func (b *Bot) answer(ctx context.Context, i *interaction, body callback, files []*discordgo.File) error {
	err := b.callback(ctx, i, body, files)
	switch {
	case err == nil:
	case isCode(err, codeUnknownInteraction):
		b.log.Warn("an interaction was answered too late", "guild", i.Guild, "channel", i.ChannelID)
	default:
		b.log.Warn("an interaction could not be answered", "guild", i.Guild, "channel", i.ChannelID, "error", err)
	}
	return err
}

// follow says the last word after the member was told to wait.
func (b *Bot) follow(ctx context.Context, i *interaction, reply commands.Reply) {
	p := private(reply)
	err := b.editOriginal(ctx, i, p)
	if len(p.files) > 0 && tooLarge(err) {
		err = b.editOriginal(ctx, i, private(commands.Reply{Text: sayTooLarge}))
	}
	if err != nil {
		b.log.Warn("the answer to an interaction could not be completed", "guild", i.Guild, "channel", i.ChannelID, "error", err)
	}
}

func tooLarge(err error) bool {
	return isCode(err, codeTooLarge, codeFileTooLarge)
}

// private is a reply as a message for one member. A long text makes it a message of components, which hold more. No
// address in it, whoever wrote it, unfolds into a preview or an invitation.
func private(reply commands.Reply) payload {
	words := reply.Text
	if reply.File != nil && len(reply.File.Body) > maxFile {
		reply.File, words = nil, sayTooLarge
	}
	if blank(words) {
		words = sayDone
	}
	p := payload{Flags: discordgo.MessageFlagsEphemeral}
	switch {
	case reply.File != nil:
		p.Flags |= discordgo.MessageFlagsSuppressEmbeds
		p.Content = clip(words, maxContent)
		p.attach(reply.File.Name, "", reply.File.Body)
	case clip(words, maxContent) == words:
		p.Flags |= discordgo.MessageFlagsSuppressEmbeds
		p.Content = words
	default:
		p.Flags |= discordgo.MessageFlagsIsComponentsV2
		p.Components = []component{text(clipWeight(words, roomBeside(nil)))}
	}
	return p
}
