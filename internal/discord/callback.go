package discord

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"storyteller/internal/commands"

	"github.com/bwmarrin/discordgo"
)

const (
	// callbackTry is how long one try of a first answer may take, so that there is time for a second.
	callbackTry = 1100 * time.Millisecond
	// followLimit is how long the last word is tried to be said.
	followLimit = 45 * time.Second
	// maxAnswerBody bounds what is read of Discord's answers to answers.
	maxAnswerBody = 1 << 20
)

// callback is the body of the first answer to an interaction. discordgo's own sends empty fields, which take away what
// they name, and leaves out an empty list of choices, which Discord wants.
type callback struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data"`
}

// messageAnswer shows a message.
func messageAnswer(p payload) callback {
	return callback{discordgo.InteractionResponseChannelMessageWithSource, p}
}

// waitAnswer shows one member that the bot is thinking. No other flag is allowed here.
func waitAnswer() callback {
	return callback{discordgo.InteractionResponseDeferredChannelMessageWithSource, map[string]any{"flags": discordgo.MessageFlagsEphemeral}}
}

// choicesAnswer offers completions.
func choicesAnswer(choices []commands.Choice) callback {
	list := []map[string]string{}
	for _, c := range choices {
		name := clip(oneLine(c.Name), maxChoice)
		if len(list) == maxChoices || name == "" || c.Value == "" || clip(c.Value, maxChoice) != c.Value {
			continue
		}
		list = append(list, map[string]string{"name": name, "value": c.Value})
	}
	return callback{discordgo.InteractionApplicationCommandAutocompleteResult, map[string]any{"choices": list}}
}

// callback sends the first answer, again if it may have been lost while ctx allows. That Discord has one already means
// that an earlier try arrived.
func (b *Bot) callback(ctx context.Context, i *interaction, body callback, files []*discordgo.File) error {
	address := b.base.JoinPath("interactions", i.ID, i.Token, "callback").String()
	contentType, encoded, err := encode(body, files)
	if err != nil {
		return &failure{unsent: true, words: fmt.Sprintf("answer: it cannot be encoded: %v", err)}
	}
	err = b.persist(ctx, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, callbackTry)
		defer cancel()
		return b.exempt(ctx, i, "answer", http.MethodPost, address, contentType, encoded)
	})
	if isCode(err, codeAcknowledged) {
		return nil
	}
	return err
}

// editOriginal replaces what the first answer said.
func (b *Bot) editOriginal(ctx context.Context, i *interaction, p payload) error {
	ctx, cancel := context.WithTimeout(ctx, followLimit)
	defer cancel()
	p.Flags &^= discordgo.MessageFlagsEphemeral // settled by the first answer
	address := b.base.JoinPath("webhooks", i.Application, i.Token, "messages", "@original").String()
	contentType, encoded, err := encode(p, p.files)
	if err != nil {
		return &failure{unsent: true, words: fmt.Sprintf("last word: it cannot be encoded: %v", err)}
	}
	return b.persist(ctx, func(ctx context.Context) error {
		return b.exempt(ctx, i, "last word", http.MethodPatch, address, contentType, encoded)
	})
}

// persist makes a call that does no harm twice until it has an answer, or ctx or patience ends.
func (b *Bot) persist(ctx context.Context, call func(context.Context) error) error {
	for try := 0; ; try++ {
		err := call(ctx)
		if err == nil || ctx.Err() != nil {
			return err
		}
		pause, ok := again(err, try)
		if !ok || sleep(ctx, pause) != nil {
			return err
		}
	}
}

// exempt makes a call about an interaction. Its token is in the address, and it is no part of the bot's limits.
func (b *Bot) exempt(ctx context.Context, i *interaction, what, method, address, contentType string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return newFailure(what, plainError(err), i.Token)
	}
	req.Header.Set("Content-Type", contentType)
	req.Header.Set("User-Agent", b.cfg.UserAgent)
	resp, err := b.callbacks.Do(req)
	if err != nil {
		return newFailure(what, plainError(err), i.Token)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswerBody))
	if resp.StatusCode >= http.StatusOK && resp.StatusCode < http.StatusMultipleChoices {
		return nil // whatever the body says, it was taken
	}
	if err != nil {
		return newFailure(what, plainError(err), i.Token)
	}
	f := &failure{}
	f.answered(what, resp.StatusCode, answer, i.Token)
	return f
}
