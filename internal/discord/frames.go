package discord

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
)

// frames reads along with what a gateway server sends: first the end of its HTTP answer, then websocket frames. It
// knows what discordgo does not tell or does not survive: close codes, and the ops by which Discord ends a session.
// Payloads are never compressed, as the bot does not ask for it.
type frames struct {
	open  bool   // the HTTP answer is over
	head  []byte // of the answer's end, or of the frame's header, while it is incomplete
	body  []byte // of a frame that is kept
	left  uint64 // of the payload
	keep  bool
	code  byte // of the frame
	heard func(signal)
}

// signal is something that frames noticed; one of its fields is set.
type signal struct {
	close  int        // close code
	op     int        // 7, 9, 10 or 11
	resume bool       // with op 9: the session still lives
	beat   beatMillis // with op 10: the heartbeat interval
}

type beatMillis int64

// Ops of the gateway that frames looks for.
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
const (
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opAck            = 11
)

const (
	frameText  = 1
	frameClose = 8
	// maxKept is the largest payload that is looked into. The ops above are far smaller.
	maxKept = 1024
	// maxAnswerEnd is how much is kept to find the end of the HTTP answer across two reads.
	maxAnswerEnd = 3
)

// read takes the next bytes of the connection, in pieces of any size.
func (f *frames) read(p []byte) {
	for len(p) > 0 {
		switch {
		case !f.open:
			p = f.answer(p)
		case f.left > 0:
			p = f.payload(p)
		default:
			p = f.header(p)
		}
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
	final := f.head[0]&0x80 != 0
	f.code, f.left = f.head[0]&0x0f, length
	f.keep = final && length <= maxKept && (f.code == frameText || f.code == frameClose)
	f.head, f.body = f.head[:0], f.body[:0]
	if length == 0 {
		f.end()
	}
	return p
}

func (f *frames) payload(p []byte) []byte {
	n := min(uint64(len(p)), f.left)
	if f.keep {
		f.body = append(f.body, p[:n]...)
	}
	f.left -= n
	if f.left == 0 {
		f.end()
	}
	return p[n:]
}

// end looks at a frame that is complete.
func (f *frames) end() {
	if !f.keep {
		return
	}
	if f.code == frameClose {
		if len(f.body) >= 2 {
			f.heard(signal{close: int(binary.BigEndian.Uint16(f.body))})
		}
		return
	}
	var packet struct {
		Op   int             `json:"op"`
		Data json.RawMessage `json:"d"`
	}
	if json.Unmarshal(f.body, &packet) != nil {
		return
	}
	s := signal{op: packet.Op}
	switch packet.Op {
	case opInvalidSession:
		_ = json.Unmarshal(packet.Data, &s.resume) // what cannot be read is no
	case opHello:
		var hello struct {
			Interval beatMillis `json:"heartbeat_interval"`
		}
		_ = json.Unmarshal(packet.Data, &hello)
		s.beat = hello.Interval
	case opReconnect, opAck:
	default:
		return
	}
	f.heard(s)
}
