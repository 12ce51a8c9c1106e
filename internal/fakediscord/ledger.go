package fakediscord

import (
	"encoding/json"
	"fmt"
	"time"
)

// Kinds of ledger entries.
const (
	KindCreate = "create"
	KindEdit   = "edit"
	KindDelete = "delete"
)

// Ways in which a message was written.
const (
	ViaBot         = "bot"         // the channel's message routes
	ViaInteraction = "interaction" // callbacks, @original and follow-ups
	ViaWebhook     = "webhook"     // a webhook of the channel
	ViaPeople      = "people"      // a member or moderator
)

// Entry is one accepted post, edit or deletion.
type Entry struct {
	Seq       int             `json:"seq"`
	Kind      string          `json:"kind"`
	Via       string          `json:"via"`
	ChannelID string          `json:"channel_id"`
	MessageID string          `json:"message_id"`
	Nonce     string          `json:"nonce,omitempty"`
	At        time.Time       `json:"at"` // in the time of this process
	Message   Message         `json:"message"`
	Payload   json.RawMessage `json:"payload,omitempty"` // the request's JSON as it came
}

func (s *Server) record(kind, via string, m *Message, payload []byte) {
	e := Entry{
		Seq: len(s.ledger) + 1, Kind: kind, Via: via, ChannelID: m.ChannelID, MessageID: m.ID,
		At: time.Now(), Message: *m, Payload: payload,
	}
	if m.Nonce != nil {
		e.Nonce = fmt.Sprint(m.Nonce)
	}
	s.ledger = append(s.ledger, e)
}

// Ledger is every post, edit and deletion that was accepted, in order. A
// request that was answered with an older message of the same nonce made no
// entry.
func (s *Server) Ledger() []Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Entry(nil), s.ledger...)
}
