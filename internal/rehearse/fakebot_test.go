package rehearse

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"storyteller/internal/fakediscord"
)

// scriptedBot is a bot of a few lines: it speaks the gateway and REST itself,
// so that these tests need nothing but the fake. answer gives the callback for
// an interaction, nil for silence.
type scriptedBot struct {
	t      *testing.T
	fake   *fakediscord.Server
	client *http.Client
	answer func(i interaction) any

	mu   sync.Mutex
	seen []interaction
}

// interaction is what the bot reads of an INTERACTION_CREATE.
type interaction struct {
	ID    string `json:"id"`
	Token string `json:"token"`
	Type  int    `json:"type"`
	Data  struct {
		CustomID   string          `json:"custom_id"`
		Name       string          `json:"name"`
		Values     []string        `json:"values"`
		Options    json.RawMessage `json:"options"`
		Components json.RawMessage `json:"components"`
	} `json:"data"`
	Member struct {
		User struct {
			ID string `json:"id"`
		} `json:"user"`
	} `json:"member"`
}

// object is a JSON object.
type object = map[string]any

func startBot(t *testing.T, fake *fakediscord.Server, answer func(interaction) any) *scriptedBot {
	t.Helper()
	b := &scriptedBot{t: t, fake: fake, client: &http.Client{Transport: fake.Transport()}, answer: answer}
	conn, err := fake.DialGateway(context.Background(), "tcp", "gateway.test:443")
	if err != nil {
		t.Fatalf("dial the gateway: %v", err)
	}
	ws := openSocket(t, conn)
	ready := make(chan struct{})
	done := make(chan struct{})
	go func() { defer close(done); b.listen(ws, ready) }()
	t.Cleanup(func() { conn.Close(); <-done })
	select {
	case <-ready:
	case <-done:
		t.Fatal("the gateway closed before READY")
	}
	return b
}

// listen identifies and answers interactions until the connection ends.
func (b *scriptedBot) listen(ws *socket, ready chan struct{}) {
	for {
		raw, err := ws.read()
		if err != nil {
			return
		}
		var m struct {
			Op int             `json:"op"`
			T  string          `json:"t"`
			D  json.RawMessage `json:"d"`
		}
		if json.Unmarshal(raw, &m) != nil {
			continue
		}
		switch {
		case m.Op == 10:
			ws.write(object{"op": 2, "d": object{"token": fakediscord.DefaultToken, "intents": 1, "properties": object{"os": "linux", "browser": "test", "device": "test"}}})
		case m.T == "READY":
			close(ready)
		case m.T == "INTERACTION_CREATE":
			var i interaction
			if err := json.Unmarshal(m.D, &i); err != nil {
				b.t.Errorf("interaction: %v", err)
				continue
			}
			b.mu.Lock()
			b.seen = append(b.seen, i)
			b.mu.Unlock()
			if reply := b.answer(i); reply != nil {
				b.rest("POST", "/interactions/"+i.ID+"/"+i.Token+"/callback", reply)
			}
		}
	}
}

// interactions are those the bot has got so far.
func (b *scriptedBot) interactions() []interaction {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]interaction(nil), b.seen...)
}

// rest calls Discord's API and decodes the answer.
func (b *scriptedBot) rest(method, path string, body any) object {
	data, err := json.Marshal(body)
	if err != nil {
		b.t.Errorf("encode %s %s: %v", method, path, err)
		return nil
	}
	req, err := http.NewRequest(method, "https://discord.test/api/v10"+path, bytes.NewReader(data))
	if err != nil {
		b.t.Errorf("%s %s: %v", method, path, err)
		return nil
	}
	req.Header.Set("Authorization", "Bot "+fakediscord.DefaultToken)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "DiscordBot (https://example.com, 1)")
	res, err := b.client.Do(req)
	if err != nil {
		b.t.Errorf("%s %s: %v", method, path, err)
		return nil
	}
	defer res.Body.Close()
	raw, _ := io.ReadAll(res.Body)
	if res.StatusCode/100 != 2 {
		b.t.Errorf("%s %s: %d %s", method, path, res.StatusCode, raw)
	}
	var out object
	_ = json.Unmarshal(raw, &out) // a 204 has no body
	return out
}

// post sends a message of components and returns its id.
func (b *scriptedBot) post(channel string, components ...any) string {
	out := b.rest("POST", "/channels/"+channel+"/messages", object{"flags": fakediscord.FlagComponentsV2, "components": components, "allowed_mentions": object{"parse": []string{}}})
	id, _ := out["id"].(string)
	return id
}

