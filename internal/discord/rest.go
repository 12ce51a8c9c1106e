package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// apiVersion is the version of Discord's API that the bot speaks, over REST and on the gateway.
const apiVersion = "10"

// DefaultAPI is where Discord's API is.
const DefaultAPI = "https://discord.com/api/v" + apiVersion

func init() {
	// The gateway's version is a variable of discordgo's package and read at every dial. The addresses of REST are
	// made when discordgo is initialised, with version 9; address sends them where they belong.
	discordgo.APIVersion = apiVersion
}

// address sends discordgo's calls to the API that the bot is set to, and lets others pass.
type address struct {
	next http.RoundTripper
	base *url.URL
}

// RoundTrip implements http.RoundTripper.
func (a address) RoundTrip(req *http.Request) (*http.Response, error) {
	rest, ours := strings.CutPrefix(req.URL.String(), discordgo.EndpointAPI)
	if !ours {
		return a.next.RoundTrip(req)
	}
	to, err := url.Parse(strings.TrimSuffix(a.base.String(), "/") + "/" + rest)
	if err != nil {
		return nil, fmt.Errorf("the address of a call cannot be made: %w", plainError(err))
	}
	moved := req.Clone(req.Context())
	moved.URL, moved.Host = to, ""
	return a.next.RoundTrip(moved)
}

// parseAPI reads the REST base URL of the settings.
func parseAPI(base string) (*url.URL, error) {
	if base == "" {
		base = DefaultAPI
	}
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" {
		if u != nil {
			base = u.Redacted()
		}
		return nil, fmt.Errorf("%q is not the base URL of an API; it should be like %s", redact(base), DefaultAPI)
	}
	return u, nil
}

// Discord is one host, and callbacks of many interactions go there at once; HTTP/2 needs one connection for that, an
// HTTP/1 proxy one for each.
const idleConnections = 64

// defaultTransport is what carries calls where the settings name nothing else.
func defaultTransport() http.RoundTripper {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = idleConnections
	return t
}

// client makes calls over a transport. It follows no redirects: the API has none, and they could carry the token away.
func client(t http.RoundTripper) *http.Client {
	return &http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// newSession makes a session of discordgo with everything off that the bot does itself.
func (b *Bot) newSession() (*discordgo.Session, error) {
	s, err := discordgo.New("Bot " + b.cfg.Token)
	if err != nil {
		return nil, fmt.Errorf("discordgo: %s", redact(err.Error(), b.cfg.Token))
	}
	s.Client = b.calls
	s.UserAgent = b.cfg.UserAgent
	s.LogLevel = discordgo.LogError // the level above prints events, with what members wrote
	s.StateEnabled = false
	s.MaxRestRetries = 0
	s.ShouldRetryOnRateLimit = false
	s.ShouldReconnectOnError = false
	s.ShouldReconnectVoiceOnSessionError = false
	return s, nil
}

// call makes one call of the bot's own and gives the answer's body. It never tries twice. what names the call in errors,
// which are a *failure.
func (b *Bot) call(ctx context.Context, what, method, address, contentType string, body []byte) ([]byte, error) {
	// discordgo keeps a lock for each address for ever and makes calls to one address wait for each other, deaf to
	// their contexts. A fresh lock each time leaves all pacing to the pacer.
	lock := &discordgo.Bucket{}
	lock.Lock()
	answer, err := b.rest.RequestWithLockedBucket(method, address, contentType, body, lock, 0,
		discordgo.WithContext(ctx), discordgo.WithRestRetries(0), discordgo.WithRetryOnRatelimit(false))
	if err != nil {
		return nil, newFailure(what, err, b.cfg.Token)
	}
	return answer, nil
}

// idOf is the id of what a call has made.
func idOf(what string, answer []byte) (string, error) {
	var made struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(answer, &made); err != nil || !isSnowflake(made.ID) {
		return "", &failure{words: what + ": Discord's answer cannot be read"}
	}
	return made.ID, nil
}

// again says whether a call that may safely be made twice should be, and after what time.
func again(err error, try int) (time.Duration, bool) {
	var f *failure
	switch {
	case !errors.As(err, &f) || try >= maxTries:
		return 0, false
	case f.status == http.StatusTooManyRequests || f.unsent:
		return max(f.after, firstPause), f.after <= longestHold
	case f.unknown():
		return firstPause << try, true
	}
	return 0, false
}

// How often, and after what time, a call is made again that does no harm twice.
const (
	maxTries   = 5
	firstPause = 250 * time.Millisecond
)
