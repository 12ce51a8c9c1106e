package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// network answers calls as a test says.
type network func(*http.Request) (*http.Response, error)

// RoundTrip implements http.RoundTripper.
func (n network) RoundTrip(req *http.Request) (*http.Response, error) { return n(req) }

const someRoute = "/channels/1/messages"

// silences are the ways in which a call tells nothing of the window that it began.
var silences = map[string]func() (*http.Response, error){
	"no answer":           func() (*http.Response, error) { return nil, errors.New("connection reset by peer") },
	"an answer by others": func() (*http.Response, error) { return answerOf(503, nil, ""), nil },
}

// silent is a network that refuses the first call for two seconds, and tells nothing of the window that begins then.
func silent(calls *int, silence func() (*http.Response, error)) network {
	return func(*http.Request) (*http.Response, error) {
		if *calls++; *calls == 1 {
			return answerOf(429, map[string]string{"Retry-After": "2"}, `{"retry_after": 2}`), nil
		}
		return silence()
	}
}

// However many calls go unanswered after a limit was reached: none that follows at the pace of one who tries again is
// held up by what was only guessed.
func TestAGuessHoldsNobodyUp(t *testing.T) {
	for how, silence := range silences {
		t.Run(how, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				calls := 0
				p := testPacer(silent(&calls, silence))
				_ = get(t.Context(), p, someRoute)
				time.Sleep(3 * time.Second)
				for try := range 6 {
					began := time.Now()
					_ = get(t.Context(), p, someRoute)
					if calls != try+2 || time.Since(began) > 0 {
						t.Fatalf("try %d: %d calls went out, held for %s", try, calls, time.Since(began))
					}
					time.Sleep(time.Second << try)
				}
			})
		})
	}
}

// Who does not wait before the next try is held up for as long as a guess holds.
func TestNothingSpinsOnAGuess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		p := testPacer(silent(&calls, silences["no answer"]))
		_ = get(t.Context(), p, someRoute)
		time.Sleep(3 * time.Second)
		const span = 10 * time.Second
		ctx, cancel := context.WithTimeout(t.Context(), span)
		defer cancel()
		for ctx.Err() == nil {
			_ = get(ctx, p, someRoute)
			time.Sleep(time.Millisecond) // whoever spins is seen to, and does not hang
		}
		if most := int(span / shortestGuess); calls-1 > most || calls-1 < most*3/4 {
			t.Errorf("%d calls in %s, want %d at most, and not much less", calls-1, span, most)
		}
	})
}

// Of a window that has been told of once it is known how long it is: what gets no answer counts like what does.
func TestALostAnswerUsesUpTheWindow(t *testing.T) {
	told := func(left int, reset time.Duration) *http.Response {
		return answerOf(200, map[string]string{
			"X-RateLimit-Limit": "2", "X-RateLimit-Remaining": fmt.Sprint(left), "X-RateLimit-Reset-After": fmt.Sprint(reset.Seconds()),
		}, "{}")
	}
	for name, c := range map[string]struct {
		answers []*http.Response // one each second
		want    time.Duration
	}{
		"told at once":           {[]*http.Response{told(1, 3*time.Second)}, 3 * time.Second},
		"told late again":        {[]*http.Response{told(1, 3*time.Second), told(0, 2*time.Second)}, 3 * time.Second},
		"longer than is guessed": {[]*http.Response{told(1, 5*time.Minute)}, longestGuess},
		"refused in between":     {[]*http.Response{told(1, 3*time.Second), answerOf(429, nil, `{"retry_after": 0.1}`)}, 3 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				calls := 0
				p := testPacer(network(func(*http.Request) (*http.Response, error) {
					if calls++; calls <= len(c.answers) {
						return c.answers[calls-1], nil
					}
					return silences["no answer"]()
				}))
				for range c.answers {
					_ = get(t.Context(), p, someRoute)
					time.Sleep(time.Second)
				}
				time.Sleep(longestWindow)
				var went []time.Duration
				began := time.Now()
				for range 4 {
					_ = get(t.Context(), p, someRoute)
					went = append(went, time.Since(began))
				}
				if went[1] > 0 || went[2] < c.want || went[3] > c.want+resetSlack {
					t.Errorf("two calls in %s went at %v", c.want, went)
				}
			})
		})
	}
}

