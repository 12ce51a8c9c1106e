package fakediscord_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"storyteller/internal/fakediscord"
)

// wire is a gateway client of a few lines.
type wire struct {
	t  testing.TB
	ws *websocket.Conn
}

type packet struct {
	Op int            `json:"op"`
	D  any            `json:"d"`
	S  int            `json:"s"`
	T  string         `json:"t"`
	m  map[string]any // D, if it is an object
}

func dial(t testing.TB, s *fakediscord.Server, url string) *wire {
	t.Helper()
	d := websocket.Dialer{NetDialContext: s.DialGateway}
	ws, resp, err := d.Dial(url+"/?v=10&encoding=json", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	t.Cleanup(func() { _ = ws.Close() })
	return &wire{t, ws}
}

func (w *wire) send(op int, d any) {
	w.t.Helper()
	if err := w.ws.WriteJSON(map[string]any{"op": op, "d": d}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *wire) next() packet {
	w.t.Helper()
	kind, data, err := w.ws.ReadMessage()
	if err != nil {
		w.t.Fatal(err)
	}
	if kind == websocket.BinaryMessage {
		z, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			w.t.Fatal(err)
		}
		if data, err = io.ReadAll(z); err != nil {
			w.t.Fatal(err)
		}
	}
	var p packet
	if err := json.Unmarshal(data, &p); err != nil {
		w.t.Fatal(err)
	}
	p.m, _ = p.D.(map[string]any)
	return p
}

// until reads on to an event and returns it.
func (w *wire) until(name string) packet {
	w.t.Helper()
	for {
		if p := w.next(); p.T == name {
			return p
		}
	}
}

// closed reads to the end and returns the close code.
func (w *wire) closed() int {
	w.t.Helper()
	for {
		if _, _, err := w.ws.ReadMessage(); err != nil {
			var ce *websocket.CloseError
			if errors.As(err, &ce) {
				return ce.Code
			}
			return -1
		}
	}
}

const gatewayURL = "ws://discord.com/gateway-ws"

func identify(extra map[string]any) map[string]any {
	d := map[string]any{"token": fakediscord.DefaultToken, "intents": 1, "properties": map[string]any{"os": "linux"}}
	for key, v := range extra {
		d[key] = v
	}
	return d
}

// login identifies and reads to READY.
func login(t testing.TB, s *fakediscord.Server, extra map[string]any) (*wire, packet) {
	t.Helper()
	w := dial(t, s, gatewayURL)
	if p := w.next(); p.Op != 10 || p.m["heartbeat_interval"] != 45000.0 {
		t.Fatalf("no Hello: %+v", p)
	}
	w.send(2, identify(extra))
	ready := w.next()
	if ready.T != "READY" || ready.S != 1 {
		t.Fatalf("no READY: %+v", ready)
	}
	return w, ready
}

func TestASessionDiesWithACleanCloseAndWithTime(t *testing.T) {
	for name, end := range map[string]func(w *wire){
		"1000": func(w *wire) {
			_ = w.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""), time.Time{})
			w.closed()
		},
		"time": func(w *wire) {
			_ = w.ws.Close()
			time.Sleep(6 * time.Minute)
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, _ *client) {
				w, ready := login(t, s, nil)
				w.until("GUILD_CREATE")
				end(w)
				synctest.Wait()
				back := dial(t, s, gatewayURL)
				back.next()
				back.send(6, map[string]any{"token": fakediscord.DefaultToken, "session_id": ready.m["session_id"], "seq": 2})
				if p := back.next(); p.Op != 9 || p.D != false {
					t.Fatalf("a dead session was resumed: %+v", p)
				}
			})
		})
	}
}

func TestTheGatewayClosesWithDiscordsCodes(t *testing.T) {
	for _, tc := range []struct {
		name string
		op   int
		data any
		code int
	}{
		{"wrong token", 2, identify(map[string]any{"token": "no"}), 4004},
		{"privileged intent", 2, identify(map[string]any{"intents": 1 << 15}), 4014},
		{"unknown intent", 2, identify(map[string]any{"intents": 1 << 30}), 4013},
		{"no intents", 2, identify(map[string]any{"intents": nil}), 4002},
		{"bad shard", 2, identify(map[string]any{"shard": []int{2, 2}}), 4010},
		{"unknown op", 42, nil, 4001},
		{"presence first", 3, map[string]any{}, 4003},
		{"too long", 1, strings.Repeat("x", 4096), 4002},
	} {
		t.Run(tc.name, func(t *testing.T) {
			bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, _ *client) {
				w := dial(t, s, gatewayURL)
				w.next()
				w.send(tc.op, tc.data)
				if code := w.closed(); code != tc.code {
					t.Fatalf("closed with %d, want %d", code, tc.code)
				}
				if len(s.Violations()) != 1 {
					t.Fatalf("violations: %v", s.Violations())
				}
			})
		})
	}
}

