package discord

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/bwmarrin/discordgo"
)

// payload is the body of a message as it goes out: to create one, to edit one, or in answer to an interaction.
// discordgo's own structs lack the nonce, and send fields that are not meant.
type payload struct {
	Content         string                 `json:"content,omitempty"`
	Flags           discordgo.MessageFlags `json:"flags,omitempty"`
	Components      []component            `json:"components,omitempty"`
	Attachments     []attachment           `json:"attachments,omitempty"`
	Nonce           string                 `json:"nonce,omitempty"`
	EnforceNonce    bool                   `json:"enforce_nonce,omitempty"`
	AllowedMentions mentions               `json:"allowed_mentions"`

	files []*discordgo.File
}

// mentions says who may be pinged. Its zero value is nobody: without it an edit would ping as a new message does.
type mentions struct{}

// MarshalJSON writes an empty list, which is not the same to Discord as null.
func (mentions) MarshalJSON() ([]byte, error) {
	return []byte(`{"parse":[]}`), nil
}

// attachment describes a file that comes with the payload; ID is its place among the files, as text like every id.
type attachment struct {
	ID          string `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
}

// attach adds a file.
func (p *payload) attach(name, description string, body []byte) {
	p.Attachments = append(p.Attachments, attachment{ID: strconv.Itoa(len(p.files)), Filename: name, Description: clip(tidy(description), maxAlt)})
	p.files = append(p.files, &discordgo.File{Name: name, Reader: bytes.NewReader(body)})
}

// encode writes body, with the files that belong to it where there are any.
func encode(body any, files []*discordgo.File) (contentType string, encoded []byte, err error) {
	if len(files) > 0 {
		return discordgo.MultipartBodyWithJSON(body, files)
	}
	encoded, err = json.Marshal(body)
	return "application/json", encoded, err
}
