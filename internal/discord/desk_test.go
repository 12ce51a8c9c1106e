package discord

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"sync"
	"unicode/utf8"
)

// desk is where answers to interactions arrive that Discord never sent: it takes every one of them, and lets all else
// pass.
type desk struct {
	next http.RoundTripper // nil: there is nothing else

	mu   sync.Mutex
	took []answered
}

// answered is one answer that the desk took.
type answered struct {
	path string
	body []byte // its JSON
}

// RoundTrip implements http.RoundTripper.
func (d *desk) RoundTrip(req *http.Request) (*http.Response, error) {
	answer := strings.Contains(req.URL.Path, "/interactions/") || strings.Contains(req.URL.Path, "/webhooks/")
	if d.next != nil && !answer {
		return d.next.RoundTrip(req)
	}
	var body []byte
	if req.Body != nil {
		var err error
		if body, err = io.ReadAll(req.Body); err != nil {
			return nil, err
		}
		_ = req.Body.Close()
	}
	body, err := jsonOf(req.Header.Get("Content-Type"), body)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.took = append(d.took, answered{req.URL.Path, body})
	return &http.Response{StatusCode: http.StatusNoContent, Header: http.Header{}, Body: http.NoBody, Request: req}, nil
}

// taken lists the answers since it was asked last.
func (d *desk) taken() []answered {
	d.mu.Lock()
	defer d.mu.Unlock()
	took := d.took
	d.took = nil
	return took
}

// jsonOf is the JSON of a body, which may have files beside it.
func jsonOf(contentType string, body []byte) ([]byte, error) {
	kind, parameters, err := mime.ParseMediaType(contentType)
	if err != nil || kind != "multipart/form-data" {
		return body, nil
	}
	form, err := multipart.NewReader(bytes.NewReader(body), parameters["boundary"]).ReadForm(maxFile)
	if err != nil {
		return nil, err
	}
	return []byte(form.Value["payload_json"][0]), nil
}

// fault says what Discord would refuse of an answer, or what could ping somebody.
func (a answered) fault() error {
	if strings.HasSuffix(a.path, "/@original") {
		return messageFault(a.body)
	}
	var first struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(a.body, &first); err != nil {
		return err
	}
	switch first.Type {
	case 4:
		return messageFault(first.Data)
	case 5:
		if string(first.Data) != `{"flags":64}` {
			return fmt.Errorf("a wait with %s", first.Data)
		}
		return nil
	case 8:
		return choicesFault(first.Data)
	}
	return fmt.Errorf("an answer of type %d", first.Type)
}

func messageFault(data []byte) error {
	var m struct {
		Content    string      `json:"content"`
		Flags      int         `json:"flags"`
		Components []component `json:"components"`
		Mentions   *struct {
			Parse []string `json:"parse"`
		} `json:"allowed_mentions"`
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return err
	}
	const rich = 1 << 15
	switch {
	case m.Mentions == nil || m.Mentions.Parse == nil || len(m.Mentions.Parse) > 0:
		return fmt.Errorf("a message that may ping: %s", data)
	case m.Flags&rich != 0 && (m.Content != "" || len(m.Components) == 0):
		return fmt.Errorf("a message of components with %q and %d components", m.Content, len(m.Components))
	case m.Flags&rich == 0 && (blank(m.Content) || utf8.RuneCountInString(m.Content) > maxContent || len(m.Components) > 0):
		return fmt.Errorf("a message of %d characters and %d components", utf8.RuneCountInString(m.Content), len(m.Components))
	}
	if broken := withinLimits(m.Components); len(m.Components) > 0 && len(broken) > 0 {
		return fmt.Errorf("a message beyond limits: %s", strings.Join(broken, "; "))
	}
	return nil
}

func choicesFault(data []byte) error {
	var c struct {
		Choices []struct{ Name, Value string } `json:"choices"`
	}
	if err := json.Unmarshal(data, &c); err != nil {
		return err
	}
	if c.Choices == nil || len(c.Choices) > maxChoices {
		return fmt.Errorf("%d choices: %s", len(c.Choices), data)
	}
	for _, choice := range c.Choices {
		for _, s := range []string{choice.Name, choice.Value} {
			if n := utf8.RuneCountInString(s); n < 1 || n > maxChoice {
				return fmt.Errorf("a choice of %d characters", n)
			}
		}
	}
	return nil
}

// text is what the member reads.
func (a answered) text() string {
	var first struct {
		Data struct {
			Content    string      `json:"content"`
			Components []component `json:"components"`
			Choices    []any       `json:"choices"`
		} `json:"data"`
	}
	_ = json.Unmarshal(a.body, &first) // fault has found it well
	words := first.Data.Content
	walk(first.Data.Components, func(c *component) { words += c.Content })
	if first.Data.Choices != nil {
		words += fmt.Sprintf("%d choices", len(first.Data.Choices))
	}
	return words
}
