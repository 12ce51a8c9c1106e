package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"storyteller/internal/commands"
	"storyteller/internal/fakediscord"

	"github.com/getkin/kin-openapi/openapi3"
)

// description finds Discord's OpenAPI description beside the repository. It is not part of it.
func description(t *testing.T) *openapi3.T {
	t.Helper()
	file := filepath.Join("..", "..", "..", "shared", "discord", "openapi.json")
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("Discord's OpenAPI description is not here; it is at https://github.com/discord/discord-api-spec")
	}
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// inspector keeps what goes out, to be checked against the description.
type inspector struct {
	next http.RoundTripper
	doc  *openapi3.T

	mu     sync.Mutex
	seen   map[string]int
	bodies map[*openapi3.Operation][]any
	wrong  []string
}

// RoundTrip implements http.RoundTripper.
func (i *inspector) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	req.Body = io.NopCloser(bytes.NewReader(body))
	i.mu.Lock()
	if err := i.keep(req, body); err != nil {
		i.wrong = append(i.wrong, fmt.Sprintf("%s %s: %v\n%s", req.Method, req.URL.Path, err, body))
	}
	i.mu.Unlock()
	return i.next.RoundTrip(req)
}

func (i *inspector) keep(req *http.Request, body []byte) error {
	template, op := i.operation(req.Method, strings.TrimPrefix(req.URL.Path, "/api/v10"))
	if op == nil {
		return errors.New("no such operation")
	}
	i.seen[req.Method+" "+template]++
	if op.RequestBody == nil {
		return nil
	}
	kind, parameters, err := mime.ParseMediaType(req.Header.Get("Content-Type"))
	if err != nil {
		return err
	}
	if kind == "multipart/form-data" {
		form, err := multipart.NewReader(bytes.NewReader(body), parameters["boundary"]).ReadForm(1 << 20)
		if err != nil {
			return err
		}
		body = []byte(form.Value["payload_json"][0])
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return err
	}
	i.bodies[op] = append(i.bodies[op], value)
	return nil
}

// check compares all bodies with the description: those of an operation together, as preparing its schema takes long.
func (i *inspector) check() {
	for op, bodies := range i.bodies {
		list := openapi3.NewArraySchema()
		list.Items = op.RequestBody.Value.Content.Get("application/json").Schema
		if err := list.VisitJSON(bodies, openapi3.EnableJSONSchema2020()); err != nil {
			i.wrong = append(i.wrong, fmt.Sprintf("%s: %v", op.OperationID, err))
		}
	}
}

// operation finds the path of the description that fits, the one with the fewest parameters.
func (i *inspector) operation(method, path string) (string, *openapi3.Operation) {
	parts := strings.Split(path, "/")
	best, fewest := "", len(parts)+1
	for template := range i.doc.Paths.Map() {
		open := 0
		wanted := strings.Split(template, "/")
		if len(wanted) != len(parts) {
			continue
		}
		for n, part := range wanted {
			if strings.HasPrefix(part, "{") {
				open++
			} else if part != parts[n] {
				open = len(parts) + 1
				break
			}
		}
		if open < fewest && i.doc.Paths.Value(template).GetOperation(method) != nil {
			best, fewest = template, open
		}
	}
	if best == "" {
		return "", nil
	}
	return best, i.doc.Paths.Value(best).GetOperation(method)
}

func TestWhatGoesOutIsAsDiscordDescribesIt(t *testing.T) {
	doc := description(t)
	inRoom(t, fakediscord.Options{}, func(r *room) {
		check := &inspector{doc: doc, seen: map[string]int{}, bodies: map[*openapi3.Operation][]any{}}
		r.bot = r.newBotOver(testToken, func(next http.RoundTripper) http.RoundTripper {
			check.next = next
			return check
		})
		r.enter()
		r.showEverything()
		r.doEverything()
		check.check()
		for _, wrong := range check.wrong {
			t.Error(wrong)
		}
		for _, op := range []string{
			"GET /gateway", "GET /gateway/bot", "PUT /applications/{application_id}/commands", "POST /channels/{channel_id}/messages",
			"PATCH /channels/{channel_id}/messages/{message_id}", "POST /channels/{channel_id}/typing",
			"POST /interactions/{interaction_id}/{interaction_token}/callback", "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original",
		} {
			if check.seen[op] == 0 {
				t.Errorf("nothing was sent to %s; seen: %v", op, check.seen)
			}
		}
	})
}

// showEverything posts and edits each scene of the golden files.
func (r *room) showEverything() {
	for name, m := range scenes() {
		p := posting(m)
		p.Place = r.beat("", "").Place
		p.Message.Key = name
		if _, shown := pictureOf(p); shown {
			p.Picture = dot(r)
		}
		id, err := r.bot.Post(r.Context(), p)
		if err != nil {
			r.Errorf("%s: %v", name, err)
			continue
		}
		p.Message.Edit, p.Message.ID, p.Message.Key = name, id, name+" edited"
		if err := r.bot.Edit(r.Context(), p); err != nil {
			r.Errorf("%s, edited: %v", name, err)
		}
	}
	if err := r.bot.Typing(r.Context(), r.beat("", "").Place); err != nil {
		r.Error(err)
	}
}

// doEverything answers interactions in every way there is.
func (r *room) doEverything() {
	anna := r.member("Anna")
	for _, reply := range []commands.Reply{
		{Text: "short"}, {Text: strings.Repeat("long ", 700)}, {}, {Text: "file", File: &commands.File{Name: "a.txt", Body: []byte("x")}},
	} {
		r.handle = func(context.Context, commands.Request) commands.Reply { return reply }
		id, err := r.slash(anna, map[string]any{"story": "x"})
		r.outcome(id, err)
		message, button := r.pollOf(fmt.Sprint("v", len(reply.Text)))
		id, err = r.fake.Press(fakediscord.PressInput{User: anna, Channel: r.channel(), Message: message, CustomID: button})
		r.outcome(id, err)
	}
	r.handle = func(context.Context, commands.Request) commands.Reply {
		return commands.Reply{Choices: []commands.Choice{{Name: "The Lamp", Value: "lamp"}}}
	}
	if _, err := r.fake.Autocomplete(r.Context(), fakediscord.CommandInput{
		User: anna, Channel: r.channel(), Name: commands.Group, Subcommand: "start", Options: map[string]any{"story": ""}, Focused: "story",
	}); err != nil {
		r.Error(err)
	}
}
