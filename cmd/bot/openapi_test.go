package main

import (
	"testing"

	"storyteller/internal/fakediscord"
	"storyteller/internal/openapi"
)

// traffic is all that the bot sends and is answered in the transcripts; Discord's own description decides at the end
// whether it is right.
var traffic openapi.Traffic

// described runs tests and checks their traffic.
type described struct{ m *testing.M }

// Run implements testscript's TestingM.
func (d described) Run() int { return traffic.Main(d.m) }

// observed are the options of a Discord whose events are checked as well.
func observed(t *testing.T) fakediscord.Options {
	return fakediscord.Options{OnEvent: func(name string, data []byte) { traffic.Event(t.Name(), name, data) }}
}

// wasHeard makes sure that what the transcripts sent will be checked, and says so when it cannot be.
func wasHeard(t *testing.T) {
	traffic.Want(t, "PUT /applications/{application_id}/commands", "POST /channels/{channel_id}/messages",
		"PATCH /channels/{channel_id}/messages/{message_id}", "GET /channels/{channel_id}/messages",
		"POST /channels/{channel_id}/typing", "POST /users/@me/channels", "POST /interactions/{interaction_id}/{interaction_token}/callback")
}
