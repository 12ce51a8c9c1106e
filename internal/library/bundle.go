package library

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"storyteller/internal/ink"
)

// A bundle is all that a running reading needs of a story, so that the story can be edited or removed meanwhile:
//
//	magic     "storyteller story\n"
//	version   1 byte
//	sections  each: length of name (uvarint), name, length of data (uvarint), data
//	          "meta": JSON of bundleMeta; "program": ink JSON; "picture/FILE": a picture; sorted by name, each once
//	checksum  32 bytes: SHA-256 of everything before it
//
// It is not compressed: its hash must not depend on how a library compresses. When the meaning of a section changes,
// raise bundleVersion and teach OpenBundle both.
const (
	bundleMagic   = "storyteller story\n"
	bundleVersion = 1
	pictureFolder = "picture/"
)

type bundleMeta struct {
	ID   string `json:"id"`
	Meta Meta   `json:"meta"`
}

// Bundle returns what a running reading needs of the story. The same story gives the same bytes. The caller must not
// change them.
func (s *Story) Bundle() []byte {
	if s.bundle == nil { // a story put together by hand
		return s.pack()
	}
	return s.bundle
}

// seal packs the story and gives it its hash.
func (s *Story) seal() {
	s.bundle = s.pack()
	s.Hash = hashOf(s.bundle)
}

func hashOf(bundle []byte) string {
	sum := sha256.Sum256(bundle)
	return hex.EncodeToString(sum[:])
}

func (s *Story) pack() []byte {
	meta, err := json.Marshal(bundleMeta{ID: s.ID, Meta: s.Meta})
	if err != nil { // a pace that is no number, set by hand; OpenBundle will say so
		meta = []byte("{}")
	}
	sections := map[string][]byte{"meta": meta}
	if s.Program != nil {
		sections["program"] = s.Program.JSON()
	}
	for name, data := range s.Pictures {
		sections[pictureFolder+name] = data
	}
	b := append([]byte(bundleMagic), bundleVersion)
	for _, name := range slices.Sorted(maps.Keys(sections)) {
		b = binary.AppendUvarint(b, uint64(len(name)))
		b = append(b, name...)
		b = binary.AppendUvarint(b, uint64(len(sections[name])))
		b = append(b, sections[name]...)
	}
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

var errDamaged = errors.New("the stored story is damaged")

// OpenBundle makes a story of what Bundle returned. An error says whether the version is unknown or the bytes are
// damaged.
func OpenBundle(b []byte) (*Story, error) {
	if !bytes.HasPrefix(b, []byte(bundleMagic)) || len(b) < len(bundleMagic)+1+sha256.Size {
		return nil, fmt.Errorf("%w: it does not begin or end as it should", errDamaged)
	}
	if version := b[len(bundleMagic)]; version != bundleVersion {
		return nil, fmt.Errorf("the stored story has format version %d; this bot reads version %d", version, bundleVersion)
	}
	body, sum := b[:len(b)-sha256.Size], b[len(b)-sha256.Size:]
	if want := sha256.Sum256(body); !bytes.Equal(sum, want[:]) {
		return nil, fmt.Errorf("%w: its checksum is wrong", errDamaged)
	}
	sections, err := unpack(body[len(bundleMagic)+1:])
	if err != nil {
		return nil, err
	}
	var meta bundleMeta
	if err := json.Unmarshal(sections["meta"], &meta); err != nil || meta.ID == "" {
		return nil, fmt.Errorf("%w: it does not say what it is", errDamaged)
	}
	program, err := ink.LoadProgram(sections["program"])
	if err != nil {
		return nil, fmt.Errorf("the stored story %q: %w", meta.ID, err)
	}
	s := &Story{
		ID: meta.ID, Meta: meta.Meta, Program: program, Pictures: make(map[string][]byte),
		Hash: hashOf(b), bundle: bytes.Clone(b),
	}
	for name, data := range sections {
		if file, ok := bytes.CutPrefix([]byte(name), []byte(pictureFolder)); ok {
			s.Pictures[string(file)] = data
		}
	}
	return s, nil
}

// unpack reads sections up to the end of b.
func unpack(b []byte) (map[string][]byte, error) {
	sections := make(map[string][]byte)
	field := func() ([]byte, bool) {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > uint64(len(b)-size) {
			return nil, false
		}
		data := b[size : size+int(n)]
		b = b[size+int(n):]
		return data, true
	}
	for len(b) > 0 {
		name, ok := field()
		if !ok {
			return nil, fmt.Errorf("%w: a section has no name", errDamaged)
		}
		data, ok := field()
		if _, twice := sections[string(name)]; !ok || twice {
			return nil, fmt.Errorf("%w: section %q", errDamaged, name)
		}
		sections[string(name)] = bytes.Clone(data)
	}
	return sections, nil
}

// OpenStates opens a story as OpenBundle does, for the sake of its saved states: what it returns says why one of them
// cannot be gone on from.
func OpenStates(bundle []byte) (func(state []byte) error, error) {
	story, err := OpenBundle(bundle)
	if err != nil {
		return nil, err
	}
	return func(state []byte) error {
		_, err := story.Program.Load(state)
		return err
	}, nil
}
