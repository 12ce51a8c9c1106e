package fakediscord

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// Kinds of faults.
const (
	FaultStatus  = "status"  // answer with Status
	FaultReset   = "reset"   // the connection is reset, no answer
	FaultStall   = "stall"   // no answer until the client gives up
	FaultBadJSON = "badjson" // status 200 with a broken body
	FaultCut     = "cut"     // half of the right answer's body, if any, then the connection is reset
	FaultHeaders = "headers" // the right answer, with rate limit headers that cannot be read
	FaultDelay   = "delay"   // the right answer, after Delay
)

// Fault makes matching requests fail. Before the commit the world does not
// change; after it, the message is there and only the answer is lost.
type Fault struct {
	Method string // empty: any
	// Route is a route as in "/channels/{channel}/messages", or a path with *
	// for any one segment ("/channels/123/messages"), both without /api/v10.
	// Empty: any.
	Route       string
	AfterCommit bool
	Kind        string // empty: FaultStatus, or FaultDelay when Status is 0
	Status      int
	Code        int           // Discord's code in the body of a 4xx or 429
	Scope       string        // of a 429: user, shared, global or cloudflare
	RetryAfter  time.Duration // of a 429
	Delay       time.Duration // waited before anything else
	Times       int           // how many requests fail; 0: one, negative: all
	Skip        int           // how many pass first

	hits int
}

// Fail installs a fault. The function it returns removes it and tells how many
// requests it hit.
func (s *Server) Fail(f Fault) (remove func() int, err error) {
	if err := f.complete(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p := &f
	s.faults = append(s.faults, p)
	return func() int {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.dropFault(p)
		return p.hits
	}, nil
}

// ClearFaults removes all faults.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// complete fills in what follows from the rest.
func (f *Fault) complete() error {
	if f.Kind == "" {
		f.Kind = FaultStatus
		if f.Status == 0 && f.Delay > 0 {
			f.Kind = FaultDelay
		}
	}
	if f.Times == 0 {
		f.Times = 1
	}
	if f.Scope == "" {
		f.Scope = scopeUser
	}
	switch f.Kind {
	case FaultReset, FaultStall, FaultBadJSON, FaultDelay:
	case FaultCut, FaultHeaders:
		if !f.AfterCommit {
			return fmt.Errorf("a fault of the kind %q changes the answer, which is there only after the commit", f.Kind)
		}
	case FaultStatus:
		if f.Status < http.StatusBadRequest || f.Status > 599 {
			return errors.New("a fault's status is an HTTP error, 400 to 599")
		}
	default:
		return fmt.Errorf("there is no fault of the kind %q", f.Kind)
	}
	switch f.Scope {
	case scopeUser, scopeShared, scopeGlobal, scopeCloudflare:
	default:
		return fmt.Errorf("there is no scope %q of a 429", f.Scope)
	}
	if _, err := path.Match(f.Route, ""); err != nil {
		return fmt.Errorf("the route %q is no pattern: %w", f.Route, err)
	}
	return nil
}

func (s *Server) dropFault(p *Fault) {
	for i, f := range s.faults {
		if f == p {
			s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
			return
		}
	}
}

// takeFault is the fault that befalls a request now, nil for none.
func (s *Server) takeFault(req *request, committed bool) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		if f.AfterCommit != committed || !f.matches(req) {
			continue
		}
		if f.Skip > 0 {
			f.Skip--
			continue
		}
		f.hits++
		if f.Times > 0 {
			if f.Times--; f.Times == 0 {
				s.dropFault(f)
			}
		}
		hit := *f
		return &hit
	}
	return nil
}

func (f *Fault) matches(req *request) bool {
	if f.Method != "" && f.Method != req.Method {
		return false
	}
	if f.Route == "" || f.Route == req.route.path {
		return true
	}
	rest, err := apiPath(req.URL.Path)
	fits, _ := path.Match(f.Route, rest)
	return err == nil && fits
}

