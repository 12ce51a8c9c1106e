package discord

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/commands"
	"storyteller/internal/fakediscord"
)

// parrot is a proxy that gives requests back in its answers and errors: all that it was told, in every spelling.
type parrot struct {
	next  http.RoundTripper
	says  func(echo string) (*http.Response, error)
	where func(req *http.Request) bool // which requests it does not let through

	mu   sync.Mutex
	seen map[string]bool // tokens of interactions
	hits int
}

var tokenAt = regexp.MustCompile(`/(?:interactions|webhooks)/\d+/([^/]+)`)

// RoundTrip implements http.RoundTripper.
func (p *parrot) RoundTrip(req *http.Request) (*http.Response, error) {
	p.mu.Lock()
	if m := tokenAt.FindStringSubmatch(req.URL.Path); m != nil {
		p.seen[m[1]] = true
	}
	mine := p.where != nil && p.where(req)
	if mine {
		p.hits++
	}
	says := p.says
	p.mu.Unlock()
	if !mine {
		return p.next.RoundTrip(req)
	}
	address, auth := req.URL.String(), req.Header.Get("Authorization")
	echo := strings.Join([]string{
		req.Method, address, url.QueryEscape(address), url.PathEscape(address), auth, url.QueryEscape(auth),
		strings.TrimPrefix(auth, "Bot "), "token=" + strings.TrimPrefix(auth, "Bot "), fmt.Sprintf("%q", req.Header),
	}, " ")
	return says(echo)
}

// squawks are the ways in which a parrot answers.
func squawks() map[string]func(echo string) (*http.Response, error) {
	answer := func(status int, kind, body string) (*http.Response, error) {
		return &http.Response{
			StatusCode: status, Header: http.Header{"Content-Type": {kind}, "Retry-After": {"1"}}, Body: io.NopCloser(strings.NewReader(body)),
		}, nil
	}
	const plain, html = "application/json", "text/html"
	all := map[string]func(echo string) (*http.Response, error){
		"a reset": func(echo string) (*http.Response, error) {
			return nil, &url.Error{Op: "Post", URL: echo, Err: errors.New("read tcp: reset: " + echo)}
		},
		"a deadline": func(echo string) (*http.Response, error) {
			return nil, &url.Error{Op: "Post", URL: echo, Err: fmt.Errorf("%s: %w", echo, context.DeadlineExceeded)}
		},
		"broken JSON": func(echo string) (*http.Response, error) { return answer(200, plain, `{"id": `+echo) },
		"JSON of another": func(echo string) (*http.Response, error) {
			return answer(200, plain, fmt.Sprintf(`{"id": [%q]}`, echo))
		},
		"a number": func(echo string) (*http.Response, error) {
			return answer(200, plain, `{"id": `+strings.Repeat("7", 5000)+`}`)
		},
		"a page of 429": func(echo string) (*http.Response, error) { return answer(429, html, "<html>"+echo) },
	}
	for _, status := range []int{400, 403, 404, 413, 429, 500, 502, 503} {
		all[fmt.Sprintf("a reason, %d", status)] = func(echo string) (*http.Response, error) {
			return answer(status, plain, fmt.Sprintf(`{"code": 50035, "message": %q, "retry_after": 1, "errors": {"content": {"_errors": [{"message": %q}]}}}`, echo, echo))
		}
	}
	for _, status := range []int{403, 500} {
		all[fmt.Sprintf("a page, %d", status)] = func(echo string) (*http.Response, error) { return answer(status, html, "<html>"+echo) }
	}
	return all
}

// words are everything that the bot lets out.
type words struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (w *words) say(parts ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	fmt.Fprintln(&w.all, parts...)
}

// leak finds a token in the words, in any spelling.
func (w *words) leak(tokens ...string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	text := w.all.String()
	for _, token := range tokens {
		for _, spelling := range []string{token, url.QueryEscape(token), url.PathEscape(token), base64.StdEncoding.EncodeToString([]byte(token))} {
			if at := strings.Index(text, spelling); at >= 0 {
				return strings.ReplaceAll(text[max(0, at-200):min(len(text), at+len(spelling)+50)], spelling, "TOKEN")
			}
		}
	}
	return ""
}

