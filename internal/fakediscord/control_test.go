package fakediscord_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"storyteller/internal/fakediscord"
)

// control calls the control API and decodes its answer into out.
func control(t *testing.T, h *http.Client, base, path string, in, out any) (int, string) {
	t.Helper()
	var resp *http.Response
	var err error
	if in == nil {
		resp, err = h.Get(base + "/control/" + path)
	} else {
		raw, merr := json.Marshal(in)
		if merr != nil {
			t.Fatal(merr)
		}
		resp, err = h.Post(base+"/control/"+path, "application/json", bytes.NewReader(raw))
	}
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if out != nil {
		if err := json.Unmarshal(raw, out); err != nil {
			t.Fatalf("%s: %v in %s", path, err, raw)
		}
	}
	return resp.StatusCode, string(raw)
}

// sse reads an event stream.
type sse struct {
	t *testing.T
	r *bufio.Reader
}

func watch(t *testing.T, h *http.Client, base, query, lastID string) *sse {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	req, err := http.NewRequestWithContext(ctx, "GET", base+"/control/events?"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	if lastID != "" {
		req.Header.Set("Last-Event-ID", lastID)
	}
	resp, err := h.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cancel(); _ = resp.Body.Close() })
	if ct := resp.Header.Get("Content-Type"); ct != "text/event-stream" {
		t.Fatalf("content type %q", ct)
	}
	return &sse{t, bufio.NewReader(resp.Body)}
}

// until reads to an event of a type.
func (s *sse) until(kind string) (id string, e map[string]any) {
	s.t.Helper()
	for {
		line, err := s.r.ReadString('\n')
		if err != nil {
			s.t.Fatalf("waiting for %q: %v", kind, err)
		}
		line = strings.TrimSpace(line)
		if v, ok := strings.CutPrefix(line, "id: "); ok {
			id = v
		}
		if v, ok := strings.CutPrefix(line, "data: "); ok {
			e = nil
			if err := json.Unmarshal([]byte(v), &e); err != nil {
				s.t.Fatal(err)
			}
			if e["type"] == kind {
				return id, e
			}
		}
	}
}

// TestAWholeRoundOverARealPort plays a bot and a person who know nothing of
// this process but its address.
func TestAWholeRoundOverARealPort(t *testing.T) {
	s := fakediscord.New(fakediscord.Options{})
	server := httptest.NewServer(s.Handler())
	defer server.Close()
	defer s.Close()

	d, err := discordgo.New("Bot " + fakediscord.DefaultToken)
	if err != nil {
		t.Fatal(err)
	}
	d.Client.Transport = redirect{server.Listener.Addr().String()}
	d.Dialer = &websocket.Dialer{}
	d.Identify.Intents = discordgo.IntentsGuilds
	d.ShouldReconnectOnError = false
	d.AddHandler(func(d *discordgo.Session, i *discordgo.InteractionCreate) {
		data := &discordgo.InteractionResponseData{Content: "for you", Flags: discordgo.MessageFlagsEphemeral}
		if err := d.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{Type: 4, Data: data}); err != nil {
			t.Error(err)
		}
		if _, err := d.ChannelMessageSend(i.ChannelID, "for all"); err != nil {
			t.Error(err)
		}
	})
	if err := d.Open(); err != nil {
		t.Fatal(err)
	}
	defer s.Gateway().Cut()
	app := d.State.User.ID
	if _, err := d.ApplicationCommandBulkOverwrite(app, s.Guild().ID, []*discordgo.ApplicationCommand{{Name: "story", Description: "x"}}); err != nil {
		t.Fatal(err)
	}

	var person struct{ ID, DisplayName string }
	control(t, server.Client(), server.URL, "members", map[string]any{"display_name": "Anna", "permissions": "0"}, &person)
	var state struct {
		Guild    struct{ ID, Name string }
		Bot      struct{ ID string }
		Channels []struct{ ID, Name string }
		Members  []map[string]any
		Commands []map[string]any
		Messages map[string][]map[string]any
		Last     int64
	}
	control(t, server.Client(), server.URL, "state?user="+person.ID, nil, &state)
	if state.Guild.Name != "The Reading Room" || len(state.Commands) != 1 || len(state.Members) != 3 || state.Bot.ID != app {
		t.Fatalf("%+v", state)
	}
	channel := state.Channels[0].ID
	mine := watch(t, server.Client(), server.URL, fmt.Sprintf("user=%s&after=%d", person.ID, state.Last), "")
	var made struct{ InteractionID string }
	if status, text := control(t, server.Client(), server.URL, "command", map[string]any{"user": person.ID, "channel": channel, "name": "story"}, &made); status != 200 {
		t.Fatal(text)
	}
	if id, e := mine.until("interaction"); id == "" || e["state"] != "waiting" || e["user"] != person.ID {
		t.Fatalf("%v", e)
	}
	first, e := mine.until("ephemeral")
	if e["user"] != person.ID || e["message"].(map[string]any)["content"] != "for you" {
		t.Fatalf("%v", e)
	}
	mine.until("message")

	// A second look replays what came after the given event, without what is
	// for others.
	again := watch(t, server.Client(), server.URL, "user=nobody", first)
	if _, e := again.until("message"); e["message"].(map[string]any)["content"] != "for all" {
		t.Fatalf("%v", e)
	}
	control(t, server.Client(), server.URL, "state?user=nobody", nil, &state)
	if n := len(state.Messages[channel]); n != 1 {
		t.Fatalf("%d messages are seen by a stranger", n)
	}
	var ledger []fakediscord.Entry
	control(t, server.Client(), server.URL, "ledger", nil, &ledger)
	if len(ledger) != 2 || ledger[1].Message.Content != "for all" || ledger[1].Kind != "create" {
		t.Fatalf("%+v", ledger)
	}
	if v := s.Violations(); len(v) > 0 {
		t.Fatal(v)
	}
}

