package discord

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

// dialFunc opens a connection, as net.Dialer.DialContext does.
type dialFunc func(ctx context.Context, network, addr string) (net.Conn, error)

// dialLimit bounds the making of a connection, TLS and the upgrade to a websocket included.
const dialLimit = 20 * time.Second

// overTLS opens TLS connections over dial. discordgo's websocket library would do that itself, but then the frames of
// the gateway could not be listened in on. settings may be nil.
func overTLS(dial dialFunc, settings *tls.Config) dialFunc {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		host, _, err := net.SplitHostPort(addr)
		if err != nil {
			return nil, err
		}
		raw, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		config := settings.Clone()
		if config == nil {
			config = &tls.Config{MinVersion: tls.VersionTLS12}
		}
		config.ServerName, config.NextProtos = host, []string{"http/1.1"}
		c := tls.Client(raw, config)
		if err := c.HandshakeContext(ctx); err != nil {
			_ = raw.Close()
			return nil, err
		}
		return c, nil
	}
}

// dialer opens connections to the gateway, through the proxy that the environment names for https, if it names one.
func dialer(proxy func(*http.Request) (*url.URL, error)) dialFunc {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		var d net.Dialer
		through, err := proxy(&http.Request{URL: &url.URL{Scheme: "https", Host: addr}})
		switch {
		case err != nil:
			return nil, errors.New("the proxy setting of the environment cannot be read")
		case through == nil:
			return d.DialContext(ctx, network, addr)
		case through.Scheme != "http":
			return nil, fmt.Errorf("a proxy of the kind %q cannot carry the gateway; use an http:// one in HTTPS_PROXY", through.Scheme)
		}
		port := through.Port()
		if port == "" {
			port = "80"
		}
		c, err := d.DialContext(ctx, network, net.JoinHostPort(through.Hostname(), port))
		if err != nil {
			return nil, err
		}
		if err := tunnel(ctx, c, addr, through.User); err != nil {
			_ = c.Close()
			return nil, err
		}
		return c, nil
	}
}

// tunnel asks an HTTP proxy to connect on to addr.
func tunnel(ctx context.Context, c net.Conn, addr string, user *url.Userinfo) error {
	deadline, ok := ctx.Deadline()
	if !ok {
		deadline = time.Now().Add(dialLimit)
	}
	if err := c.SetDeadline(deadline); err != nil {
		return err
	}
	req := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: addr}, Host: addr, Header: http.Header{}}
	if user != nil {
		password, _ := user.Password()
		req.Header.Set("Proxy-Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(user.Username()+":"+password)))
	}
	if err := req.Write(c); err != nil {
		return err
	}
	// Nothing follows the answer until the tunnel is used, so the reader cannot take too much.
	resp, err := http.ReadResponse(bufio.NewReader(c), req)
	if err != nil {
		return err
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the proxy refuses the gateway: %s", resp.Status)
	}
	return c.SetDeadline(time.Time{})
}