// Whatever fails, and whatever a proxy makes of it: no token is in the log, which tells everything there is, nor in an
// error, nor in anything that is sent to Discord but the address and the header that are its place.
func TestNoTokenGetsOut(t *testing.T) {
	calls := map[string]func(req *http.Request) bool{
		"callbacks":  func(req *http.Request) bool { return strings.HasSuffix(req.URL.Path, "/callback") },
		"last words": func(req *http.Request) bool { return strings.HasSuffix(req.URL.Path, "/@original") },
		"messages":   func(req *http.Request) bool { return strings.Contains(req.URL.Path, "/channels/") },
	}
	for what, where := range calls {
		for how, says := range squawks() {
			t.Run(what+", "+how, func(t *testing.T) {
				inRoom(t, fakediscord.Options{}, func(r *room) {
					r.wrong = true // the proxy is at fault
					p := &parrot{seen: map[string]bool{}, says: says}
					out := &words{}
					r.bot = r.newBotOver(testToken, func(next http.RoundTripper) http.RoundTripper {
						p.next = &spy{next, out}
						return p
					})
					r.enter()
					message, button := r.poll()
					anna := r.member("Anna")
					p.mu.Lock()
					p.where = where
					p.mu.Unlock()
					r.evening(out, anna, message, button)
					out.say(r.log.String())
					if p.hits == 0 || len(p.seen) == 0 {
						r.Fatalf("%d calls went wrong, with %d interactions", p.hits, len(p.seen))
					}
					secrets := []string{testToken, secretPart}
					for token := range p.seen {
						secrets = append(secrets, token)
					}
					if leak := out.leak(secrets...); leak != "" {
						r.Errorf("a token is in: %s", leak)
					}
					checkLines(r.T, r.log.String())
				})
			})
		}
	}
}

// evening does all that there is to do on Discord, panics among it, and notes the errors.
func (r *room) evening(out *words, member, message, button string) {
	r.Helper()
	r.handle = func(_ context.Context, q commands.Request) commands.Reply {
		if q.Options["story"] == "panic" {
			panic(&url.Error{Op: "Get", URL: "https://discord.com/api/v10/webhooks/1/" + secretPart, Err: errors.New("Bot " + testToken)})
		}
		return commands.Reply{Text: "ok", File: &commands.File{Name: "a.txt", Body: []byte("a")}}
	}
	for _, story := range []string{"lamp", "panic"} {
		if _, err := r.slash(member, map[string]any{"story": story}); err != nil {
			r.Fatal(err)
		}
	}
	if _, err := r.fake.Forge(fakediscord.PressInput{User: member, Channel: r.channel(), Message: message, CustomID: button}); err != nil {
		r.Fatal(err)
	}
	// The interactions have their answers before the proxy's page, which the first message may bring, has all calls rest:
	// callbacks too, and then no token would have been seen at all.
	settle(5 * time.Second)
	ctx, cancel := context.WithTimeout(r.Context(), time.Minute)
	defer cancel()
	p := r.beat("b9", "Once upon a time.")
	_, err := r.bot.Post(ctx, p)
	out.say(err)
	p.Message.Edit, p.Message.ID = "b9", message
	out.say(r.bot.Edit(ctx, p))
	out.say(r.bot.Typing(ctx, p.Place))
	p.Message.Edit, p.Message.ID, p.Tried = "", "", time.Now().Add(-time.Hour)
	_, err = r.bot.Post(ctx, p)
	out.say(err)
	settle(2 * time.Minute)
}

// spy notes what is sent to Discord.
type spy struct {
	next http.RoundTripper
	out  *words
}

// RoundTrip implements http.RoundTripper.
func (s *spy) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return nil, err
		}
		_ = req.Body.Close()
		s.out.say(string(body))
		req.Body = io.NopCloser(bytes.NewReader(body))
	}
	return s.next.RoundTrip(req)
}

// The same for the calls of a bot that is only coming up: what ends it may be printed.
func TestNoTokenGetsOutOfABotThatCannotStart(t *testing.T) {
	for _, path := range []string{"/gateway/bot", "/commands"} {
		for how, says := range squawks() {
			t.Run(path+", "+how, func(t *testing.T) {
				inRoom(t, fakediscord.Options{}, func(r *room) {
					r.wrong = true
					p := &parrot{seen: map[string]bool{}, says: says, where: func(req *http.Request) bool { return strings.HasSuffix(req.URL.Path, path) }}
					r.bot = r.newBotOver(testToken, func(next http.RoundTripper) http.RoundTripper {
						p.next = next
						return p
					})
					out := &words{}
					r.start()
					settle(3 * time.Minute)
					select {
					case err := <-r.ended:
						out.say(err)
						var fatal *FatalError
						if errors.As(err, &fatal) {
							out.say(fatal.Hint())
						}
						r.stop()
						r.stop = nil
					default: // it tries on
					}
					synctest.Wait()
					out.say(r.log.String())
					if leak := out.leak(testToken, secretPart); leak != "" || p.hits == 0 {
						r.Errorf("after %d calls a token is in: %s", p.hits, leak)
					}
				})
			})
		}
	}
}

// checkLines is checkLog where a panic is meant: its stack has a line of the log for itself.
func checkLines(t *testing.T, log string) {
	t.Helper()
	lines := slices.DeleteFunc(strings.SplitAfter(log, "\n"), func(line string) bool { return strings.Contains(line, "panic") })
	checkLog(t, strings.Join(lines, ""))
}