// redirect sends requests for Discord to an address.
type redirect struct{ addr string }

func (r redirect) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.URL.Scheme, req.URL.Host, req.Host = "http", r.addr, r.addr
	return http.DefaultTransport.RoundTrip(req)
}

func TestControlRefusesWithASentence(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		const base = "http://fake"
		for _, tc := range []struct {
			path string
			body any
		}{
			{"press", map[string]any{"user": "1", "channel": "2"}},
			{"command", map[string]any{"user": anna(t, s), "channel": general(s), "name": "none"}},
			{"delete", map[string]any{"channel": "5"}},
			{"permissions", map[string]any{"user": "5"}},
			{"fault", map[string]any{"status": "explode"}},
			{"gateway", map[string]any{"action": "dance"}},
			{"guild", map[string]any{"action": "dance"}},
			{"members", map[string]any{"permissions": true}},
			{"nothing", map[string]any{}},
		} {
			var e struct{ Error string }
			status, _ := control(t, &c.http, base, tc.path, tc.body, &e)
			if status < 400 || status > 499 || e.Error == "" {
				t.Errorf("%s: status %d, error %q", tc.path, status, e.Error)
			}
		}
		resp, err := c.http.Post(base+"/control/members", "text/plain", strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusUnsupportedMediaType {
			t.Fatalf("a form of a foreign page was accepted: %d", resp.StatusCode)
		}
	})
}

func TestControlDoesWhatTheMethodsDo(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		const base = "http://fake"
		must := func(path string, in any) {
			t.Helper()
			if status, text := control(t, &c.http, base, path, in, nil); status != 200 {
				t.Fatalf("%s: %s", path, text)
			}
		}
		events := watch(t, &c.http, base, "", "")
		must("channels", map[string]any{"name": "den", "type": 0})
		_, e := events.until("channel")
		den := e["channel"].(map[string]any)["id"].(string)
		messages := "/channels/" + den + "/messages"
		must("fault", map[string]any{"method": "post", "route": "/channels/*/messages", "status": 502})
		if r := c.do("POST", messages, map[string]any{"content": "x"}); r.status != 502 {
			t.Fatalf("status %d", r.status)
		}
		r := c.want(c.do("POST", messages, map[string]any{"content": "x"}), 200, 0)
		must("permissions", map[string]any{"user": s.Bot().ID, "channel": den, "permissions": fakediscord.ViewChannel})
		c.want(c.do("POST", messages, map[string]any{"content": "x"}), 403, 50013)
		must("permissions", map[string]any{"user": s.Bot().ID, "channel": den, "permissions": "0"})
		c.want(c.do("POST", messages, map[string]any{"content": "x"}), 403, 50001)
		must("delete", map[string]any{"channel": den, "message": r.str("id")})
		if _, e := events.until("delete"); e["id"] != r.str("id") || e["channel_id"] != den {
			t.Fatalf("%v", e)
		}
		must("delete", map[string]any{"channel": den})
		events.until("channel_delete")
		must("gateway", map[string]any{"action": "reconnect"})
		must("clear-faults", map[string]any{})
		time.Sleep(time.Minute) // the stream stays open while nothing happens
		must("say", map[string]any{"user": anna(t, s), "channel": general(s), "text": "hello"})
		events.until("message")
	})
}
