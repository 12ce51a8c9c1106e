package discord

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"strings"

	"storyteller/internal/narrate"
)

// A message is known by its reading and its key. Two things are derived from them, the same at every attempt:
//
//   - its nonce, by which Discord drops a second create for a few minutes;
//   - its marker, which is the id of its first component. Ids of components come back in the channel's history, so the
//     message can be found there after any time. An edit keeps the marker of the message it changes.

// nonce is unique for the whole bot, as Discord compares nonces by author and not by channel.
func nonce(reading, key string) string {
	sum := fingerprint(reading, key)
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:maxNonce-1]
}

// markerBit keeps markers above the ids that Discord gives to components that come without one, which count from 1.
const markerBit = 1 << 30

// marker is an int32 above zero, as Discord wants ids of components.
func marker(reading, key string) int32 {
	sum := fingerprint(reading, key)
	return int32(binary.BigEndian.Uint32(sum[len(sum)-4:])&(markerBit-1) | markerBit)
}

func fingerprint(reading, key string) [sha256.Size]byte {
	return sha256.Sum256([]byte(reading + "\x00" + key))
}

// markerOf is the marker of the message that p makes or changes.
func markerOf(p narrate.Posting) int32 {
	if p.Message.Edit != "" {
		return marker(p.Reading, p.Message.Edit)
	}
	return marker(p.Reading, p.Message.Key)
}

// mark writes the marker into a tree of components.
func mark(tree []component, m int32) []component {
	if len(tree) > 0 {
		tree[0].ID = m
	}
	return tree
}
