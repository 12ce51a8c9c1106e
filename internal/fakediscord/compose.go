package fakediscord

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// draft is the checked body of a request that writes a message. A nil field
// was absent, "null" is a null.
type draft struct {
	Content         json.RawMessage   `json:"content"`
	Embeds          json.RawMessage   `json:"embeds"`
	Components      json.RawMessage   `json:"components"`
	Attachments     json.RawMessage   `json:"attachments"`
	AllowedMentions *mentionRules     `json:"allowed_mentions"`
	Flags           *int              `json:"flags"`
	TTS             bool              `json:"tts"`
	Nonce           any               `json:"nonce"`
	EnforceNonce    bool              `json:"enforce_nonce"`
	Reference       *draftReference   `json:"message_reference"`
	Poll            json.RawMessage   `json:"poll"`
	files           []upload          // of the multipart body
	raw             json.RawMessage   // as it came
	tree            map[string]any    // decoded, for checks
	kept            []draftAttachment // from Attachments
}

type draftReference struct {
	MessageID       string `json:"message_id"`
	ChannelID       string `json:"channel_id"`
	FailIfNotExists *bool  `json:"fail_if_not_exists"`
}

// draftAttachment is an item of attachments: a file's number, or the id of an
// attachment to keep.
type draftAttachment struct {
	ID          idOrIndex `json:"id"`
	Filename    string    `json:"filename"`
	Description *string   `json:"description"`
	IsSpoiler   bool      `json:"is_spoiler"`
}

// idOrIndex is a number or a string of one.
type idOrIndex string

func (i *idOrIndex) UnmarshalJSON(b []byte) error {
	*i = idOrIndex(strings.Trim(string(b), `"`))
	return nil
}

// parseDraft checks a message body against a schema. v2 tells whether the
// message is of components only once this is applied; prefix is where the
// body stands in the request.
func parseDraft(tree any, raw []byte, files []upload, schema object, was int, prefix ...string) (*draft, error) {
	root := &problem{}
	p := root
	for _, key := range prefix {
		p = p.at(key)
	}
	if len(raw) == 0 { // files only, or nothing at all
		tree, raw = map[string]any{}, []byte("{}")
	}
	m, _ := tree.(map[string]any)
	flags := was
	if _, ok := wholeNumber(m["flags"]); ok {
		flags = intOf(m["flags"]) | was&FlagComponentsV2
	}
	checkBody(p, schema, tree, flags&FlagComponentsV2 != 0)
	if err := root.formError(); err != nil {
		return nil, err
	}
	if textWeight(m["components"]) > maxTextWeight {
		return nil, errTextTooHeavy
	}
	d := &draft{files: files, raw: raw, tree: m}
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.UseNumber()
	if err := dec.Decode(d); err != nil {
		return nil, errInvalidJSON
	}
	if present(d.Attachments) {
		if err := json.Unmarshal(d.Attachments, &d.kept); err != nil {
			return nil, errInvalidJSON
		}
	}
	return d, d.checkFiles(p, root)
}

// present reports whether a field was given and not null.
func present(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }

// checkFiles checks that every numbered attachment has its file.
func (d *draft) checkFiles(p, root *problem) error {
	if present(d.Attachments) {
		d.checkListed(p.at("attachments"))
	}
	for i, a := range d.kept {
		if n := idNumber(string(a.ID)); n < maxFileIndex {
			if d.file(int(n)) == nil {
				p.at("attachments").index(i).add("ATTACHMENT_NOT_FOUND", "No file of this request has this number")
			}
		}
	}
	return root.formError()
}

// checkListed checks that a list of attachments names every new file, since
// from v10 on a file that is not listed is dropped.
func (d *draft) checkListed(p *problem) {
	for _, f := range d.files {
		if !slices.ContainsFunc(d.kept, func(a draftAttachment) bool { return string(a.ID) == strconv.Itoa(f.index) }) {
			p.add("ATTACHMENT_NOT_LISTED", "attachments does not list the file "+strconv.Itoa(f.index))
		}
	}
}

// maxFileIndex parts file numbers from snowflakes.
const maxFileIndex = 1000

func (d *draft) file(n int) *upload {
	for i := range d.files {
		if d.files[i].index == n {
			return &d.files[i]
		}
	}
	return nil
}

// apply writes a draft into a message that is not yet seen by anyone. Fields
// that were absent stay as they are.
func (s *Server) apply(m *Message, d *draft, prefix ...string) error {
	root := &problem{}
	p := root
	for _, key := range prefix {
		p = p.at(key)
	}
	if d.Flags != nil {
		if m.Flags&FlagComponentsV2 == 0 && *d.Flags&FlagComponentsV2 != 0 {
			s.checkConversion(p, m, d)
		}
		m.Flags = m.Flags&^editFlags | *d.Flags&editFlags | m.Flags&FlagComponentsV2
	}
	if len(d.Content) > 0 {
		m.Content = ""
		_ = json.Unmarshal(d.Content, &m.Content) // checked before; null empties
		m.Content = stripped(m.Content)
	}
	if err := s.applyAttachments(m, d); err != nil {
		return err
	}
	if len(d.Embeds) > 0 {
		m.Embeds = []Embed{}
		if present(d.Embeds) {
			_ = json.Unmarshal(d.Embeds, &m.Embeds)
		}
		s.finishEmbeds(p.at("embeds"), m)
	}
	if len(d.Components) > 0 {
		m.Components = []Component{}
		if present(d.Components) {
			_ = json.Unmarshal(d.Components, &m.Components)
		}
		if m.V2() {
			numberComponents(m.Components)
		}
		setDefaults(m.Components)
		s.resolveMedia(p.at("components"), m, m.Components)
	}
	if err := root.formError(); err != nil {
		return err
	}
	if m.isEmpty() {
		return errEmptyMessage
	}
	s.mention(m, d.AllowedMentions)
	return nil
}

