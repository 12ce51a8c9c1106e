package rehearse

import (
	"context"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

func newTestServer(t *testing.T, o Options) *Server {
	t.Helper()
	fake := fakediscord.New(fakediscord.Options{})
	t.Cleanup(fake.Close)
	return New(fake, o)
}

func serve(s *Server, r *http.Request) *http.Response {
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w.Result()
}

func request(method, host, target, body string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host = host
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

func TestEveryFileOfThePageIsServed(t *testing.T) {
	s := newTestServer(t, Options{})
	err := fs.WalkDir(pageFiles, "page", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		res := serve(s, request("GET", "127.0.0.1:8080", strings.TrimPrefix(name, "page"), ""))
		if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != pageTypes[path.Ext(name)] {
			t.Errorf("%s: %d %q", name, res.StatusCode, res.Header.Get("Content-Type"))
		}
		if !strings.Contains(res.Header.Get("Content-Security-Policy"), "script-src 'self'") || res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: policy %q, cache %q", name, res.Header.Get("Content-Security-Policy"), res.Header.Get("Cache-Control"))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{"/nothing", "/server.go", "/page/app.js", "/index"} {
		if res := serve(s, request("GET", "localhost", target, "")); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", target, res.StatusCode)
		}
	}
	if res := serve(s, request("POST", "localhost", "/", "")); res.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST /: %d, want 405", res.StatusCode)
	}
}

func TestOnlyItsOwnNamesAreAnswered(t *testing.T) {
	s := newTestServer(t, Options{Hosts: []string{"rehearsal.test"}})
	for host, want := range map[string]int{
		"127.0.0.1:8080": 200, "localhost:8080": 200, "LOCALHOST": 200, "[::1]:8080": 200, "127.8.9.1": 200, "rehearsal.test:80": 200,
		"evil.example": 403, "localhost.evil.example": 403, "192.168.1.5:8080": 403, "": 403,
	} {
		if res := serve(s, request("GET", host, "/", "")); res.StatusCode != want {
			t.Errorf("Host %q: %d, want %d", host, res.StatusCode, want)
		}
	}
	r := request("GET", "192.168.1.5:8080", "/", "")
	r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, net.Addr(&net.TCPAddr{IP: net.IPv4(192, 168, 1, 5), Port: 8080})))
	if res := serve(s, r); res.StatusCode != http.StatusOK {
		t.Errorf("the address a request came in on: %d, want 200", res.StatusCode)
	}
}

func TestAnotherSitesPageCanDoNothing(t *testing.T) {
	s := newTestServer(t, Options{})
	const host = "127.0.0.1:8080"
	body := `{"display_name":"Anna"}`
	for _, c := range []struct {
		name    string
		headers []string
		ok      bool
	}{
		{"own page", []string{"Origin", "http://" + host, "Sec-Fetch-Site", "same-origin"}, true},
		{"a tool without a browser", nil, true},
		{"other site", []string{"Origin", "http://evil.example", "Sec-Fetch-Site", "cross-site"}, false},
		{"other site, old browser", []string{"Origin", "http://evil.example"}, false},
		{"other port", []string{"Origin", "http://127.0.0.1:9", "Sec-Fetch-Site", "same-site"}, false},
		{"sandboxed page", []string{"Origin", "null"}, false},
	} {
		res := serve(s, request("POST", host, "/control/members", body, append([]string{"Content-Type", "application/json"}, c.headers...)...))
		if ok := res.StatusCode/100 == 2; ok != c.ok {
			t.Errorf("%s: %d", c.name, res.StatusCode)
		}
	}
	res := serve(s, request("POST", host, "/control/members", body, "Content-Type", "text/plain"))
	if res.StatusCode/100 == 2 {
		t.Errorf("a plain form was taken: %d", res.StatusCode)
	}
	if res := serve(s, request("GET", host, "/control/state", "", "Sec-Fetch-Site", "cross-site")); res.StatusCode != http.StatusForbidden {
		t.Errorf("state for another site: %d, want 403", res.StatusCode)
	}
}

func TestAttachedPagesAreDisarmed(t *testing.T) {
	s := newTestServer(t, Options{})
	res := serve(s, request("GET", "localhost", "/attachments/1/2/x.html", ""))
	if !strings.HasPrefix(res.Header.Get("Content-Security-Policy"), "sandbox;") || res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers of an attachment: %v", res.Header)
	}
}

func TestTheServerStopsWithItsContext(t *testing.T) {
	s := newTestServer(t, Options{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	// An open stream of events must not hold the end up.
	res, err := http.Get(URL(l.Addr()) + "control/events?user=1")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	begun := time.Now()
	cancel()
	if err := <-ended; err != nil {
		t.Fatalf("Serve: %v", err)
	}
	if took := time.Since(begun); took > shutdownTimeout {
		t.Errorf("it took %v to stop", took)
	}
}

func TestURLIsOneThatABrowserCanOpen(t *testing.T) {
	for _, c := range []struct {
		addr net.Addr
		want string
	}{
		{&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080}, "http://127.0.0.1:8080/"},
		{&net.TCPAddr{IP: net.IPv6unspecified, Port: 80}, "http://127.0.0.1:80/"},
		{&net.TCPAddr{Port: 9}, "http://127.0.0.1:9/"},
		{&net.TCPAddr{IP: net.IPv6loopback, Port: 8080}, "http://[::1]:8080/"},
	} {
		if got := URL(c.addr); got != c.want {
			t.Errorf("URL(%v) = %q, want %q", c.addr, got, c.want)
		}
	}
}
