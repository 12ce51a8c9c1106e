package discord

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// door tells a session of discordgo where the gateway is: at first where Discord says that bots come in, and once the
// session has begun where Discord wants it back (resume_gateway_url, which discordgo does not know of; sessions that
// come back elsewhere are cut off more often). It answers the one call that discordgo makes to ask for the address, and
// no other.
//
// discordgo asks once and keeps the answer until it fails to dial there. So to have it move, one dial is made to fail:
// the door is shut for it.
type door struct {
	mu      sync.Mutex
	general string
	resume  string // empty: general
	told    string // what discordgo was told last
	closed  bool
}

var errShut = errors.New("the gateway has another address now")

func newDoor(general string) *door { return &door{general: general} }

func (d *door) address() string {
	if d.resume != "" {
		return d.resume
	}
	return d.general
}

// resumeAt notes where the session is to be resumed. An address that is less safe than the general one is not taken.
func (d *door) resumeAt(address string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if u, err := gatewayAddress(address); err == nil && strings.HasPrefix(d.general, u.Scheme+":") {
		d.resume = address
	}
}

// failed notes that no connection could be opened: the general address leads to the session as well.
func (d *door) failed() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.resume = ""
}

func (d *door) shut(closed bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = closed
}

func (d *door) isShut() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.closed
}

// moved says whether discordgo holds on to another address.
func (d *door) moved() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.told != "" && d.told != d.address()
}

// RoundTrip implements http.RoundTripper: it answers with the address.
func (d *door) RoundTrip(req *http.Request) (*http.Response, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.told = d.address()
	body, err := json.Marshal(map[string]string{"url": d.told})
	if err != nil {
		return nil, err
	}
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: req,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(string(body))),
	}, nil
}

// gatewayAddress reads the address of a gateway.
func gatewayAddress(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "wss" && u.Scheme != "ws" || u.Host == "" || u.User != nil {
		return nil, errors.New("the gateway's address cannot be read")
	}
	return u, nil
}