// play acts a fault out. It reports whether the request should go on as if
// nothing had happened.
func (s *Server) play(w http.ResponseWriter, r *http.Request, f *Fault, a answer) bool {
	if f.Delay > 0 {
		s.sleep(r.Context(), f.Delay)
	}
	switch f.Kind {
	case FaultDelay:
		return true
	case FaultReset:
		abort(w)
	case FaultStall:
		select {
		case <-r.Context().Done():
		case <-s.done:
		}
		abort(w)
	case FaultBadJSON:
		s.write(w, answer{status: http.StatusOK, header: a.header, body: []byte(`{"id": "12`)})
	case FaultCut:
		if len(a.body) > 0 {
			s.write(w, a.half())
		}
		truncate(w)
	case FaultHeaders:
		s.write(w, a.illegible())
	case FaultStatus:
		s.write(w, s.faultAnswer(f))
	}
	return false
}

func (s *Server) faultAnswer(f *Fault) answer {
	limited := f.Status == http.StatusTooManyRequests && f.Scope != scopeShared
	if limited || f.Status == http.StatusUnauthorized || f.Status == http.StatusForbidden {
		s.mu.Lock()
		s.limits.invalid(s.Now())
		s.mu.Unlock()
	}
	switch {
	case f.Status == http.StatusTooManyRequests:
		return limitedAnswer(f.RetryAfter, f.Scope, f.Code)
	case f.Status >= http.StatusInternalServerError && f.Code == 0:
		// What a load balancer says when the API behind it is gone.
		h := http.Header{}
		h.Set("Content-Type", "text/html")
		text := fmt.Sprintf("<html><head><title>%d %s</title></head></html>\n", f.Status, http.StatusText(f.Status))
		return answer{status: f.Status, header: h, body: []byte(text)}
	}
	return answer{status: f.Status, body: mustJSON(jsonMap{"message": http.StatusText(f.Status), "code": f.Code})}
}

// half is an answer that promises more than it holds.
func (a answer) half() answer {
	h := http.Header{}
	maps.Copy(h, a.header)
	h.Set("Content-Length", strconv.Itoa(len(a.body)))
	return answer{status: a.status, header: h, body: a.body[:len(a.body)/2]}
}

// illegible is an answer whose rate limit headers are no numbers.
func (a answer) illegible() answer {
	h := http.Header{}
	maps.Copy(h, a.header)
	for _, key := range []string{"X-RateLimit-Remaining", "X-RateLimit-Reset", "X-RateLimit-Reset-After"} {
		h.Set(key, "soon")
	}
	a.header = h
	return a
}

// truncate ends the connection in the middle of an answer.
func truncate(w http.ResponseWriter) {
	if f, ok := w.(http.Flusher); ok {
		f.Flush()
	}
	abort(w)
}

// aborter is a ResponseWriter that can act as a connection reset.
type aborter interface{ abort() }

// abort ends the connection without an answer.
func abort(w http.ResponseWriter) {
	if a, ok := w.(aborter); ok {
		a.abort()
		return
	}
	if hj, ok := w.(http.Hijacker); ok {
		if conn, _, err := hj.Hijack(); err == nil {
			if tcp, ok := conn.(interface{ SetLinger(int) error }); ok {
				_ = tcp.SetLinger(0) // a reset instead of an orderly end
			}
			_ = conn.Close()
			return
		}
	}
	panic(http.ErrAbortHandler) // net/http's own way to break a connection off
}

// UnmarshalJSON reads the control API's form, in which status is an HTTP
// status or the name of a kind, and times are in seconds.
func (f *Fault) UnmarshalJSON(b []byte) error {
	var in struct {
		Method      string  `json:"method"`
		Route       string  `json:"route"`
		AfterCommit bool    `json:"after_commit"`
		Status      any     `json:"status"`
		Code        int     `json:"code"`
		Scope       string  `json:"scope"`
		RetryAfter  float64 `json:"retry_after"`
		Delay       float64 `json:"delay"`
		Times       int     `json:"times"`
		Skip        int     `json:"skip"`
	}
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*f = Fault{
		Method: strings.ToUpper(in.Method), Route: in.Route, AfterCommit: in.AfterCommit, Code: in.Code, Scope: in.Scope,
		RetryAfter: seconds(in.RetryAfter), Delay: seconds(in.Delay), Times: in.Times, Skip: in.Skip,
	}
	switch v := in.Status.(type) {
	case nil:
	case float64:
		f.Status = int(v)
	case string:
		f.Kind = v
	default:
		return errors.New("a fault's status is an HTTP status or one of reset, stall, badjson, cut, headers, delay")
	}
	return f.complete()
}

func seconds(f float64) time.Duration { return time.Duration(f * float64(time.Second)) }
