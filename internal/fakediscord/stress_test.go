package fakediscord_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

// TestManyAtOnceLoseNothing posts and reads from many sides while people join
// and the gateway is cut; the ledger must hold each post once.
func TestManyAtOnceLoseNothing(t *testing.T) {
	const writers, posts = 8, 50
	s := fakediscord.New(fakediscord.Options{Limits: fakediscord.Limits{Off: true}, IdentifyInterval: -1})
	server := httptest.NewServer(s.Handler())
	defer server.Close()
	defer s.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	events := s.Subscribe(ctx)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			c := newClient(t, s)
			if w%2 == 0 { // half of them over sockets
				c.http.Transport, c.base = nil, server.URL+"/api/v10"
			}
			for i := range posts {
				body := map[string]any{"content": "x", "nonce": fmt.Sprint(w, " ", i), "enforce_nonce": true}
				for range 2 { // the second one must change nothing
					if r := c.do("POST", "/channels/"+general(s)+"/messages", body); r.status != 200 {
						t.Errorf("%s", r.raw)
					}
				}
			}
		})
	}
	wg.Go(func() {
		for range posts {
			w := dial(t, s, gatewayURL)
			w.next()
			w.send(2, identify(nil))
			if err := s.Gateway().WaitReady(ctx); err != nil {
				t.Error(err)
			}
			s.Gateway().Cut()
			w.closed()
		}
	})
	wg.Go(func() {
		for range posts {
			if _, err := s.AddMember(fakediscord.Member{}); err != nil {
				t.Error(err)
			}
		}
	})
	seen := 0
	for e := range events {
		if e.Type == "message" {
			seen++
		}
		if seen == writers*posts {
			break
		}
	}
	wg.Wait()
	if n := len(s.Ledger()); n != writers*posts || seen != n {
		t.Fatalf("%d entries, %d events; want %d", n, seen, writers*posts)
	}
	if v := s.Violations(); len(v) > 0 {
		t.Fatal(v)
	}
}
