package discord

import (
	"strings"
	"testing"
	"time"

	"storyteller/internal/commands"
	"storyteller/internal/fakediscord"
)

// again runs another bot on the same Discord with the same memory, and says how often it registered commands.
func (r *room) again(change func(*Config)) int {
	r.Helper()
	r.leave()
	settle(loginSpace)
	count := r.fail(fakediscord.Fault{Method: "PUT", Kind: fakediscord.FaultDelay, Times: -1})
	r.bot = r.newBot(testToken)
	change(&r.bot.cfg)
	r.enter()
	return count()
}

func TestCommandsAreRegisteredOnlyWhenTheyChange(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		set := r.fake.Commands("")
		if len(set) != 1 || set[0].Name != commands.Group || len(set[0].Options) != 2 {
			r.Fatalf("registered: %+v", set)
		}
		if first := set[0].Options[0].Options[0]; first.Name != "story" || !first.Required || !first.Autocomplete {
			r.Errorf("the first option is %+v, want the required one", first)
		}
		if n := r.again(func(*Config) {}); n != 0 {
			r.Errorf("registered %d times without a change", n)
		}
		if n := r.again(func(c *Config) { c.Commands = definitions[:1] }); n != 1 {
			r.Errorf("registered %d times after a change, want once", n)
		}
		guild := r.fake.Guild().ID
		if n := r.again(func(c *Config) { c.Guild = guild }); n != 1 || r.fake.Commands(guild)[0].GuildID != guild {
			r.Errorf("registered %d times for a guild: %+v", n, r.fake.Commands(guild))
		}
	})
}

func TestRegistrationIsTriedAgain(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		hits := r.fail(fakediscord.Fault{Method: "PUT", Status: 503, Times: 3})
		r.enter()
		if n := hits(); n != 3 || len(r.fake.Commands("")) != 1 {
			r.Errorf("%d faults, commands %+v", n, r.fake.Commands(""))
		}
	})
}

func TestTooManyRegistrationsKeepTheOldSet(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.fail(fakediscord.Fault{Method: "PUT", Status: 429, Code: codeCommandCreations, RetryAfter: time.Hour, Times: -1})
		r.enter()
		if !strings.Contains(r.log.String(), "were not registered") {
			r.Errorf("not in the log:\n%s", r.log)
		}
	})
}

func TestAServerWithoutTheBotEndsItWithAHint(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.fail(fakediscord.Fault{Method: "PUT", Status: 403, Code: codeMissingAccess, Times: -1})
		r.bot.cfg.Guild = r.fake.Guild().ID
		r.start()
		r.wantFatal("server")
	})
}