func TestASeqThatWasNeverSentIs4007(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, _ *client) {
		w, ready := login(t, s, nil)
		s.Gateway().Cut()
		w.closed()
		back := dial(t, s, gatewayURL)
		back.next()
		back.send(6, map[string]any{"token": fakediscord.DefaultToken, "session_id": ready.m["session_id"], "seq": 99})
		if code := back.closed(); code != 4007 {
			t.Fatalf("closed with %d", code)
		}
	})
}

func TestHeartbeatsAreAcknowledgedAndMissed(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, _ *client) {
		w, _ := login(t, s, nil)
		w.until("GUILD_CREATE")
		w.send(1, nil)
		if p := w.next(); p.Op != 11 {
			t.Fatalf("no ack: %+v", p)
		}
		s.Gateway().RequestHeartbeat()
		if p := w.next(); p.Op != 1 {
			t.Fatalf("no heartbeat was asked for: %+v", p)
		}
		s.Gateway().Silence(true)
		w.send(1, 2)
		start := time.Now()
		if code := w.closed(); code != 4009 {
			t.Fatalf("a client without heartbeats was closed with %d", code)
		}
		if d := time.Since(start); d != 90*time.Second {
			t.Fatalf("after %v", d)
		}
	})
}

func TestOp7AndOp9ComeWhenATestWantsThem(t *testing.T) {
	bubble(t, fakediscord.Options{IdentifyInterval: -1}, func(t *testing.T, s *fakediscord.Server, _ *client) {
		g := s.Gateway()
		g.ReconnectInsteadOfHello(1)
		if p := dial(t, s, gatewayURL).next(); p.Op != 7 {
			t.Fatalf("not op 7 first: %+v", p)
		}
		g.ReconnectAfterIdentify(1)
		w := dial(t, s, gatewayURL)
		w.next()
		w.send(2, identify(nil))
		if p := w.next(); p.Op != 7 {
			t.Fatalf("not op 7 second: %+v", p)
		}
		w, _ = login(t, s, nil)
		w.until("GUILD_CREATE")
		g.InvalidSession(true)
		if p := w.next(); p.Op != 9 || p.D != true {
			t.Fatalf("%+v", p)
		}
		w, _ = login(t, s, nil)
		w.until("GUILD_CREATE")
		g.InvalidSession(false)
		if p := w.next(); p.Op != 9 || p.D != false {
			t.Fatalf("%+v", p)
		}
		w.send(2, identify(nil)) // discordgo identifies again on the same socket
		if p := w.next(); p.T != "READY" {
			t.Fatalf("%+v", p)
		}
		g.Close(4008, "slow down")
		if code := w.closed(); code != 4008 {
			t.Fatalf("closed with %d", code)
		}
	})
}

func TestIdentifiesHaveAPaceAndABudget(t *testing.T) {
	bubble(t, fakediscord.Options{IdentifyBudget: 2}, func(t *testing.T, s *fakediscord.Server, c *client) {
		login(t, s, nil)
		w := dial(t, s, gatewayURL)
		w.next()
		w.send(2, identify(nil))
		if p := w.next(); p.Op != 9 || p.D != false {
			t.Fatalf("two Identifies at once: %+v", p)
		}
		time.Sleep(5 * time.Second)
		w.send(2, identify(nil))
		w.until("READY")
		r := c.want(c.do("GET", "/gateway/bot", nil), 200, 0)
		if limit := r.m["session_start_limit"].(map[string]any); limit["remaining"] != 0.0 {
			t.Fatalf("%v", limit)
		}
		time.Sleep(5 * time.Second)
		third := dial(t, s, gatewayURL)
		third.next()
		third.send(2, identify(nil))
		if code := third.closed(); code != 4004 {
			t.Fatalf("past the budget: closed with %d", code)
		}
		c.want(c.do("GET", "/users/@me", nil), 401, 0) // the token was reset
	})
}

