package discord

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/fakediscord"

	"github.com/bwmarrin/discordgo"
)

// putting out what may be on its way, so that events are told.
func settle(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func TestTheBotLogsIn(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		began := time.Now()
		r.enter()
		if took := time.Since(began); took > 0 {
			r.Errorf("it took %s of waiting", took)
		}
		if n := r.fake.Gateway().Identifies(); n != 1 {
			r.Errorf("%d Identifies, want 1", n)
		}
		settle(time.Hour)
		if n := r.fake.Gateway().Sessions(); n != 1 {
			r.Errorf("%d sessions after an hour, want 1:\n%s", n, r.log)
		}
	})
}

func TestALostConnectionIsResumed(t *testing.T) {
	for name, lose := range map[string]func(g fakediscord.Gateway){
		"cut":            func(g fakediscord.Gateway) { g.Cut() },
		"op 7":           func(g fakediscord.Gateway) { g.Reconnect() },
		"op 9 resumable": func(g fakediscord.Gateway) { g.InvalidSession(true) },
		"code 4000":      func(g fakediscord.Gateway) { g.Close(4000, "") },
		"code 4008":      func(g fakediscord.Gateway) { g.Close(4008, "") },
	} {
		t.Run(name, func(t *testing.T) {
			inRoom(t, fakediscord.Options{}, func(r *room) {
				r.enter()
				lose(r.fake.Gateway())
				settle(20 * time.Second)
				g := r.fake.Gateway()
				if g.Sessions() != 1 || g.Resumes() != 1 || g.Identifies() != 1 {
					r.Errorf("%d sessions, %d resumes, %d Identifies; want 1 each:\n%s", g.Sessions(), g.Resumes(), g.Identifies(), r.log)
				}
			})
		})
	}
}

func TestALostSessionIsBegunAnew(t *testing.T) {
	for name, lose := range map[string]func(g fakediscord.Gateway){
		"op 9":                  func(g fakediscord.Gateway) { g.InvalidSession(false) },
		"code 4007":             func(g fakediscord.Gateway) { g.Close(4007, "") },
		"code 4009":             func(g fakediscord.Gateway) { g.Close(4009, "") },
		"code 1000":             func(g fakediscord.Gateway) { g.Close(1000, "") },
		"expired":               func(g fakediscord.Gateway) { g.ExpireSessions(); g.Cut() },
		"op 7 for Hello":        func(g fakediscord.Gateway) { g.ReconnectInsteadOfHello(1); g.Cut() },
		"op 7 after the Resume": func(g fakediscord.Gateway) { g.ReconnectAfterIdentify(1); g.Cut() },
	} {
		t.Run(name, func(t *testing.T) {
			inRoom(t, fakediscord.Options{}, func(r *room) {
				r.enter()
				lose(r.fake.Gateway())
				settle(time.Minute)
				g := r.fake.Gateway()
				if g.Sessions() != 1 || g.Identifies() > 2 {
					r.Errorf("%d sessions, %d Identifies; want 1 and at most 2:\n%s", g.Sessions(), g.Identifies(), r.log)
				}
			})
		})
	}
}

func TestOp7AtTheFirstConnectionsDoesNotStopTheBot(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.fake.Gateway().ReconnectInsteadOfHello(2)
		r.fake.Gateway().ReconnectAfterIdentify(1)
		r.enter()
		if n := r.fake.Gateway().Sessions(); n == 0 {
			r.Errorf("no session:\n%s", r.log)
		}
	})
}

func TestSomeCloseCodesEndTheBot(t *testing.T) {
	for code, word := range map[int]string{4004: "token", 4010: "logs in", 4011: "servers", 4012: "version", 4013: "logs in", 4014: "logs in"} {
		inRoom(t, fakediscord.Options{}, func(r *room) {
			r.enter()
			r.fake.Gateway().Close(code, "no")
			r.wantFatal(word)
		})
	}
}

