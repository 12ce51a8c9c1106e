package fakediscord

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // sizes of pictures
	_ "image/jpeg" // sizes of pictures
	_ "image/png"  // sizes of pictures
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"path"
	"strconv"
	"strings"
)

const (
	// maxRequest is Discord's limit of a whole request, in bytes.
	maxRequest = 25 << 20
	// maxFile is the limit of one file in a guild without boosts, in bytes.
	maxFile = 10 << 20
	// cdnHost is where attachments are when nobody has come over a socket.
	cdnHost = "cdn.discordapp.com"
)

// upload is a file of a request.
type upload struct {
	index       int
	filename    string
	contentType string
	data        []byte
}

// storedFile is an attachment's content.
type storedFile struct {
	channelID string
	upload
}

// body is what a request carries: the JSON as it came, the same decoded, and
// the files beside it.
type body struct {
	raw   []byte
	tree  any
	files []upload
}

// readBody reads a JSON or multipart body.
func readBody(r *http.Request) (body, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return body{}, nil
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	limited := &io.LimitedReader{R: r.Body, N: maxRequest + 1}
	var b body
	if err == nil && kind == "multipart/form-data" {
		b, err = readMultipart(multipart.NewReader(limited, params["boundary"]))
	} else {
		b.raw, err = io.ReadAll(limited)
		if len(b.raw) > 0 && kind != "application/json" {
			err = malformed(http.StatusBadRequest, codeInvalidForm, `Expected "Content-Type" header to be one of {"application/json", "multipart/form-data"}.`)
		}
	}
	if limited.N <= 0 {
		return body{}, errEntityTooLarge
	}
	if err != nil {
		return body{}, err
	}
	if len(b.raw) > 0 {
		if b.tree, err = decodeTree(b.raw); err != nil {
			return body{}, errInvalidJSON
		}
	}
	return b, nil
}

// decodeTree decodes one JSON value, keeping numbers as they were written.
func decodeTree(raw []byte) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var tree any
	if err := dec.Decode(&tree); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errInvalidJSON
	}
	return tree, nil
}

func readMultipart(mr *multipart.Reader) (body, error) {
	var b body
	for {
		part, err := mr.NextPart()
		if errors.Is(err, io.EOF) {
			return b, nil
		}
		if err != nil {
			return body{}, malformed(http.StatusBadRequest, codeInvalidForm, "The multipart body is broken: "+err.Error())
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return body{}, malformed(http.StatusBadRequest, codeInvalidForm, "The multipart body is broken: "+err.Error())
		}
		if part.FormName() == "payload_json" {
			b.raw = data
			continue
		}
		f, err := b.newFile(part, data)
		if err != nil {
			return body{}, err
		}
		b.files = append(b.files, f)
	}
}

// newFile is a part named files[n], with a number and a name of its own.
func (b *body) newFile(part *multipart.Part, data []byte) (upload, error) {
	p := &problem{}
	digits, ok := strings.CutPrefix(strings.TrimSuffix(part.FormName(), "]"), "files[")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || n < 0 || n >= maxFileIndex {
		p.at(part.FormName()).add("UNKNOWN_FIELD", "A part of a multipart body is payload_json or files[n]")
		return upload{}, invalidForm(p)
	}
	if len(data) > maxFile {
		return upload{}, errFileTooLarge
	}
	f := upload{index: n, filename: cleanFilename(part.FileName()), contentType: part.Header.Get("Content-Type"), data: data}
	for _, other := range b.files {
		if other.index == n || other.filename == f.filename {
			p.at(part.FormName()).add("FILE_DUPLICATED", "The files of a request have numbers and names of their own")
			return upload{}, invalidForm(p)
		}
	}
	if len(b.files) >= maxAttachments {
		return upload{}, errTooManyAttachments
	}
	if f.contentType == "" || f.contentType == "application/octet-stream" {
		if byName := mime.TypeByExtension(path.Ext(f.filename)); byName != "" {
			f.contentType = byName
		}
	}
	return f, nil
}

var errTooManyAttachments = refused(http.StatusBadRequest, codeTooManyAttachments, fmt.Sprintf("Maximum number of attachments in a message reached (%d)", maxAttachments))

// cleanFilename keeps what Discord keeps of a file's name: letters, digits,
// dots, dashes and underscores; spaces become underscores.
func cleanFilename(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '_':
			return r
		case r == ' ':
			return '_'
		}
		return -1
	}, name)
	if strings.Trim(name, ".") == "" {
		return "unknown"
	}
	return name
}

// store keeps a file and describes it as an attachment.
func (s *Server) store(channelID string, f upload) Attachment {
	id := s.newID()
	s.attachments[id] = &storedFile{channelID: channelID, upload: f}
	a := Attachment{ID: id, Filename: f.filename, ContentType: f.contentType, Size: len(f.data)}
	a.URL = fmt.Sprintf("%s/attachments/%s/%s/%s", s.publicURL, channelID, id, f.filename)
	a.ProxyURL = a.URL
	if cfg, _, err := image.DecodeConfig(bytes.NewReader(f.data)); err == nil {
		a.Width, a.Height = cfg.Width, cfg.Height
	}
	return a
}

// applyAttachments settles the attachments of a message: those it keeps and
// the files that are added.
func (s *Server) applyAttachments(m *Message, d *draft) error {
	kept := m.Attachments
	if len(d.Attachments) > 0 {
		kept = nil
		for _, a := range d.kept {
			if old, _ := m.attachment(string(a.ID)); old != nil {
				again := *old
				if a.Description != nil {
					again.Description = *a.Description
				}
				kept = append(kept, again)
			}
		}
	}
	list := append([]Attachment{}, kept...)
	for _, f := range d.files {
		a := s.store(m.ChannelID, d.named(f))
		a.Ephemeral = m.Ephemeral()
		for _, told := range d.kept {
			if string(told.ID) == strconv.Itoa(f.index) && told.Description != nil {
				a.Description = *told.Description
			}
		}
		list = append(list, a)
	}
	m.Attachments = list
	if len(list) > maxAttachments {
		return errTooManyAttachments
	}
	return nil
}

// named is a file under the name that its attachment object gives it.
func (d *draft) named(f upload) upload {
	for _, a := range d.kept {
		if string(a.ID) == strconv.Itoa(f.index) {
			if a.Filename != "" {
				f.filename = cleanFilename(a.Filename)
			}
			if a.IsSpoiler && !strings.HasPrefix(f.filename, "SPOILER_") {
				f.filename = "SPOILER_" + f.filename
			}
		}
	}
	return f
}

// serveAttachment answers GET /attachments/{channel}/{id}/{name}.
func (s *Server) serveAttachment(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f := s.attachments[r.PathValue("id")]
	s.mu.Unlock()
	if f == nil || f.channelID != r.PathValue("channel") || f.filename != r.PathValue("name") {
		http.Error(w, "This content is no longer available.", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", f.contentType)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Length", strconv.Itoa(len(f.data)))
	_, _ = w.Write(f.data)
}
