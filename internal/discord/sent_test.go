package discord

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"storyteller/internal/fakediscord"

	"github.com/bwmarrin/discordgo"
)

// fieldsOf lists what a sent object has, and which of that says nothing.
func fieldsOf(r *room, payload json.RawMessage) (all, empty []string) {
	r.Helper()
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(payload, &fields); err != nil {
		r.Fatalf("%v: %s", err, payload)
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		all = append(all, name)
		if value := string(fields[name]); value == "null" || value == `""` || value == "[]" || value == "{}" || value == "false" {
			empty = append(empty, name)
		}
	}
	return all, empty
}

// The library's own structs send fields that nobody set, and those take away what they name, or are refused beside
// components.
func TestNothingIsSentThatIsNotMeant(t *testing.T) {
	allowed := map[string][]string{
		fakediscord.KindCreate: {"allowed_mentions", "attachments", "components", "content", "enforce_nonce", "flags", "nonce"},
		fakediscord.KindEdit:   {"allowed_mentions", "attachments", "components", "content", "flags"},
	}
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		r.showEverything()
		r.doEverything()
		seen := map[string]int{}
		for _, e := range r.fake.Ledger() {
			if e.Via == fakediscord.ViaPeople || e.Message.Flags&int(discordgo.MessageFlagsLoading) != 0 {
				continue // the latter is what Discord shows while the bot thinks
			}
			seen[e.Via+" "+e.Kind]++
			payload := e.Payload
			var answer struct{ Data json.RawMessage }
			if json.Unmarshal(payload, &answer) == nil && answer.Data != nil {
				payload = answer.Data // of a first answer to an interaction
			}
			all, empty := fieldsOf(r, payload)
			for _, name := range all {
				if !slices.Contains(allowed[e.Kind], name) {
					r.Errorf("%s of %s sends %q: %s", e.Kind, e.Via, name, payload)
				}
			}
			if len(empty) > 0 {
				r.Errorf("%s of %s sends %q, which say nothing: %s", e.Kind, e.Via, empty, payload)
			}
		}
		if n := len(seen); n < 4 || seen["bot create"] == 0 || seen["bot edit"] == 0 {
			r.Errorf("only these were sent: %v", seen)
		}
	})
}

// Answers to interactions and what webhooks say can carry no nonce, so a lost reply could show it twice: the room is
// told nothing that way.
func TestTheRoomIsToldNothingWithoutANonce(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		r.showEverything()
		r.doEverything()
		told, answered := 0, 0
		for _, e := range r.fake.Ledger() {
			switch {
			case e.Kind != fakediscord.KindCreate || e.Via == fakediscord.ViaPeople:
			case e.Via == fakediscord.ViaBot:
				told++
			case e.Message.Flags&int(discordgo.MessageFlagsEphemeral) != 0:
				answered++
			default:
				r.Errorf("everybody sees what came by %s: %s", e.Via, e.Payload)
			}
		}
		if told == 0 || answered == 0 {
			r.Errorf("%d messages and %d answers", told, answered)
		}
	})
}
