package discord

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"time"
)

// frames reads along with what a gateway server sends: first the end of its HTTP answer, then websocket frames. It
// knows what discordgo does not tell or does not survive: close codes, the ops by which Discord ends a session, and
// what is no message of a gateway at all. Payloads are never compressed, as the bot does not ask for it.
type frames struct {
	open    bool   // the HTTP answer is over
	head    []byte // of the answer's end, or of the frame's header, while it is incomplete
	left    uint64 // of the payload
	code    byte   // of the frame
	final   bool   // the frame is the last of its message
	control []byte // payload of a close frame
	message []byte // payload of a message, over all of its frames, unless it is long
	long    bool
	heard   func(signal) (last bool) // called with each signal; last: nothing after it is to be read
	over    bool
}

// signal is something that frames noticed; one of its fields is set.
type signal struct {
	close   int        // close code
	op      int        // 7, 9, 10 or 11
	resume  bool       // with op 9: the session still lives
	beat    beatMillis // with op 10: the heartbeat interval
	garbage bool       // what came is no message of a gateway
}

type beatMillis int64

// Ops of the gateway that frames looks for.
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
const (
	opDispatch       = 0
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opAck            = 11
)

// Codes of websocket frames.
// Source: RFC 6455, section 5.2
const (
	frameMore   = 0 // goes on with the message of the frame before
	frameText   = 1
	frameBinary = 2
	frameClose  = 8
)

const (
	// maxKept is the longest message that is looked into. The ops above are far shorter.
	maxKept = 1024
	// maxAnswerEnd is how much is kept to find the end of the HTTP answer across two reads.
	maxAnswerEnd = 3
)

// Heartbeat intervals that are believed. discordgo takes any, and ends the process at one that is not positive.
const (
	leastBeat = 100 * time.Millisecond
	mostBeat  = 2 * time.Minute
)

// read takes the next bytes of the connection, in pieces of any size. It returns how many of them may be handed on: all,
// or those before the frame that was the last to be read.
func (f *frames) read(p []byte) int {
	began := 0 // where in p the present frame begins
	for at := 0; at < len(p); {
		if f.left == 0 && len(f.head) == 0 {
			began = at
		}
		rest := f.step(p[at:])
		at = len(p) - len(rest)
		if f.over {
			return began
		}
	}
	return len(p)
}

// step takes some of p and returns the rest.
func (f *frames) step(p []byte) []byte {
	switch {
	case !f.open:
		return f.answer(p)
	case f.left > 0:
		return f.payload(p)
	default:
		return f.header(p)
	}
}

// answer skips the HTTP answer to the upgrade.
func (f *frames) answer(p []byte) []byte {
	const end = "\r\n\r\n"
	all := append(f.head, p...)
	at := bytes.Index(all, []byte(end))
	if at < 0 {
		f.head = bytes.Clone(all[max(0, len(all)-maxAnswerEnd):])
		return nil
	}
	rest := all[at+len(end):]
	f.open, f.head = true, nil
	return rest
}

// header takes a byte of a frame's header, and begins the payload with the last.
// Source: RFC 6455, section 5.2
func (f *frames) header(p []byte) []byte {
	f.head = append(f.head, p[0])
	p = p[1:]
	if len(f.head) < 2 {
		return p
	}
	const short, long = 126, 127
	length := uint64(f.head[1] & 0x7f)
	need := 2
	switch length {
	case short:
		need += 2
	case long:
		need += 8
	}
	if f.head[1]&0x80 != 0 {
		need += 4 // a mask; servers send none
	}
	if len(f.head) < need {
		return p
	}
	switch length {
	case short:
		length = uint64(binary.BigEndian.Uint16(f.head[2:]))
	case long:
		length = binary.BigEndian.Uint64(f.head[2:])
	}
	f.code, f.final, f.left = f.head[0]&0x0f, f.head[0]&0x80 != 0, length
	f.head, f.control = f.head[:0], f.control[:0]
	if f.code == frameText || f.code == frameBinary {
		f.message, f.long = f.message[:0], false
	}
	if length == 0 {
		f.end()
	}
	return p
}

func (f *frames) payload(p []byte) []byte {
	n := min(uint64(len(p)), f.left)
	switch f.code {
	case frameText, frameMore:
		if f.long = f.long || uint64(len(f.message))+f.left > maxKept; !f.long {
			f.message = append(f.message, p[:n]...)
		}
	case frameClose:
		if len(f.control) < maxKept {
			f.control = append(f.control, p[:min(n, maxKept)]...)
		}
	}
	f.left -= n
	if f.left == 0 {
		f.end()
	}
	return p[n:]
}

// end looks at a frame that is complete, and at the message that is complete with it.
func (f *frames) end() {
	switch f.code {
	case frameClose:
		if len(f.control) >= 2 {
			f.over = f.heard(signal{close: int(binary.BigEndian.Uint16(f.control))})
		}
	case frameBinary:
		f.over = f.heard(signal{garbage: true})
	case frameText, frameMore:
		if !f.final || f.long {
			return
		}
		if s := understand(f.message); s != (signal{}) {
			f.over = f.heard(s)
		}
	}
}

// understand says what a message means to the connection; most mean nothing.
func understand(message []byte) signal {
	var packet *struct {
		Op   *int            `json:"op"`
		Type string          `json:"t"`
		Data json.RawMessage `json:"d"`
	}
	// discordgo ends the process at a message that is null, and at most events of which the data is.
	if json.Unmarshal(message, &packet) != nil || packet == nil || packet.Op == nil {
		return signal{garbage: true}
	}
	s := signal{op: *packet.Op}
	switch s.op {
	case opDispatch:
		empty := len(packet.Data) == 0 || string(packet.Data) == "null"
		return signal{garbage: empty && packet.Type != eventResumed}
	case opInvalidSession:
		_ = json.Unmarshal(packet.Data, &s.resume) // what cannot be read is no
	case opHello:
		var hello struct {
			Interval beatMillis `json:"heartbeat_interval"`
		}
		err := json.Unmarshal(packet.Data, &hello)
		if err != nil || hello.Interval < beatMillis(leastBeat.Milliseconds()) || hello.Interval > beatMillis(mostBeat.Milliseconds()) {
			return signal{garbage: true}
		}
		s.beat = hello.Interval
	case opReconnect, opAck:
	default:
		return signal{}
	}
	return s
}