func TestEventsGoToTheShardOfTheirGuild(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, _ *client) {
		for range 5 {
			s.AddGuild("more")
		}
		total := 0
		for shard := range 2 {
			_, ready := login(t, s, map[string]any{"shard": []int{shard, 2}})
			n := len(ready.m["guilds"].([]any))
			if n == 0 || n == 6 {
				t.Fatalf("shard %d has %d guilds", shard, n)
			}
			total += n
			time.Sleep(5 * time.Second)
		}
		if total != 6 {
			t.Fatalf("%d guilds on both shards", total)
		}
	})
}

func TestLargePayloadsAreCompressedOnRequest(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, _ *client) {
		w, _ := login(t, s, map[string]any{"compress": true})
		kind, _, err := w.ws.ReadMessage() // GUILD_CREATE
		if err != nil || kind != websocket.BinaryMessage {
			t.Fatalf("kind %d, %v", kind, err)
		}
	})
}

func TestHeldEventsComeInAnyOrder(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		registerStory(c)
		w, _ := login(t, s, nil)
		w.until("GUILD_CREATE")
		person := anna(t, s)
		s.Gateway().Hold()
		var ids []string
		for range 2 {
			id, err := s.Command(fakediscord.CommandInput{User: person, Channel: general(s), Name: "story", Subcommand: "status"})
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, id)
		}
		if err := s.Gateway().Release(fakediscord.Reversed); err != nil {
			t.Fatal(err)
		}
		if err := s.Gateway().Redeliver(ids[0]); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{ids[1], ids[0], ids[0]} {
			if p := w.next(); p.T != "INTERACTION_CREATE" || p.m["id"] != want {
				t.Fatalf("%s %v, want %s", p.T, p.m["id"], want)
			}
		}
	})
}

func TestGuildAndChannelEndsAreTold(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		w, _ := login(t, s, nil)
		w.until("GUILD_CREATE")
		home, channel := s.Guild().ID, general(s)
		if err := s.SetGuildAvailable(home, false); err != nil {
			t.Fatal(err)
		}
		if p := w.next(); p.T != "GUILD_DELETE" || p.m["unavailable"] != true {
			t.Fatalf("%+v", p)
		}
		if err := s.SetGuildAvailable(home, true); err != nil {
			t.Fatal(err)
		}
		w.until("GUILD_CREATE")
		if err := s.RemoveBot(home); err != nil {
			t.Fatal(err)
		}
		if p := w.next(); p.T != "GUILD_DELETE" || p.m["unavailable"] != nil {
			t.Fatalf("%+v", p)
		}
		c.want(c.do("POST", "/channels/"+channel+"/messages", map[string]any{"content": "x"}), 403, 50001)
		if err := s.RestoreBot(home); err != nil {
			t.Fatal(err)
		}
		w.until("GUILD_CREATE")
		if err := s.DeleteChannel(channel); err != nil {
			t.Fatal(err)
		}
		if p := w.next(); p.T != "CHANNEL_DELETE" || p.m["id"] != channel {
			t.Fatalf("%+v", p)
		}
		c.want(c.do("POST", "/channels/"+channel+"/messages", map[string]any{"content": "x"}), 404, 10003)
	})
}

func TestCloseEndsEverythingThatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := fakediscord.New(fakediscord.Options{})
		w := dial(t, s, gatewayURL)
		w.next()
		if _, err := s.Fail(fakediscord.Fault{Kind: fakediscord.FaultStall}); err != nil {
			t.Fatal(err)
		}
		events := s.Subscribe(context.Background())
		stalled := make(chan error)
		go func() {
			_, err := newClient(t, s).try(context.Background(), "GET", "/users/@me", nil)
			stalled <- err
		}()
		synctest.Wait()
		s.Close()
		if err := <-stalled; err == nil {
			t.Error("the stalled request was answered")
		}
		if _, open := <-events; open {
			t.Error("the subscription goes on")
		}
		w.closed()
		if s.Now().Year() < 2015 {
			t.Error("Discord's clock shows a time before Discord")
		}
	})
}
