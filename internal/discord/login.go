package discord

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
)

// startLimit is what Discord says of where to log in, and of the Identifies that are left.
type startLimit struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"`
	Limit  struct {
		Remaining  int   `json:"remaining"`
		ResetAfter int64 `json:"reset_after"` // milliseconds
	} `json:"session_start_limit"`
}

// mayLogin returns when the bot may identify, with the gateway's address: Discord knows the token and has logins left,
// and so has the bot's own budget, from which one is taken.
func (b *Bot) mayLogin(ctx context.Context) (address string, err error) {
	for try := 0; ; try++ {
		address, wait, err := b.askLogin(ctx)
		if wait == 0 && err == nil {
			return address, nil
		}
		var fatal *FatalError
		switch {
		case errors.As(err, &fatal):
			return "", err
		case err != nil:
			wait = max(backoff(try+1), wait)
			b.log.Warn("no login to the gateway yet", "error", err, "wait", wait.Round(time.Millisecond))
		case wait > loginSpace:
			b.log.Error("too many logins to the gateway in one day; waiting, lest Discord resets the token", "wait", wait.Round(time.Millisecond))
		}
		if err := sleep(ctx, wait); err != nil {
			return "", err
		}
	}
}

func (b *Bot) askLogin(ctx context.Context) (address string, wait time.Duration, err error) {
	answer, err := b.call(ctx, "gateway", http.MethodGet, discordgo.EndpointGatewayBot, "", nil)
	if isStatus(err, http.StatusUnauthorized) {
		return "", 0, fatalClose(closeUnauthorized)
	}
	if err != nil {
		var f *failure
		errors.As(err, &f)
		return "", f.after, err
	}
	var limit startLimit
	if err := json.Unmarshal(answer, &limit); err != nil {
		return "", 0, errors.New("gateway: Discord's answer cannot be read")
	}
	if _, err := gatewayAddress(limit.URL); err != nil {
		return "", 0, err
	}
	if limit.Limit.Remaining <= 0 && limit.Limit.ResetAfter > 0 {
		return "", time.Duration(limit.Limit.ResetAfter) * time.Millisecond, nil
	}
	if limit.Shards > 1 {
		b.log.Warn("Discord recommends several gateway connections; this bot has one, for at most 2,500 servers", "recommended", limit.Shards)
	}
	wait, err = logins{b.cfg.Memory, b.log}.spend(ctx, time.Now())
	return limit.URL, wait, err
}
