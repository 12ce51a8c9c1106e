package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"storyteller/internal/fakediscord"

	"github.com/bwmarrin/discordgo"
)

// The library's own choice is every intent that needs no permission of Discord's: each message and reaction of every
// server would come.
func TestTheBotAsksForNothingButServers(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		r.fake.Gateway().Cut()
		settle(time.Minute)
		r.fake.Gateway().Close(4009, "")
		settle(time.Minute)
		if n := r.fake.Gateway().Identifies(); n != 2 {
			r.Fatalf("%d Identifies, want 2", n)
		}
		if got, want := r.fake.Gateway().Intents(), []int{int(discordgo.IntentsGuilds)}; !slices.Equal(got, want) {
			r.Errorf("the sessions have the intents %b, want %b", got, want)
		}
	})
}

// The library's own choice is a goroutine for each event: what came last may be heard first.
func TestEventsAreHeardInTheirOrder(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		r.watcher.settled()
		guild := r.fake.Guild().ID
		var want []string
		for n := range 2000 {
			id, locked := fmt.Sprint(1000+n/2), n%2 == 0
			frame, _ := json.Marshal(map[string]any{"id": id, "guild_id": guild, "type": 11, "thread_metadata": map[string]any{"locked": locked}})
			if err := r.fake.Gateway().Dispatch(guild, eventThreadUpdate, frame); err != nil {
				r.Fatal(err)
			}
			want = append(want, fmt.Sprintf("thread %s of %s locked %t", id, guild, locked))
		}
		settle(time.Second)
		got := r.watcher.settled()
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				r.Fatalf("%d events were heard of %d, and number %d is not what was sent", len(got), len(want), i)
			}
		}
	})
}

// A watcher that stumbles over an event is told of the next.
func TestAnEventThatBreaksItsWatcherBreaksNothingElse(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		r.bot.cfg.Watcher = slow{watched: r.watcher, hears: func(bool) {}, access: func() { panic("a fault") }}
		guild := r.fake.Guild().ID
		frame, _ := json.Marshal(map[string]any{"id": r.channel(), "guild_id": guild, "type": 0})
		if err := r.fake.Gateway().Dispatch(guild, eventChannelUpdate, frame); err != nil {
			r.Fatal(err)
		}
		settle(time.Second)
		r.watcher.settled()
		_ = r.fake.DeleteChannel(r.channel())
		settle(time.Second)
		if got := r.watcher.settled(); len(got) != 1 || !strings.HasSuffix(got[0], "gone") {
			r.Errorf("then it was told %q", got)
		}
		if !strings.Contains(r.log.String(), "panic in an event") {
			r.Errorf("the log does not tell of it:\n%s", r.log)
		}
		r.wantGateway(1, 0)
	})
}

// turnedAway is a connection whose first message to Discord, which is the login, is answered with a close code.
type turnedAway struct {
	net.Conn
	writes int
	refuse func()
}

// Write implements net.Conn.
func (c *turnedAway) Write(p []byte) (int, error) {
	if c.writes++; c.writes == 2 { // the first asks for a websocket
		c.refuse()
		return len(p), nil
	}
	return c.Conn.Write(p)
}

// A code in answer to a login ends the bot as well as one that comes later.
func TestALoginThatIsRefusedForGoodIsTheLast(t *testing.T) {
	for _, code := range []int{4004, 4010, 4011, 4012, 4013, 4014} {
		inRoom(t, fakediscord.Options{}, func(r *room) {
			tries := 0
			dial := r.bot.cfg.DialGateway
			r.bot.cfg.DialGateway = func(ctx context.Context, network, addr string) (net.Conn, error) {
				tries++
				c, err := dial(ctx, network, addr)
				return &turnedAway{Conn: c, refuse: func() { r.fake.Gateway().Close(code, "no") }}, err
			}
			r.start()
			r.wantFatal("")
			settle(time.Hour)
			if tries != 1 {
				r.Errorf("code %d: %d connections, want one", code, tries)
			}
		})
	}
}

// Whatever becomes of sessions, and however often the process begins anew: the library identifies only when the bot's
// budget has been asked, which keeps the logins as far apart as Discord wants them.
func TestEveryLoginIsCountedAndKeepsItsDistance(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		g := r.fake.Gateway()
		for range 5 {
			for _, lose := range []func(){
				func() { g.InvalidSession(false) },
				func() { g.InvalidSession(true) },
				func() { g.ExpireSessions(); g.Cut() },
				func() { g.Close(4007, "") },
				func() { g.Close(1000, "") },
				func() { g.ReconnectAfterIdentify(2); g.Cut() },
				func() { r.leave(); r.bot = r.newBot(testToken); r.start() },
			} {
				lose()
				settle(700 * time.Millisecond)
				lose()
				settle(8 * time.Second)
			}
		}
		settle(time.Minute)
		var stamps []int64
		note, err := r.memory.Recall(r.Context(), loginsNote)
		if err == nil {
			err = json.Unmarshal(note, &stamps)
		}
		if n := g.Identifies(); err != nil || n > len(stamps) || n < 20 {
			r.Fatalf("%d Identifies, of which %d are noted: %v", n, len(stamps), err)
		}
		for i := range stamps[1:] {
			if apart := time.Duration(stamps[i+1]-stamps[i]) * time.Millisecond; apart < loginSpace {
				r.Errorf("two logins are %s apart, want %s at least", apart, loginSpace)
			}
		}
	})
}

// All sessions of the library share one dialer.
func TestTheLibrarysDialerStaysAsItIs(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		fresh, err := discordgo.New("")
		if err != nil {
			r.Fatal(err)
		}
		d := fresh.Dialer
		if d.NetDial != nil || d.NetDialContext != nil || d.NetDialTLSContext != nil || d.TLSClientConfig != nil || d.HandshakeTimeout == dialLimit || d.Proxy == nil {
			r.Errorf("it is now %+v", d)
		}
	})
}
