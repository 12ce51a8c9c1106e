package main

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"storyteller/internal/fakediscord"
)

// customs looks into everything that the bot sends: no message may ping anybody, and no token may be in it.
type customs struct {
	room *room
	next http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (c *customs) RoundTrip(req *http.Request) (*http.Response, error) {
	c.room.tokens.learn(req.URL.Path)
	if req.Body == nil {
		return c.next.RoundTrip(req)
	}
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	_ = req.Body.Close()
	req.Body = io.NopCloser(bytes.NewReader(body))
	what := req.Method + " " + tokenInPath.ReplaceAllString(req.URL.Path, "/…")
	c.room.tokens.check(c.room.t, string(body))
	if m, is := message(c.room.t, req, body); is && !silent(m) {
		c.room.t.Errorf("a message that may ping: %s %s", what, body)
	}
	return c.next.RoundTrip(req)
}

// message is what a request shows in a channel or to a member; false if it shows nothing.
func message(t *testing.T, req *http.Request, body []byte) (map[string]json.RawMessage, bool) {
	if kind, parameters, _ := mime.ParseMediaType(req.Header.Get("Content-Type")); kind == "multipart/form-data" {
		form, err := multipart.NewReader(bytes.NewReader(body), parameters["boundary"]).ReadForm(1 << 24)
		if err != nil {
			t.Error(err)
			return nil, false
		}
		body = []byte(form.Value["payload_json"][0])
	}
	path := req.URL.Path
	var m map[string]json.RawMessage
	switch {
	case strings.HasSuffix(path, "/callback"):
		var first struct {
			Type int                        `json:"type"`
			Data map[string]json.RawMessage `json:"data"`
		}
		if err := json.Unmarshal(body, &first); err != nil {
			t.Error(err)
		}
		const shows, changes = 4, 7
		return first.Data, first.Type == shows || first.Type == changes
	case !strings.Contains(path, "/messages") && !strings.Contains(path, "/webhooks/"), req.Method != http.MethodPost && req.Method != http.MethodPatch:
		return nil, false
	}
	if err := json.Unmarshal(body, &m); err != nil {
		t.Errorf("%s %s: %v", req.Method, path, err)
	}
	return m, true
}

// silent says whether a message pings nobody, whatever it says.
func silent(m map[string]json.RawMessage) bool {
	return string(m["allowed_mentions"]) == `{"parse":[]}`
}

// tokens are the tokens of interactions, as they are seen.
type tokens struct {
	mu    sync.Mutex
	known map[string]bool
}

var tokenInPath = regexp.MustCompile(`/(?:interactions|webhooks)/\d+/([^/]+)`)

func (k *tokens) learn(path string) {
	m := tokenInPath.FindStringSubmatch(path)
	if m == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.known == nil {
		k.known = map[string]bool{}
	}
	k.known[m[1]] = true
}

// check looks for tokens in what was written or sent.
func (k *tokens) check(t *testing.T, text string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if strings.Contains(text, fakediscord.DefaultToken) {
		t.Error("the bot's token is in:", strings.ReplaceAll(text, fakediscord.DefaultToken, "TOKEN"))
	}
	for token := range k.known {
		if strings.Contains(text, token) {
			t.Error("the token of an interaction is in:", strings.ReplaceAll(text, token, "TOKEN"))
		}
	}
}
