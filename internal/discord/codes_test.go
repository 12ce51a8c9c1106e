package discord

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"

	"github.com/bwmarrin/discordgo"
)

// refusedWith is the error that discordgo makes of an answer.
func refusedWith(status int, body string) error {
	req, _ := http.NewRequest(http.MethodPost, "https://discord.com/api/v10/webhooks/1/"+secretPart, nil)
	req.Header.Set("Authorization", "Bot "+testToken)
	return &discordgo.RESTError{
		Request: req, Response: &http.Response{StatusCode: status, Status: http.StatusText(status)}, ResponseBody: []byte(body),
	}
}

func coded(status, code int) error {
	return refusedWith(status, fmt.Sprintf(`{"code": %d, "message": "words"}`, code))
}

// limited is the error of an answer of status 429.
func limited(after time.Duration, code int) error {
	return &url.Error{Op: "Post", URL: "https://discord.com/api/v10/webhooks/1/" + secretPart, Err: &errLimited{
		after: after, body: fmt.Appendf(nil, `{"code": %d, "message": "words"}`, code),
	}}
}

func TestErrorsOfDiscordMeanSomethingToAReading(t *testing.T) {
	const again, unknown = reading.Refusal("again"), reading.Refusal("unknown")
	network := &url.Error{Op: "Post", URL: "https://discord.com/api/v10/webhooks/1/" + secretPart + "/x", Err: &net.OpError{Op: "read", Err: errors.New("reset")}}
	for _, c := range []struct {
		name  string
		err   error
		want  reading.Refusal
		after time.Duration
	}{
		{"unknown channel", coded(404, 10003), reading.ChannelGone, 0},
		{"unknown guild", coded(404, 10004), reading.ChannelGone, 0},
		{"unknown message", coded(404, 10008), reading.MessageMissing, 0},
		{"slowmode", limited(time.Second, 20016), again, slowRest},
		{"channel write limit", limited(time.Second, 20028), again, slowRest},
		{"server write limit", limited(time.Second, 20029), again, slowRest},
		{"too many attachments", coded(400, 30015), reading.Unacceptable, 0},
		{"edits of old messages", limited(time.Second, 30046), reading.MessageMissing, 0},
		{"temporarily disabled", coded(403, 40004), again, overloadRest},
		{"request too large", coded(413, 40005), reading.Unacceptable, 0},
		{"feature off", coded(400, 40006), again, overloadRest},
		{"plain message in a forum", coded(400, 40058), reading.NotAllowed, 0},
		{"resource limited", limited(time.Second, 40062), again, slowRest},
		{"forum wants a tag", coded(400, 40067), reading.NotAllowed, 0},
		{"cloudflare block", coded(403, 40333), again, cloudflareRest},
		{"missing access", coded(403, 50001), reading.NotAllowed, 0},
		{"not the bot's own", coded(403, 50005), reading.MessageMissing, 0},
		{"empty message", coded(400, 50006), reading.Unacceptable, 0},
		{"no text channel", coded(400, 50008), reading.NotAllowed, 0},
		{"missing permissions", coded(403, 50013), reading.NotAllowed, 0},
		{"wrong channel type", coded(400, 50024), reading.NotAllowed, 0},
		{"invalid body", coded(400, 50035), reading.Unacceptable, 0},
		{"file too large", coded(400, 50045), reading.Unacceptable, 0},
		{"archived thread", coded(400, 50083), reading.NotAllowed, 0},
		{"invalid JSON", coded(400, 50109), reading.Unacceptable, 0},
		{"overloaded", coded(503, 130000), again, overloadRest},
		{"locked thread", coded(403, 160005), reading.NotAllowed, 0},
		{"AutoMod", coded(400, 200000), reading.Unacceptable, 0},
		{"harmful links", coded(400, 240000), reading.Unacceptable, 0},
		{"another code, 404", coded(404, 10099), reading.Unacceptable, 0},
		{"another code, 403", coded(403, 59999), reading.NotAllowed, 0},
		{"another code, 400", coded(400, 59999), reading.Unacceptable, 0},
		{"a proxy's 404", refusedWith(404, "<html>"), again, overloadRest},
		{"a proxy's 403", refusedWith(403, "<html>"), again, overloadRest},
		{"bad token", refusedWith(401, `{"message": "401: Unauthorized", "code": 0}`), again, overloadRest},
		{"body too large for a proxy", refusedWith(413, "<html>"), reading.Unacceptable, 0},
		{"rate limit", limited(3*time.Second, 0), again, 3 * time.Second},
		{"429 of Cloudflare", &errLimited{after: cloudflareRest}, again, cloudflareRest},
		{"server error", refusedWith(500, ""), unknown, 0},
		{"bad gateway", errors.New("Exceeded Max retries HTTP 502 Bad Gateway, "), unknown, 0},
		{"gateway timeout", refusedWith(504, "<html>"), unknown, 0},
		{"reset", network, unknown, 0},
		{"timeout", &url.Error{Op: "Post", URL: "x", Err: context.DeadlineExceeded}, unknown, 0},
		{"held back", &url.Error{Op: "Post", URL: "x", Err: &errHeld{after: time.Minute, why: "limit"}}, again, time.Minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := classify(newFailure("post", c.err))
			if text := fmt.Sprintf("%v %+v %#v", err, err, err); strings.Contains(text, secretPart) || strings.Contains(text, "GabcDE") {
				t.Errorf("a token is in the error: %s", text)
			}
			var stage *narrate.StageError
			got, after := unknown, time.Duration(0)
			if errors.As(err, &stage) {
				got, after = stage.Reason, stage.After
				if got == "" {
					got = again
				}
			}
			if got != c.want || after != c.after {
				t.Errorf("classified as %q after %s, want %q after %s: %v", got, after, c.want, c.after, err)
			}
		})
	}
}

func TestACancelledCallSaysSo(t *testing.T) {
	err := classify(newFailure("post", &url.Error{Op: "Post", URL: "x", Err: context.Canceled}))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v is not context.Canceled", err)
	}
}
