package fakediscord

import (
	"encoding/json"
	"fmt"
	"strings"
)

// identifyData is the data of op 2.
type identifyData struct {
	Token      botToken        `json:"token"`
	Intents    *int            `json:"intents"`
	Properties json.RawMessage `json:"properties"`
	Compress   bool            `json:"compress"`
	Shard      *[2]int         `json:"shard"`
	Presence   json.RawMessage `json:"presence"`
}

// resumeData is the data of op 6.
type resumeData struct {
	Token     botToken `json:"token"`
	SessionID string   `json:"session_id"`
	Seq       int      `json:"seq"`
}

// botToken is a token; at the gateway it may carry the prefix of REST.
type botToken = string

// UnmarshalJSON drops the "Bot " prefix of the token.
func (d *identifyData) UnmarshalJSON(b []byte) error {
	type plain identifyData
	if err := json.Unmarshal(b, (*plain)(d)); err != nil {
		return err
	}
	d.Token = strings.TrimPrefix(d.Token, "Bot ")
	return nil
}

// UnmarshalJSON drops the "Bot " prefix of the token.
func (d *resumeData) UnmarshalJSON(b []byte) error {
	type plain resumeData
	if err := json.Unmarshal(b, (*plain)(d)); err != nil {
		return err
	}
	d.Token = strings.TrimPrefix(d.Token, "Bot ")
	return nil
}

// shard is the session's place, 0 of 1 unless told.
func (d *identifyData) shard() [2]int {
	if d.Shard == nil {
		return [2]int{0, 1}
	}
	return *d.Shard
}

// checkIdentify finds the close code that an Identify deserves, 0 for none.
func (s *Server) checkIdentify(d identifyData) (int, string) {
	var properties map[string]any
	if d.Intents == nil || json.Unmarshal(d.Properties, &properties) != nil || properties == nil {
		return closeDecodeError, "Error while decoding payload: intents and properties are required."
	}
	switch extra := *d.Intents & privilegedIntents &^ s.opts.PrivilegedIntents; {
	case *d.Intents < 0 || *d.Intents&^knownIntents != 0:
		return closeInvalidIntents, fmt.Sprintf("Invalid intent(s): %d.", *d.Intents)
	case extra != 0:
		return closeDisallowedIntents, fmt.Sprintf("Disallowed intent(s): %d.", extra)
	}
	shard := d.shard()
	if shard[1] < 1 || shard[0] < 0 || shard[0] >= shard[1] {
		return closeInvalidShard, "Invalid shard."
	}
	probe, n := session{shard: shard}, 0
	for _, g := range s.joined() {
		if probe.serves(g.id) {
			n++
		}
	}
	if n > guildsPerShard {
		return closeShardingRequired, "Sharding required."
	}
	return 0, ""
}

// sessionID is a session's id in Discord's form.
func sessionID(n int) string { return fmt.Sprintf("%032x", n) }
