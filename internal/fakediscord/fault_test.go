package fakediscord_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

// spoilt are the ways in which an answer can go missing or cannot be read.
var spoilt = []fakediscord.Fault{
	{Status: 500}, {Status: 502}, {Status: 503}, {Status: 504}, {Kind: fakediscord.FaultReset}, {Kind: fakediscord.FaultStall},
	{Kind: fakediscord.FaultBadJSON}, {Kind: fakediscord.FaultCut},
}

// TestAFaultLosesOnlyTheAnswer spoils a post, an edit and the answer to an
// interaction in every way, before and after they are done.
func TestAFaultLosesOnlyTheAnswer(t *testing.T) {
	const call = "/interactions/{interaction}/{token}/callback"
	for _, f := range spoilt {
		for _, after := range []bool{false, true} {
			f.AfterCommit = after
			if f.Kind == fakediscord.FaultCut && !f.AfterCommit {
				continue
			}
			f.Method, f.Route = "POST", "/channels/{channel}/messages"
			lose(t, f, func(b *bot) string { return "/channels/" + general(b.s) + "/messages" }, map[string]any{"content": "beat"})
			f.Method, f.Route = "PATCH", f.Route+"/{message}"
			lose(t, f, func(b *bot) string {
				return "/channels/" + general(b.s) + "/messages/" + b.post("a")
			}, map[string]any{"content": "y"})
			f.Method, f.Route = "POST", call
			lose(t, f, func(b *bot) string {
				_, _, callback := b.command(anna(b.t, b.s))
				return callback + "?with_response=true"
			}, map[string]any{"type": 4, "data": map[string]any{"content": "z"}})
		}
	}
}

// lose makes a request that meets a fault, and looks at what came of it.
func lose(t *testing.T, f fakediscord.Fault, path func(*bot) string, body map[string]any) {
	const patience = 25 * time.Second // longer than discordgo's 20 s
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		to := path(newBot(t, s, c))
		remove, err := s.Fail(f)
		if err != nil {
			t.Fatal(err)
		}
		before, asked := len(s.Ledger()), time.Now()
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		r, err := c.try(ctx, f.Method, to, body)
		if err == nil && r.status == 200 && r.m != nil {
			t.Errorf("%+v: the answer came: %s", f, r.raw)
		}
		if f.Kind == fakediscord.FaultStall && time.Since(asked) < patience {
			t.Errorf("%+v: it stalled for %v", f, time.Since(asked))
		}
		if done := len(s.Ledger()) - before; (done == 1) != f.AfterCommit || remove() != 1 {
			t.Errorf("%+v: %d entries were made", f, done)
		}
	})
}

func TestRateLimitHeadersCanBeIllegible(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		if _, err := s.Fail(fakediscord.Fault{Kind: fakediscord.FaultHeaders}); err == nil {
			t.Fatal("an answer that is not there can have no headers")
		}
		if _, err := s.Fail(fakediscord.Fault{Kind: fakediscord.FaultHeaders, AfterCommit: true}); err != nil {
			t.Fatal(err)
		}
		r := c.want(c.do("POST", "/channels/"+general(s)+"/messages", map[string]any{"content": "x"}), 200, 0)
		if h := r.header.Get("X-RateLimit-Reset-After"); h != "soon" || len(s.Messages(general(s))) != 1 {
			t.Fatalf("Reset-After: %s", h)
		}
	})
}

func TestACutIsOneOverASocketToo(t *testing.T) {
	s := fakediscord.New(fakediscord.Options{})
	server := httptest.NewServer(s.Handler())
	defer server.Close()
	defer s.Close()
	c := newClient(t, s)
	c.http.Transport, c.base = nil, server.URL+"/api/v9"
	for i, kind := range []string{fakediscord.FaultReset, fakediscord.FaultCut} {
		if _, err := s.Fail(fakediscord.Fault{Kind: kind, AfterCommit: true}); err != nil {
			t.Fatal(err)
		}
		r, err := c.try(context.Background(), "POST", "/channels/"+general(s)+"/messages", map[string]any{"content": "x"})
		if err == nil || r.status != []int{0, 200}[i] {
			t.Fatalf("%s: status %d, %v", kind, r.status, err)
		}
		if len(s.Ledger()) != i+1 {
			t.Fatalf("%s: the message is not there", kind)
		}
	}
	r := c.want(c.do("GET", "/gateway", nil), 200, 0)
	if want := "ws" + strings.TrimPrefix(server.URL, "http") + "/gateway-ws"; r.str("url") != want {
		t.Fatalf("%s, want %s", r.raw, want)
	}
}