func TestAWrongTokenEndsTheBotWithAHint(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.wrong = true
		r.bot = r.newBot("MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.wrong-wrong-wrong-wrong-wrong")
		r.start()
		r.wantFatal("token")
	})
}

func TestSilenceOfDiscordIsNoticed(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		settle(10 * time.Minute)
		if n := r.fake.Gateway().Resumes(); n != 0 {
			r.Fatalf("%d resumes while all was well:\n%s", n, r.log)
		}
		r.fake.Gateway().Silence(true)
		settle(2*45*time.Second + 20*time.Second)
		r.fake.Gateway().Silence(false)
		settle(20 * time.Second)
		g := r.fake.Gateway()
		if g.Resumes() == 0 || g.Sessions() != 1 || g.Identifies() != 1 {
			r.Errorf("%d resumes, %d sessions, %d Identifies; want some, 1 and 1:\n%s", g.Resumes(), g.Sessions(), g.Identifies(), r.log)
		}
	})
}

func TestAFlappingGatewayDoesNotUseUpTheLogins(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		end := time.Now().Add(24 * time.Hour)
		for time.Now().Before(end) {
			r.fake.Gateway().Close(4009, "flap")
			settle(3 * time.Second)
		}
		if n := r.fake.Gateway().Identifies(); n > maxLogins {
			r.Errorf("%d Identifies in a day, want at most %d", n, maxLogins)
		}
	})
}

func TestLoginsAreCountedOverRestarts(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		now := time.Now()
		var stamps []int64
		for i := range maxLogins {
			stamps = append(stamps, now.Add(-23*time.Hour+time.Duration(i)*time.Minute).UnixMilli())
		}
		note, _ := json.Marshal(stamps)
		_ = r.memory.Remember(r.Context(), loginsNote, note)
		r.start()
		settle(50 * time.Minute)
		if n := r.fake.Gateway().Identifies(); n != 0 {
			r.Fatalf("%d Identifies, want none while the day's are used up", n)
		}
		if !strings.Contains(r.log.String(), "too many logins") {
			r.Errorf("the log does not say why the bot waits:\n%s", r.log)
		}
		settle(11 * time.Minute)
		if n := r.fake.Gateway().Identifies(); n != 1 {
			r.Errorf("%d Identifies once the oldest is a day old, want 1", n)
		}
	})
}

func TestTheGatewayIsToldWhatTheBotWants(t *testing.T) {
	if discordgo.APIVersion != "10" {
		t.Errorf("the gateway's version is %s", discordgo.APIVersion)
	}
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		// The fake sends members' events only to those who ask for the intent.
		r.member("Anna")
		settle(time.Second)
		if said := strings.Join(r.watcher.said(), "\n"); !strings.Contains(said, "away false") {
			r.Errorf("no GUILD_CREATE was heard: %s", said)
		}
	})
}

func TestTheWatcherHearsWhatBecomesOfPlaces(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		settle(time.Second)
		before := len(r.watcher.said())
		guild := r.fake.Guild().ID
		c, err := r.fake.AddChannel(fakediscord.Channel{Name: "stage"})
		if err != nil {
			r.Fatal(err)
		}
		for range 20 {
			_ = r.fake.SetGuildAvailable(guild, false)
			_ = r.fake.SetGuildAvailable(guild, true)
		}
		_ = r.fake.DeleteChannel(c.ID)
		_ = r.fake.RemoveBot(guild)
		settle(time.Second)
		var want []string
		for range 20 {
			want = append(want, "guild "+guild+" away true", "guild "+guild+" away false")
		}
		want = append(want, "channel "+c.ID+" of "+guild+" gone", "guild "+guild+" gone")
		if got := r.watcher.said()[before:]; strings.Join(got, "\n") != strings.Join(want, "\n") {
			r.Errorf("told:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if r.bot.guilds.has(guild) {
			r.Error("the bot still counts itself in")
		}
	})
}