func (b *scriptedBot) edit(channel, message string, components ...any) {
	b.rest("PATCH", "/channels/"+channel+"/messages/"+message, object{"components": components, "allowed_mentions": object{"parse": []string{}}})
}

// postFile sends a message with one file.
func (b *scriptedBot) postFile(channel, name, description string, data []byte, components ...any) {
	payload, _ := json.Marshal(object{
		"flags": fakediscord.FlagComponentsV2, "components": components, "allowed_mentions": object{"parse": []string{}},
		"attachments": []object{{"id": 0, "filename": name, "description": description}},
	})
	var body bytes.Buffer
	const boundary = "rehearsal-test-boundary"
	fmt.Fprintf(&body, "--%s\r\nContent-Disposition: form-data; name=\"payload_json\"\r\nContent-Type: application/json\r\n\r\n%s\r\n", boundary, payload)
	fmt.Fprintf(&body, "--%s\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=%q\r\nContent-Type: image/png\r\n\r\n%s\r\n--%s--\r\n", boundary, name, data, boundary)
	req, err := http.NewRequest("POST", "https://discord.test/api/v10/channels/"+channel+"/messages", &body)
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bot "+fakediscord.DefaultToken)
	req.Header.Set("Content-Type", "multipart/form-data; boundary="+boundary)
	req.Header.Set("User-Agent", "DiscordBot (https://example.com, 1)")
	res, err := b.client.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	if raw, _ := io.ReadAll(res.Body); res.StatusCode != http.StatusOK {
		b.t.Fatalf("post a file: %d %s", res.StatusCode, raw)
	}
}

// Components, as short as a script needs them.

func text(s string) object { return object{"type": fakediscord.TypeTextDisplay, "content": s} }

func row(buttons ...any) object {
	return object{"type": fakediscord.TypeActionRow, "components": buttons}
}

func press(style int, label, id string) object {
	return object{"type": fakediscord.TypeButton, "style": style, "label": label, "custom_id": id}
}

func container(color int, children ...any) object {
	return object{"type": fakediscord.TypeContainer, "accent_color": color, "components": children}
}

// private is a reply that only the member sees.
func private(content string) object {
	return object{"type": 4, "data": object{"content": content, "flags": fakediscord.FlagEphemeral, "allowed_mentions": object{"parse": []string{}}}}
}

// socket is the client's side of a websocket, as far as a gateway needs it.
type socket struct {
	conn net.Conn
	in   *bufio.Reader
}

func openSocket(t *testing.T, conn net.Conn) *socket {
	t.Helper()
	key := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("k", 16)))
	go fmt.Fprintf(conn, "GET /gateway-ws?v=10&encoding=json HTTP/1.1\r\nHost: gateway.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n\r\n", key)
	s := &socket{conn: conn, in: bufio.NewReader(conn)}
	res, err := http.ReadResponse(s.in, nil)
	if err != nil || res.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("open the gateway: %v %v", res, err)
	}
	return s
}

// read is the next message, put together from its frames.
func (s *socket) read() ([]byte, error) {
	var message []byte
	for {
		head := make([]byte, 2)
		if _, err := io.ReadFull(s.in, head); err != nil {
			return nil, err
		}
		length := uint64(head[1] & 0x7f)
		if extra := map[uint64]int{126: 2, 127: 8}[length]; extra > 0 {
			size := make([]byte, 8)
			if _, err := io.ReadFull(s.in, size[8-extra:]); err != nil {
				return nil, err
			}
			length = binary.BigEndian.Uint64(size)
		}
		payload := make([]byte, length)
		if _, err := io.ReadFull(s.in, payload); err != nil {
			return nil, err
		}
		switch opcode := head[0] & 0x0f; opcode {
		case 0, 1, 2:
			message = append(message, payload...)
			if head[0]&0x80 != 0 {
				return message, nil
			}
		case 8:
			return nil, io.EOF
		}
	}
}

// write sends one message; a client's frames are masked.
func (s *socket) write(v any) {
	data, err := json.Marshal(v)
	if err != nil {
		return
	}
	frame := []byte{0x81, 0x80 | 126, 0, 0}
	binary.BigEndian.PutUint16(frame[2:], uint16(len(data)))
	mask := make([]byte, 4)
	rand.Read(mask)
	frame = append(frame, mask...)
	for i, b := range data {
		frame = append(frame, b^mask[i%4])
	}
	_, _ = s.conn.Write(frame) // a closed connection shows at the next read
}
