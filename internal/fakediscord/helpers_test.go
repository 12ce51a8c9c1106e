package fakediscord_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/fakediscord"
	"storyteller/internal/openapi"
)

// traffic is all that the tests of this package say and hear.
var traffic openapi.Traffic

func TestMain(m *testing.M) { os.Exit(traffic.Main(m)) }

// heard lets the description check what passes, but for the noise of fuzzing,
// of which there is no end.
func heard(t testing.TB, next http.RoundTripper) http.RoundTripper {
	if strings.HasPrefix(t.Name(), "Fuzz") {
		return next
	}
	return traffic.Over(t.Name(), next)
}

// client speaks REST to a server, as a bot would with net/http.
type client struct {
	t    testing.TB
	s    *fakediscord.Server
	http http.Client
	base string
	auth string
}

func newClient(t testing.TB, s *fakediscord.Server) *client {
	return &client{t: t, s: s, http: http.Client{Transport: heard(t, s.Transport())}, base: "https://discord.com/api/v10", auth: "Bot " + fakediscord.DefaultToken}
}

// result is an answer, decoded.
type result struct {
	status int
	header http.Header
	raw    []byte
	m      map[string]any
	list   []map[string]any
}

func (r result) code() int { n, _ := r.m["code"].(float64); return int(n) }
func (r result) str(key string) string {
	s, _ := r.m[key].(string)
	return s
}

// do sends a request; body is JSON text or a value to marshal.
func (c *client) do(method, path string, body any) result {
	c.t.Helper()
	r, err := c.try(context.Background(), method, path, body)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	return r
}

func (c *client) try(ctx context.Context, method, path string, body any) (result, error) {
	var rd io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		rd = strings.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			c.t.Fatal(err)
		}
		rd = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, rd)
	if err != nil {
		c.t.Fatal(err)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return c.send(req)
}

func (c *client) send(req *http.Request) (result, error) {
	req.Header.Set("User-Agent", "DiscordBot (https://example.org, 1)")
	if c.auth != "" {
		req.Header.Set("Authorization", c.auth)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return result{}, err
	}
	defer resp.Body.Close()
	r := result{status: resp.StatusCode, header: resp.Header}
	if r.raw, err = io.ReadAll(resp.Body); err != nil {
		return r, err
	}
	_ = json.Unmarshal(r.raw, &r.m)
	_ = json.Unmarshal(r.raw, &r.list)
	return r, nil
}

// want fails unless an answer has a status and a Discord code (0: none).
func (c *client) want(r result, status, code int) result {
	c.t.Helper()
	if r.status != status || r.code() != code {
		c.t.Fatalf("status %d, code %d; want %d, %d: %s", r.status, r.code(), status, code, r.raw)
	}
	return r
}

// complains fails unless an answer is 50035 with an error at a path of its
// tree, whose code is given last.
func (c *client) complains(r result, path ...string) {
	c.t.Helper()
	c.want(r, 400, 50035)
	node, _ := r.m["errors"].(map[string]any)
	code := path[len(path)-1]
	for _, key := range path[:len(path)-1] {
		node, _ = node[key].(map[string]any)
	}
	list, _ := node["_errors"].([]any)
	for _, e := range list {
		if m, _ := e.(map[string]any); m["code"] == code {
			return
		}
	}
	c.t.Fatalf("no error %v in %s", path, r.raw)
}

// bubble runs a test in a synctest bubble, at a time when Discord exists, with
// a server that is closed at the end and saw nothing malformed.
func bubble(t *testing.T, o fakediscord.Options, f func(t *testing.T, s *fakediscord.Server, c *client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)))
		o.OnEvent = func(name string, data []byte) { traffic.Event(t.Name(), name, data) }
		s := fakediscord.New(o)
		defer s.Close()
		f(t, s, newClient(t, s))
	})
}

func general(s *fakediscord.Server) string { return s.Channels("")[0].ID }

func anna(t testing.TB, s *fakediscord.Server) string {
	t.Helper()
	m, err := s.AddMember(fakediscord.Member{DisplayName: "Anna"})
	if err != nil {
		t.Fatal(err)
	}
	return m.ID
}