// stripped is a text as Discord echoes it: without blanks around it and
// without control characters, so that what comes back need not be what was sent.
func stripped(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text))
}

// checkConversion holds the rule for turning a legacy message into components:
// the old fields must be emptied in the same request.
func (s *Server) checkConversion(p *problem, m *Message, d *draft) {
	const code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
	if m.Content != "" && len(d.Content) == 0 {
		p.at("content").add(code, "The 'content' field must be emptied when IS_COMPONENTS_V2 is added")
	}
	if len(m.Embeds) > 0 && len(d.Embeds) == 0 {
		p.at("embeds").add(code, "The 'embeds' field must be emptied when IS_COMPONENTS_V2 is added")
	}
}

// isEmpty reports whether there is nothing to see in a message.
func (m *Message) isEmpty() bool {
	if m.V2() {
		return len(m.Components) == 0
	}
	return strings.TrimSpace(m.Content) == "" && len(m.Embeds) == 0 && len(m.Components) == 0 && len(m.Attachments) == 0 && m.Poll == nil
}

// finishEmbeds trims texts as Discord does and resolves attachment:// pictures.
func (s *Server) finishEmbeds(p *problem, m *Message) {
	for i := range m.Embeds {
		e := &m.Embeds[i]
		e.Type = "rich"
		e.Title, e.Description = strings.TrimSpace(e.Title), strings.TrimSpace(e.Description)
		for j, media := range []*EmbedMedia{e.Image, e.Thumbnail} {
			if media == nil {
				continue
			}
			a, ok := m.attached(media.URL)
			switch {
			case a != nil:
				*media = EmbedMedia{URL: a.URL, ProxyURL: a.ProxyURL, Width: a.Width, Height: a.Height}
			case !ok:
				p.index(i).at([]string{"image", "thumbnail"}[j]).at("url").add(codeNoAttachment, "The referenced attachment was not found: "+media.URL)
			}
		}
	}
}

const codeNoAttachment = "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"

// attached is the attachment that an attachment:// address names; ok is false
// if it is such an address and names none.
func (m *Message) attached(address string) (a *Attachment, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "attachment" {
		return nil, true
	}
	name := u.Host + u.Path
	for i := range m.Attachments {
		if m.Attachments[i].Filename == name {
			return &m.Attachments[i], true
		}
	}
	return nil, false
}

// resolveMedia puts the addresses of attachments into the components that
// show them.
func (s *Server) resolveMedia(p *problem, m *Message, cs []Component) {
	resolve := func(p *problem, media *Media) {
		a, ok := m.attached(media.URL)
		switch {
		case a != nil:
			*media = Media{ID: s.newID(), URL: a.URL, ProxyURL: a.ProxyURL, Width: a.Width, Height: a.Height,
				ContentType: a.ContentType, AttachmentID: a.ID}
		case !ok:
			p.at("url").add(codeNoAttachment, "The referenced attachment was not found: "+media.URL)
		default:
			media.ID, media.ProxyURL = s.newID(), media.URL
		}
	}
	for i := range cs {
		c, at := &cs[i], p.index(i)
		if c.Media != nil {
			resolve(at.at("media"), c.Media)
		}
		if c.File != nil {
			resolve(at.at("file"), c.File)
			if a, _ := m.attachment(c.File.AttachmentID); a != nil {
				c.Name, c.Size = a.Filename, a.Size
			}
		}
		for j := range c.Items {
			resolve(at.at("items").index(j).at("media"), &c.Items[j].Media)
		}
		if c.Accessory != nil && c.Accessory.Media != nil {
			resolve(at.at("accessory").at("media"), c.Accessory.Media)
		}
		s.resolveMedia(at.at("components"), m, c.Components)
	}
}

func (m *Message) attachment(id string) (*Attachment, int) {
	for i := range m.Attachments {
		if m.Attachments[i].ID == id {
			return &m.Attachments[i], i
		}
	}
	return nil, -1
}

// Edits of messages older than an hour have a cap of their own, whose size is
// unpublished; this one is a guess on the low side.
const (
	oldMessageAge   = time.Hour
	maxOldEdits     = 30
	oldEditsPer     = time.Hour
	oldEditsMessage = "Maximum number of edits to messages older than 1 hour reached. Try again later"
)

// oldEdit counts an edit of an old message and refuses it past the cap.
func (s *Server) oldEdit(m *Message) error {
	if s.age(m) <= oldMessageAge || s.opts.Limits.Off {
		return nil
	}
	now := s.Now()
	recent := s.oldEdits[m.ChannelID][:0]
	for _, t := range s.oldEdits[m.ChannelID] {
		if now.Sub(t) < oldEditsPer {
			recent = append(recent, t)
		}
	}
	s.oldEdits[m.ChannelID] = recent
	if len(recent) >= maxOldEdits {
		return &apiError{status: http.StatusTooManyRequests, code: codeTooManyOldEdits, message: oldEditsMessage,
			retryAfter: oldEditsPer - now.Sub(recent[0])}
	}
	s.oldEdits[m.ChannelID] = append(recent, now)
	return nil
}
