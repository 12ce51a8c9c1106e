package discord

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/commands"
	"storyteller/internal/fakediscord"
)

// TestTheBotWorksOverRealSockets has TLS, HTTP/2 and the network in it, which the tests in virtual time have not.
func TestTheBotWorksOverRealSockets(t *testing.T) {
	fake := fakediscord.New(fakediscord.Options{Token: testToken})
	defer fake.Close()
	server := httptest.NewTLSServer(fake.Handler())
	defer server.Close()
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	b, err := New(Config{
		Token: testToken, API: server.URL + "/api/v10", Commands: definitions, Transport: server.Client().Transport, Memory: newMemory(),
		Handler: handlerFunc(func(context.Context, commands.Request) commands.Reply { return commands.Reply{Text: "ok"} }),
		Log:     slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	b.tls = &tls.Config{RootCAs: roots}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	select {
	case <-b.Ready():
	case err := <-ended:
		t.Fatal(err)
	case <-time.After(20 * time.Second):
		t.Fatal("not ready")
	}
	anna, err := fake.AddMember(fakediscord.Member{DisplayName: "Anna"})
	if err != nil {
		t.Fatal(err)
	}
	id, err := fake.Command(fakediscord.CommandInput{User: anna.ID, Channel: fake.Channels("")[0].ID, Name: commands.Group, Subcommand: "list"})
	if err != nil {
		t.Fatal(err)
	}
	if o, err := fake.WaitOutcome(ctx, id); err != nil || o.Message == nil || o.Message.Content != "ok" {
		t.Errorf("outcome %+v, %v", o, err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// listen serves each connection with serve.
func listen(t *testing.T, serve func(net.Conn)) net.Addr {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serve(c)
		}
	}()
	return l.Addr()
}

func TestTheGatewayGoesThroughAProxy(t *testing.T) {
	var asked http.Header
	var target string
	proxy := listen(t, func(c net.Conn) {
		defer func() { _ = c.Close() }()
		in := bufio.NewReader(c)
		req, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		asked, target = req.Header, req.Method+" "+req.Host
		if req.Host == "forbidden.example:443" {
			_, _ = io.WriteString(c, "HTTP/1.1 403 Forbidden\r\n\r\n")
			return
		}
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n")
		_, _ = io.Copy(c, in) // an echo stands for the gateway
	})
	through := func(*http.Request) (*url.URL, error) {
		return &url.URL{Scheme: "http", Host: proxy.String(), User: url.UserPassword("me", "word")}, nil
	}
	c, err := dialer(through)(t.Context(), "tcp", "gateway.example:443")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	_, _ = io.WriteString(c, "hello")
	echo := make([]byte, 5)
	if _, err := io.ReadFull(c, echo); err != nil || string(echo) != "hello" {
		t.Errorf("echo %q, %v", echo, err)
	}
	if target != "CONNECT gateway.example:443" || asked.Get("Proxy-Authorization") != "Basic bWU6d29yZA==" {
		t.Errorf("asked for %s with %v", target, asked)
	}
	if _, err := dialer(through)(t.Context(), "tcp", "forbidden.example:443"); err == nil {
		t.Error("a refusal of the proxy is no error")
	}
	socks := func(*http.Request) (*url.URL, error) { return url.Parse("socks5://127.0.0.1:1") }
	if _, err := dialer(socks)(t.Context(), "tcp", "gateway.example:443"); err == nil {
		t.Error("a proxy of another kind is no error")
	}
}

// mute is a gateway connection on which nothing comes after the upgrade.
type mute struct {
	net.Conn
	end    []byte // of what came so far
	closed chan struct{}
	once   sync.Once
}

func (m *mute) Read(p []byte) (int, error) {
	if bytes.HasSuffix(m.end, []byte("\r\n\r\n")) {
		<-m.closed
		return 0, errors.New("closed")
	}
	n, err := m.Conn.Read(p[:1])
	m.end = append(m.end, p[:n]...)
	return n, err
}

func (m *mute) Close() error {
	m.once.Do(func() { close(m.closed) })
	return m.Conn.Close()
}

func TestAGatewayThatSaysNothingIsLeft(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		dial, first := r.bot.cfg.DialGateway, true
		r.bot.cfg.DialGateway = func(ctx context.Context, network, addr string) (net.Conn, error) {
			c, err := dial(ctx, network, addr)
			if first && err == nil {
				first = false
				return &mute{Conn: c, closed: make(chan struct{})}, nil
			}
			return c, err
		}
		r.start()
		select {
		case <-r.bot.Ready():
		case <-time.After(openLimit + 10*time.Second):
			r.Errorf("not ready:\n%s", r.log)
		}
		synctest.Wait() // discordgo's first heartbeat
	})
}

func TestSettingsAreChecked(t *testing.T) {
	good := Config{Token: "x", Memory: newMemory(), Handler: handlerFunc(nil)}
	for name, change := range map[string]func(*Config){
		"no token":   func(c *Config) { c.Token = " Bot " },
		"no memory":  func(c *Config) { c.Memory = nil },
		"no handler": func(c *Config) { c.Handler = nil },
		"guild":      func(c *Config) { c.Guild = "my server" },
		"API":        func(c *Config) { c.API = "discord.com" },
		"API query":  func(c *Config) { c.API = "https://discord.com/api?x=y" },
	} {
		c := good
		change(&c)
		if _, err := New(c); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := New(good); err != nil {
		t.Error(err)
	}
}
