package discord

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"

	"github.com/bwmarrin/discordgo"
)

// nonceWindow is how long after the first try a second one is safe by its nonce alone. Discord speaks of "a few
// minutes"; this stays below.
const nonceWindow = 2 * time.Minute

var _ narrate.Stage = (*Bot)(nil)

// Post shows a new message and returns its id. Errors that the stage understands are a *narrate.StageError; any other
// means that the message may be on screen.
//
// A message that was shown by an earlier try and has been deleted since counts as shown. Its id is lost, so one is
// returned that no message has: whoever edits it learns that the message is missing.
func (b *Bot) Post(ctx context.Context, p narrate.Posting) (string, error) {
	ctx = withGuild(withPriority(ctx, priorityFor(p.Message)), p.Place.Guild)
	if p.Inherited || !p.Tried.IsZero() {
		left := nonceWindow // since the history was read
		if p.Inherited || nonceForgotten(p.Tried, time.Now()) {
			id, err := b.findShown(ctx, p)
			if id != "" || err != nil {
				return id, classify(err)
			}
		} else {
			left -= time.Since(p.Tried)
		}
		// A call that waits for its turn until the nonce is forgotten must not go out. So it does not wait behind those
		// that have not waited yet: they may be so many that it would never go out.
		ctx = withPriority(ctx, first)
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, left)
		defer cancel()
	}
	id, err := b.inOpenThread(ctx, p, func() (string, error) {
		return b.simplify(p, len(p.Picture) > 0, func(l look) (string, error) { return b.create(ctx, p, l) })
	})
	if isCode(err, codeUnknownMessage) {
		b.log.Warn("a message was deleted before it was known to be shown", "channel", p.Place.Channel, "reading", p.Reading)
		return strconv.FormatUint(newestKnown(p)+1, 10), nil
	}
	return id, classify(err)
}

// nonceForgotten says whether Discord may have forgotten a nonce that was first used at tried. The machine's clock may have
// been set since, and the one that only goes forward stands still while the machine sleeps, so both must agree that it
// was a short time ago.
func nonceForgotten(tried, now time.Time) bool {
	return now.Sub(tried) > nonceWindow || now.Round(0).Sub(tried.Round(0)).Abs() > nonceWindow
}

// Edit makes the message p.Message.ID look like p.Message. Errors are as those of Post.
func (b *Bot) Edit(ctx context.Context, p narrate.Posting) error {
	if !isSnowflake(p.Message.ID) {
		return &narrate.StageError{Reason: reading.MessageMissing, Err: errors.New("a message to be edited has no id")}
	}
	ctx = withGuild(withPriority(ctx, priorityFor(p.Message)), p.Place.Guild)
	_, picture := pictureOf(p)
	picture = picture && !b.plain.has(p.Message.ID)
	_, err := b.inOpenThread(ctx, p, func() (string, error) {
		return b.simplify(p, picture, func(l look) (string, error) { return "", b.change(ctx, p, l) })
	})
	return classify(err)
}

// Typing shows for some seconds that a message is near.
func (b *Bot) Typing(ctx context.Context, place reading.Place) error {
	ctx = withGuild(withPriority(ctx, last), place.Guild)
	_, err := b.call(ctx, "typing", http.MethodPost, discordgo.EndpointChannelTyping(place.Channel), "", nil)
	return classify(err)
}

// priorityFor says how urgent a message is: what a vote came to before what is told, counts brought up to date last. A
// count has no key; an edit that has one is part of what is told, and more of the reading waits behind it.
func priorityFor(m reading.Message) priority {
	switch {
	case m.Key == "":
		return last
	case m.Poll != nil && m.Poll.Status.Closed():
		return first
	}
	return normal
}

// inOpenThread shows a message; where that fails because the thread has been archived, it opens the thread and shows it
// again. Whoever may write in a thread may open it, unless it is locked: then that is the error.
func (b *Bot) inOpenThread(ctx context.Context, p narrate.Posting, show func() (string, error)) (string, error) {
	id, err := show()
	if !isCode(err, codeArchivedThread) {
		return id, err
	}
	address := discordgo.EndpointChannel(p.Place.Channel)
	if _, err := b.call(ctx, "open the thread", http.MethodPatch, address, "application/json", []byte(`{"archived":false}`)); err != nil {
		return "", err
	}
	b.log.Info("an archived thread was opened again", "channel", p.Place.Channel, "reading", p.Reading)
	return show()
}

// simplify shows a message; where Discord refuses it for a file or an emoji, it shows it without.
func (b *Bot) simplify(p narrate.Posting, picture bool, show func(look) (string, error)) (string, error) {
	l := look{picture: picture, emoji: true}
	id, err := show(l)
	if err == nil || !l.picture && !hasEmoji(p.Message) {
		return id, err
	}
	if isCode(err, codeTooLarge, codeFileTooLarge, codeTooManyAttachments, codeInvalidBody) || isStatus(err, http.StatusRequestEntityTooLarge) {
		b.log.Warn("Discord refused a message; it is shown without its picture and emoji",
			"channel", p.Place.Channel, "reading", p.Reading, "error", err)
		id, err = show(look{})
		if err == nil && l.picture {
			b.plain.first(cmp.Or(id, p.Message.ID))
		}
	}
	return id, err
}

// maxPlain is how many messages are remembered that are shown without their pictures. Of one that is forgotten, Discord
// refuses an edit with the picture before it gets one without.
const maxPlain = 1024

func hasEmoji(m reading.Message) bool {
	if m.Poll == nil || m.Poll.Status.Closed() {
		return false
	}
	for _, o := range m.Poll.Options {
		if o.Emoji != "" {
			return true
		}
	}
	return false
}

// create posts a message.
func (b *Bot) create(ctx context.Context, p narrate.Posting, l look) (string, error) {
	body := payload{
		Flags: discordgo.MessageFlagsIsComponentsV2, Components: mark(render(p, l), markerOf(p)),
		Nonce: nonce(p.Reading, p.Message.Key), EnforceNonce: true,
	}
	if picture, shown := pictureOf(p); shown && l.picture {
		body.attach(fileName(picture), picture.Alt, p.Picture)
	}
	answer, err := b.send(ctx, "post", http.MethodPost, discordgo.EndpointChannelMessages(p.Place.Channel), body)
	if err != nil {
		return "", err
	}
	return idOf("post", answer) // where it cannot be read, the same nonce tells next time
}

// change edits a message. A picture that came with it stays, as no attachments are named.
func (b *Bot) change(ctx context.Context, p narrate.Posting, l look) error {
	body := payload{Flags: discordgo.MessageFlagsIsComponentsV2, Components: mark(render(p, l), markerOf(p))}
	_, err := b.send(ctx, "edit", http.MethodPatch, discordgo.EndpointChannelMessage(p.Place.Channel, p.Message.ID), body)
	return err
}

func (b *Bot) send(ctx context.Context, what, method, address string, body payload) ([]byte, error) {
	contentType, encoded, err := encode(body, body.files)
	if err != nil {
		return nil, &failure{unsent: true, words: fmt.Sprintf("%s: the message cannot be encoded: %v", what, err)}
	}
	return b.call(ctx, what, method, address, contentType, encoded)
}
