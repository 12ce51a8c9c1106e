package fakediscord

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// request is a REST call on its way through the server.
type request struct {
	*http.Request
	body
	route *route
	vars  map[string]string
}

// reply is a successful answer; a nil body makes it empty.
type reply struct {
	status int
	body   any
}

func ok(body any) (reply, error) { return reply{http.StatusOK, body}, nil }

func noContent() (reply, error) { return reply{status: http.StatusNoContent}, nil }

// handler does what a route is for. It is called with the lock held.
type handler func(*Server, *request) (reply, error)

// route is a REST route.
type route struct {
	method, path string
	segments     []string
	handle       handler
	open         bool  // needs no Authorization
	exempt       bool  // outside the global limit
	limit        Limit // of its bucket; zero: no bucket
}

// answer is what goes out on the wire.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// serveREST answers /api/v{9,10}/...
func (s *Server) serveREST(w http.ResponseWriter, r *http.Request) {
	s.notePublicURL(r)
	rest, err := apiPath(r.URL.Path)
	if err != nil {
		s.write(w, s.refuse(r, err))
		return
	}
	rt, vars, err := matchRoute(r.Method, rest)
	if err != nil {
		s.write(w, s.refuse(r, err))
		return
	}
	req := &request{Request: r, route: rt, vars: vars}
	f := s.takeFault(req, false)
	if f != nil && !s.play(w, r, f, answer{}) {
		return
	}
	a := s.perform(req)
	if a.status < http.StatusBadRequest {
		if f := s.takeFault(req, true); f != nil && !s.play(w, r, f, a) {
			return
		}
	}
	s.write(w, a)
}

// apiPath is the path after the API version.
func apiPath(path string) (string, error) {
	rest, isAPI := strings.CutPrefix(path, "/api/")
	version, rest, _ := strings.Cut(rest, "/")
	switch {
	case !isAPI || !strings.HasPrefix(version, "v"):
		return "", errUnknownRoute
	case version != "v9" && version != "v10":
		return "", errAPIVersion
	}
	return "/" + rest, nil
}

// perform runs a request against the world.
func (s *Server) perform(req *request) answer {
	var readErr error
	req.body, readErr = readBody(req.Request)
	s.mu.Lock()
	defer s.mu.Unlock()
	if a, banned := s.limits.banned(s.Now()); banned {
		return a
	}
	if err := s.admit(req); err != nil {
		return s.refuseLocked(req.Request, err)
	}
	if err := req.checkIDs(); err != nil {
		return s.refuseLocked(req.Request, err)
	}
	header, limited := s.limits.take(req, s.Now())
	if limited != nil {
		s.limits.invalid(s.Now())
		return *limited
	}
	err := readErr
	var rep reply
	if err == nil {
		rep, err = req.route.handle(s, req)
	}
	var a answer
	if err != nil {
		a = s.refuseLocked(req.Request, err)
	} else {
		a = answer{status: rep.status, header: http.Header{}}
		if rep.body != nil {
			a.body = mustJSON(rep.body)
		}
	}
	for key, v := range header {
		a.header[key] = v
	}
	return a
}

// admit checks what every request must have: an agent that Cloudflare lets
// pass and, for most, the bot's token.
func (s *Server) admit(req *request) error {
	if !strings.HasPrefix(req.UserAgent(), "DiscordBot (") {
		return errBlocked
	}
	if req.route.open {
		return nil
	}
	token, isBot := strings.CutPrefix(req.Header.Get("Authorization"), "Bot ")
	if !isBot || token != s.opts.Token || s.gateway.tokenReset {
		return errUnauthorized
	}
	return nil
}

// refuse turns an error into an answer, and remembers malformed requests.
func (s *Server) refuse(r *http.Request, err error) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refuseLocked(r, err)
}

func (s *Server) refuseLocked(r *http.Request, err error) answer {
	e, isAPI := err.(*apiError)
	if !isAPI {
		e = malformed(http.StatusBadRequest, codeInvalidForm, err.Error())
	}
	a := answer{status: e.status, header: http.Header{}, body: mustJSON(e.body())}
	if e.malformed {
		s.violate(r.Method + " " + redactPath(r.URL.Path) + ": " + e.Error() + " " + string(a.body))
	}
	switch e.status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		s.limits.invalid(s.Now())
	case http.StatusNotFound:
		if e.code == codeUnknownWebhook { // writing on to a dead webhook is punished too
			s.limits.invalid(s.Now())
		}
	}
	if e.retryAfter > 0 {
		a.header.Set("Retry-After", strconv.Itoa(int(e.retryAfter.Seconds())+1))
	}
	return a
}

// redactPath hides interaction tokens, which are secrets even in a fake: a
// test's log may show how the real ones would appear.
func redactPath(p string) string {
	parts := strings.Split(p, "/")
	for i, part := range parts {
		if len(part) > minTokenLength {
			parts[i] = "…"
		}
	}
	return strings.Join(parts, "/")
}

// minTokenLength is longer than any snowflake or word of a route.
const minTokenLength = 30

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		// Only values of this package come here, and all of them marshal.
		return []byte(`{"message":"500: Internal Server Error","code":0}`)
	}
	return b
}

// write sends an answer.
func (s *Server) write(w http.ResponseWriter, a answer) {
	h := w.Header()
	for key, v := range a.header {
		h[key] = v
	}
	h.Set("Date", s.Now().UTC().Format(http.TimeFormat))
	if len(a.body) > 0 && h.Get("Content-Type") == "" {
		h.Set("Content-Type", "application/json")
	}
	if a.status != http.StatusNoContent && h.Get("Content-Length") == "" {
		h.Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
}

// notePublicURL remembers under which address the server is reached, unless
// the request came from this process.
func (s *Server) notePublicURL(r *http.Request) {
	if s.opts.PublicURL != "" || inProcess(r.Context()) || r.Host == "" {
		return
	}
	s.mu.Lock()
	s.publicURL = httpScheme(r) + "://" + r.Host
	s.mu.Unlock()
}

func httpScheme(r *http.Request) string {
	if r.TLS != nil {
		return "https"
	}
	return "http"
}

// sleep waits, unless the request is given up or the server closed first.
func (s *Server) sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	case <-s.done:
	}
}