// Which routes share a limit is told by the name that their answers give it.
func TestRoutesOfOneBucketShareItsWindow(t *testing.T) {
	for bucket, want := range map[string]time.Duration{"the same": 3 * time.Second, "": 0} {
		synctest.Test(t, func(t *testing.T) {
			left := 2
			p := testPacer(network(func(*http.Request) (*http.Response, error) {
				left--
				return answerOf(200, map[string]string{
					"X-RateLimit-Limit": "2", "X-RateLimit-Remaining": fmt.Sprint(left), "X-RateLimit-Reset-After": "3", "X-RateLimit-Bucket": bucket,
				}, "{}"), nil
			}))
			_ = get(t.Context(), p, someRoute+"/20")
			_ = get(t.Context(), p, someRoute) // the last call of the bucket
			began := time.Now()
			if err := get(t.Context(), p, someRoute+"/20"); err != nil || time.Since(began) < want || time.Since(began) > want+resetSlack {
				t.Errorf("bucket %q: the other route waited for %s, want %s: %v", bucket, time.Since(began), want, err)
			}
			began = time.Now()
			if err := get(t.Context(), p, "/channels/2/messages/20"); err != nil || time.Since(began) > 0 {
				t.Errorf("bucket %q: another channel waited for %s: %v", bucket, time.Since(began), err)
			}
		})
	}
}

// limiting is Discord with one limit, that answers after a while.
type limiting struct {
	calls   int // in each span
	span    time.Duration
	latency time.Duration // to answer the first call of a window; the others are answered one by one after it

	mu      sync.Mutex
	used    int
	ends    time.Time
	refused int
}

// RoundTrip implements http.RoundTripper.
func (l *limiting) RoundTrip(*http.Request) (*http.Response, error) {
	l.mu.Lock()
	now := time.Now()
	if !now.Before(l.ends) {
		l.used, l.ends = 0, now.Add(l.span)
	}
	l.used++
	n, reset := l.used, l.ends.Sub(now)
	if n > l.calls {
		l.refused++
	}
	l.mu.Unlock()
	time.Sleep(l.latency * time.Duration(n))
	if n > l.calls {
		return answerOf(429, nil, fmt.Sprintf(`{"retry_after": %f}`, reset.Seconds())), nil
	}
	return answerOf(200, map[string]string{
		"X-RateLimit-Limit": fmt.Sprint(l.calls), "X-RateLimit-Remaining": fmt.Sprint(l.calls - n), "X-RateLimit-Bucket": "b",
		"X-RateLimit-Reset-After": fmt.Sprintf("%.3f", reset.Seconds()),
	}, "{}"), nil
}

// The answer to the first call of a window does not know of those that are still under way.
func TestCallsUnderWayAreCounted(t *testing.T) {
	for _, latency := range []time.Duration{0, 40 * time.Millisecond, 400 * time.Millisecond, 900 * time.Millisecond} {
		t.Run(latency.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := &limiting{calls: 5, span: 5 * time.Second, latency: latency}
				p := testPacer(net)
				_ = get(t.Context(), p, someRoute)
				time.Sleep(10 * time.Second)
				began := time.Now()
				var all sync.WaitGroup
				const callers, apart = 23, 100 * time.Millisecond
				for range callers {
					all.Go(func() {
						if err := get(t.Context(), p, someRoute); err != nil {
							t.Error(err)
						}
					})
					time.Sleep(apart)
				}
				all.Wait()
				if net.refused > 0 {
					t.Errorf("%d calls were refused", net.refused)
				}
				if took, most := time.Since(began), 4*(5*time.Second+5*latency+2*resetSlack)+5*latency; took > most {
					t.Errorf("%d calls, five each five seconds, took %s, want at most %s", callers, took, most)
				}
			})
		})
	}
}
