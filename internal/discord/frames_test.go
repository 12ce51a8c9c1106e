package discord

import (
	"encoding/binary"
	"slices"
	"testing"
)

const upgradeAnswer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"

// frame writes a websocket frame as a server does.
func frame(code byte, payload string) []byte {
	b := []byte{0x80 | code}
	switch n := len(payload); {
	case n < 126:
		b = append(b, byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, 126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 127), uint64(n))
	}
	return append(b, payload...)
}

func heardIn(stream []byte, piece int) []signal {
	var heard []signal
	f := frames{heard: func(s signal) bool { heard = append(heard, s); return false }}
	for part := range slices.Chunk(stream, piece) {
		f.read(part)
	}
	return heard
}

func TestFramesAreHeardWhateverThePiecesTheyComeIn(t *testing.T) {
	stream := []byte(upgradeAnswer)
	long := string(make([]byte, 70_000))
	for _, f := range [][]byte{
		frame(frameText, `{"t":null,"s":null,"op":10,"d":{"heartbeat_interval":41250,"_trace":["[\"gateway\"]"]}}`),
		frame(frameText, `{"t":"GUILD_CREATE","s":1,"op":0,"d":{"op":7}}`),
		frame(frameText, long),
		frame(frameBinary, long[:300]),
		frame(frameText, `{"op":11,"d":null}`),
		frame(9, ""),
		frame(frameText, `{"op":9,"d":true}`),
		frame(frameText, `{"op":9,"d":false}`),
		frame(frameText, `not JSON`),
		frame(frameText, `null`),
		frame(frameText, `{"t":"GUILD_CREATE","s":2,"op":0,"d":null}`),
		frame(frameText, `{"t":"RESUMED","s":3,"op":0,"d":null}`),
		frame(frameText, `{"op":10,"d":{"heartbeat_interval":0}}`),
		frame(frameText, `{"op":10,"d":{"heartbeat_interval":-41250}}`),
		frame(frameText, `{"op":7,"d":null}`),
		{frameText, 6, '{', '"', 'o', 'p', '"', ':'}, // a message in three frames, with a ping in between
		frame(9, "ping"),
		{frameMore, 1, '1'},
		frame(frameMore, `1}`),
		frame(frameClose, "\x0f\xa4Authentication failed."),
	} {
		stream = append(stream, f...)
	}
	garbage := signal{garbage: true}
	want := []signal{
		{op: opHello, beat: 41250}, garbage, {op: opAck}, {op: opInvalidSession, resume: true}, {op: opInvalidSession},
		garbage, garbage, garbage, garbage, garbage, {op: opReconnect}, {op: opAck}, {close: closeUnauthorized},
	}
	for _, piece := range []int{1, 2, 3, 7, 64, 4096, len(stream)} {
		if got := heardIn(stream, piece); !slices.Equal(got, want) {
			t.Errorf("in pieces of %d: heard %+v, want %+v", piece, got, want)
		}
	}
}

func TestNothingIsHandedOnAfterTheLastFrame(t *testing.T) {
	good, last := frame(frameText, `{"t":"READY","s":1,"op":0,"d":{}}`), frame(frameText, `{"op":7,"d":null}`)
	stream := slices.Concat([]byte(upgradeAnswer), good, last, good)
	f := frames{heard: func(s signal) bool { return s.op == opReconnect }}
	if n := f.read(stream); n != len(upgradeAnswer)+len(good) {
		t.Errorf("%d bytes are handed on, want %d", n, len(upgradeAnswer)+len(good))
	}
}

func FuzzFrames(f *testing.F) {
	f.Add(append([]byte(upgradeAnswer), frame(frameText, `{"op":7}`)...), 3)
	f.Add(append([]byte(upgradeAnswer), 0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4, 5), 2)
	f.Fuzz(func(t *testing.T, stream []byte, piece int) {
		if piece < 1 {
			piece = 1
		}
		whole := heardIn(stream, max(len(stream), 1))
		if got := heardIn(stream, piece); !slices.Equal(got, whole) {
			t.Errorf("in pieces of %d: heard %+v, want %+v", piece, got, whole)
		}
	})
}
