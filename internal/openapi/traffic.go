package openapi

import (
	"bytes"
	"fmt"
	"hash/maphash"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
)

// Traffic is what is said and heard in a run of tests. The zero value is ready; it may be used from any goroutine.
type Traffic struct {
	mu     sync.Mutex
	known  map[uint64]bool // the hashes of shapes
	calls  []call
	events []event
}

// call is a request and its answer.
type call struct {
	where        string // the test
	method, path string
	query        []string
	sent, got    []byte // JSON; empty for none
	status       int    // 0 when no answer came
}

// event is an event of the gateway.
type event struct {
	where, name string
	data        []byte
}

// Over checks all that passes to next. where names the test in complaints.
func (t *Traffic) Over(where string, next http.RoundTripper) http.RoundTripper {
	if !present() {
		return next
	}
	return &tap{where, t, next}
}

type tap struct {
	where string
	to    *Traffic
	next  http.RoundTripper
}

// maxKept bounds how many shapes are kept, for tests that go on for hours: what
// comes after so many differs only in its numbers.
const maxKept = 10_000

// maxPart bounds what is kept of a file in memory while a multipart body is read, in bytes.
const maxPart = 1 << 20

// RoundTrip implements http.RoundTripper.
func (p *tap) RoundTrip(req *http.Request) (*http.Response, error) {
	path, api := strings.CutPrefix(req.URL.Path, "/api/v10")
	if !api {
		path, api = strings.CutPrefix(req.URL.Path, "/api/v9")
	}
	if !api {
		return p.next.RoundTrip(req)
	}
	c := call{where: p.where, method: req.Method, path: path}
	for key := range req.URL.Query() {
		c.query = append(c.query, key)
	}
	if req.Body != nil {
		body, err := io.ReadAll(req.Body)
		_ = req.Body.Close()
		if err != nil {
			return nil, err
		}
		req.Body = io.NopCloser(bytes.NewReader(body))
		c.sent = jsonOf(req.Header.Get("Content-Type"), body)
	}
	resp, err := p.next.RoundTrip(req)
	if err != nil {
		p.to.keep(c)
		return resp, err
	}
	c.status = resp.StatusCode
	got, err := io.ReadAll(resp.Body)
	resp.Body = again{bytes.NewReader(got), err}
	if kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type")); kind == "application/json" && err == nil {
		c.got = got
	}
	p.to.keep(c)
	return resp, nil
}

// again is a body that was read, with the error that it ended in.
type again struct {
	*bytes.Reader
	err error
}

// Read implements io.Reader.
func (a again) Read(b []byte) (int, error) {
	n, err := a.Reader.Read(b)
	if err == io.EOF && a.err != nil {
		err = a.err
	}
	return n, err
}

// Close implements io.Closer.
func (a again) Close() error { return nil }

// jsonOf is the JSON that a body carries, by itself or beside files.
func jsonOf(contentType string, body []byte) []byte {
	kind, parameters, err := mime.ParseMediaType(contentType)
	if err != nil || kind != "multipart/form-data" {
		return body
	}
	form, err := multipart.NewReader(bytes.NewReader(body), parameters["boundary"]).ReadForm(maxPart)
	if err != nil || len(form.Value["payload_json"]) == 0 {
		return nil
	}
	defer func() { _ = form.RemoveAll() }()
	return []byte(form.Value["payload_json"][0])
}

// Event takes an event of the gateway.
func (t *Traffic) Event(where, name string, data []byte) {
	if _, known := parts[name]; known && present() && t.first(name, data, nil) {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.events = append(t.events, event{where, name, data})
	}
}

func (t *Traffic) keep(c call) {
	if t.first(fmt.Sprint(c.method, " ", c.path, c.query, c.status), c.sent, c.got) {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.calls = append(t.calls, c)
	}
}

// first reports whether nothing of this shape was kept before.
func (t *Traffic) first(what string, sent, got []byte) bool {
	var h maphash.Hash
	h.SetSeed(seed)
	shape(&h, []byte(what))
	shape(&h, sent)
	shape(&h, got)
	key := h.Sum64()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.known[key] || len(t.known) >= maxKept {
		return false
	}
	if t.known == nil {
		t.known = map[uint64]bool{}
	}
	t.known[key] = true
	return true
}

// Main runs the tests of a package, then checks their traffic, and tells the status to exit with.
func (t *Traffic) Main(m interface{ Run() int }) int {
	status := m.Run()
	for _, complaint := range t.complaints() {
		fmt.Fprintln(os.Stderr, "--- FAIL: what was said is not as Discord describes it:", complaint)
		status = max(status, 1)
	}
	return status
}

// Want fails a test when the description is here and one of these operations, as in "GET /gateway", was not used so far.
// Without a description it skips the test.
func (t *Traffic) Want(tb testing.TB, operations ...string) {
	tb.Helper()
	if !present() {
		tb.Skip(absent)
	}
	seen, err := t.seen()
	if err != nil {
		tb.Fatal(err)
	}
	for _, op := range operations {
		if seen[op] == 0 {
			tb.Errorf("nothing went to %s; seen: %v", op, seen)
		}
	}
}

// seen counts the kinds of calls by operation.
func (t *Traffic) seen() (map[string]int, error) {
	d, err := load()
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	seen := map[string]int{}
	for _, c := range t.calls {
		if name, op := d.operation(c.method, c.path); op != nil {
			seen[name]++
		}
	}
	return seen, nil
}
