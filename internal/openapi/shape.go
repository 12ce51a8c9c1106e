package openapi

import "hash/maphash"

// What differs between things of the same shape: numbers and words that are longer than any that mean something.
const (
	longNumber = 10 // digits: ids and times
	longWord   = 60 // letters: tokens
)

var seed = maphash.MakeSeed()

// shape hashes what two texts of the same shape have in common: all but ids, times and tokens.
func shape(h *maphash.Hash, text []byte) {
	kept := 0 // where the piece begins that is to be hashed
	for i := 0; i < len(text); {
		if !isWord(text[i]) {
			i++
			continue
		}
		start, digits := i, true
		for ; i < len(text) && isWord(text[i]); i++ {
			digits = digits && text[i] >= '0' && text[i] <= '9'
		}
		n := i - start
		switch {
		case digits && n >= longNumber || n >= longWord:
		case n == len("2026-03-01T12") && text[start+10] == 'T' && text[start+4] == '-':
			for i < len(text) && text[i] != '"' {
				i++
			}
		default:
			continue
		}
		_, _ = h.Write(text[kept:start])
		_ = h.WriteByte('#')
		kept = i
	}
	_, _ = h.Write(text[kept:])
	_ = h.WriteByte(0)
}

func isWord(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '-' || b == '_'
}
