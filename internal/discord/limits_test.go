package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

func TestHeadersThatAreWrongHoldNobodyForLong(t *testing.T) {
	headers := map[string]map[string]string{
		"negative":      {"Remaining": "-5", "Reset-After": "2", "Limit": "-1"},
		"no number":     {"Remaining": "soon", "Reset-After": "later", "Limit": "many", "Bucket": ""},
		"not finite":    {"Remaining": "0", "Reset-After": "NaN", "Limit": "1"},
		"infinite":      {"Remaining": "0", "Reset-After": "+Inf", "Limit": "1"},
		"huge":          {"Remaining": "0", "Reset-After": "1e300", "Limit": "1"},
		"an hour":       {"Remaining": "0", "Reset-After": "3599", "Limit": "1"},
		"a day":         {"Remaining": "0", "Reset-After": "86400", "Limit": "1"},
		"in the past":   {"Remaining": "0", "Reset-After": "-3", "Limit": "1"},
		"no limit":      {"Remaining": "0", "Reset-After": "1", "Limit": "0"},
		"nothing there": {},
	}
	for name, h := range headers {
		for _, status := range []int{200, 429} {
			t.Run(fmt.Sprint(name, " ", status), func(t *testing.T) {
				inRoom(t, fakediscord.Options{}, func(r *room) {
					net := &answering{answer: func(n int) *http.Response {
						if n > 1 {
							return nil
						}
						all := map[string]string{"Retry-After": h["Reset-After"]}
						for key, value := range h {
							all["X-RateLimit-"+key] = value
						}
						return answerOf(status, all, `{"id": "1456074443984994310", "retry_after": "wrong"}`)
					}}
					p := testPacer(net)
					began := time.Now()
					for len(net.times) < 4 {
						err := get(r.Context(), p, "/channels/1/messages")
						var held *errHeld
						if errors.As(err, &held) {
							time.Sleep(held.after)
						}
					}
					if took := time.Since(began); took > longestHeader+time.Minute || status == 200 && took > 3*time.Second {
						r.Errorf("four calls took %s", took)
					}
				})
			})
		}
	}
}

func TestAWaitEndsWithItsContext(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		p := testPacer(&answering{})
		p.windows.exhaust(routeOf("GET", "/channels/1/messages"), 10*time.Second, time.Now())
		ctx, cancel := context.WithTimeout(r.Context(), 100*time.Millisecond)
		defer cancel()
		began := time.Now()
		if err := get(ctx, p, "/channels/1/messages"); err == nil || time.Since(began) != 100*time.Millisecond {
			r.Errorf("it returned after %s with %v", time.Since(began), err)
		}
	})
}
