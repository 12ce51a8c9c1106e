package fakediscord_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"storyteller/internal/fakediscord"
)

func TestASessionIsResumedWithWhatItMissed(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, _ *client) {
		w, ready := login(t, s, nil)
		if g := w.next(); g.T != "GUILD_CREATE" || g.S != 2 || g.m["name"] != "The Reading Room" {
			t.Fatalf("no guild: %+v", g)
		}
		s.Gateway().Cut()
		if code := w.closed(); code != -1 && code != websocket.CloseAbnormalClosure {
			t.Fatalf("a cut connection was closed with %d", code)
		}
		for _, name := range []string{"one", "two"} {
			if _, err := s.AddChannel(fakediscord.Channel{Name: name}); err != nil {
				t.Fatal(err)
			}
		}
		back := dial(t, s, ready.m["resume_gateway_url"].(string))
		back.next()
		back.send(6, map[string]any{"token": fakediscord.DefaultToken, "session_id": ready.m["session_id"], "seq": 2})
		for i, want := range []string{"CHANNEL_CREATE", "CHANNEL_CREATE", "RESUMED"} {
			if p := back.next(); p.T != want || p.S != 3+i {
				t.Fatalf("replay %d is %s %d, want %s", i, p.T, p.S, want)
			}
		}
		if g := s.Gateway(); g.Resumes() != 1 || g.Identifies() != 1 || g.StrayResumes() != 0 {
			t.Fatal("the resume was not counted")
		}
		s.Gateway().Cut()
		back = dial(t, s, gatewayURL) // not where sessions resume
		back.next()
		back.send(6, map[string]any{"token": fakediscord.DefaultToken, "session_id": ready.m["session_id"], "seq": 5})
		if p := back.next(); p.T != "RESUMED" || s.Gateway().StrayResumes() != 1 {
			t.Fatalf("%s; %d strays", p.T, s.Gateway().StrayResumes())
		}
	})
}

// TestSessionsResumeOnAnotherPort has the gateway on two, as Discord has it on
// two hosts.
func TestSessionsResumeOnAnotherPort(t *testing.T) {
	second := httptest.NewUnstartedServer(nil)
	s := fakediscord.New(fakediscord.Options{ResumeURL: "ws://" + second.Listener.Addr().String()})
	first := httptest.NewServer(s.Handler())
	second.Config.Handler = s.Handler()
	second.Start()
	defer second.Close()
	defer first.Close()
	defer s.Close()
	open := func(url string) *wire {
		ws, resp, err := websocket.DefaultDialer.Dial(url+"/?v=10&encoding=json", nil)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		w := &wire{t, ws}
		w.next()
		return w
	}
	w := open("ws" + strings.TrimPrefix(first.URL, "http") + "/gateway-ws")
	w.send(2, identify(nil))
	ready := w.until("READY")
	url, _ := ready.m["resume_gateway_url"].(string)
	if !strings.HasPrefix(url, "ws://"+second.Listener.Addr().String()) {
		t.Fatalf("resume_gateway_url is %q", url)
	}
	_ = w.ws.Close()
	back := open(url)
	defer back.ws.Close()
	back.send(6, map[string]any{"token": fakediscord.DefaultToken, "session_id": ready.m["session_id"], "seq": 2})
	if back.until("RESUMED"); s.Gateway().StrayResumes() != 0 {
		t.Fatal("it came to the right port")
	}
}
