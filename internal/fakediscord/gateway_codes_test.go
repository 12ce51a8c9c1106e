package fakediscord_test

import (
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"storyteller/internal/fakediscord"
)

func TestAClientThatGoesOnIsClosed(t *testing.T) {
	for name, tc := range map[string]struct {
		act  func(t *testing.T, s *fakediscord.Server) *wire
		code int
	}{
		"identifying twice": {func(t *testing.T, s *fakediscord.Server) *wire {
			w, _ := login(t, s, nil)
			w.send(2, identify(nil))
			return w
		}, 4005},
		"sending too much": {func(t *testing.T, s *fakediscord.Server) *wire {
			w, _ := login(t, s, nil)
			go func() { // answers come in between, and nobody reads them yet
				for range 120 {
					_ = w.ws.WriteJSON(map[string]any{"op": 1, "d": nil})
				}
			}()
			return w
		}, 4008},
		"an old version": {func(t *testing.T, s *fakediscord.Server) *wire {
			d := websocket.Dialer{NetDialContext: s.DialGateway}
			ws, resp, err := d.Dial(gatewayURL+"/?v=8&encoding=json", nil)
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			return &wire{t, ws}
		}, 4012},
		"too many guilds": {func(t *testing.T, s *fakediscord.Server) *wire {
			for range 2500 {
				s.AddGuild("One of many")
			}
			w := dial(t, s, gatewayURL)
			w.next()
			w.send(2, identify(nil))
			return w
		}, 4011},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, _ *client) {
				w := tc.act(t, s)
				if code := w.closed(); code != tc.code {
					t.Fatalf("closed with %d, want %d", code, tc.code)
				}
				_ = w.ws.Close()
				if n := len(s.Violations()); n != 1 {
					t.Fatalf("violations: %v", s.Violations())
				}
			})
		})
	}
}

func TestAnInteractionReplayedLateIsOver(t *testing.T) {
	withBot(t, func(t *testing.T, b *bot, person string) {
		time.Sleep(5 * time.Second) // between two Identifies
		again, ready := login(t, b.s, nil)
		again.until("GUILD_CREATE")
		b.s.Gateway().Cut()
		id, err := b.s.Command(fakediscord.CommandInput{User: person, Channel: general(b.s), Name: "story", Subcommand: "status"})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		back := dial(t, b.s, ready.m["resume_gateway_url"].(string))
		back.next()
		back.send(6, map[string]any{"token": fakediscord.DefaultToken, "session_id": ready.m["session_id"], "seq": 2})
		p := back.until("INTERACTION_CREATE")
		if p.m["id"] != id {
			t.Fatalf("%v", p.m)
		}
		b.want(b.do("POST", "/interactions/"+id+"/"+p.m["token"].(string)+"/callback", map[string]any{"type": 6}), 404, 10062)
	})
}

func TestAHalfOpenLinkLosesWhatIsSaid(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, _ *client) {
		w, ready := login(t, s, nil)
		w.until("GUILD_CREATE")
		s.Gateway().Mute(true)
		w.send(1, 2) // heard, and not acknowledged
		if _, err := s.AddChannel(fakediscord.Channel{Name: "unheard"}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		s.Gateway().Mute(false)
		w.send(1, 2)
		if p := w.next(); p.Op != 11 {
			t.Fatalf("what was lost came after all: %+v", p)
		}
		_ = w.ws.Close()
		back := dial(t, s, ready.m["resume_gateway_url"].(string))
		back.next()
		back.send(6, map[string]any{"token": fakediscord.DefaultToken, "session_id": ready.m["session_id"], "seq": 2})
		if p := back.next(); p.T != "CHANNEL_CREATE" {
			t.Fatalf("the resume does not bring it: %+v", p)
		}
	})
}
