package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
)

// The pages of a bbolt file, as far as they are looked at without bbolt: see pages.go. A file begins with two pages, each
// of which says where the others are; the one of the latest commit counts. Numbers are in the byte order of the machine.

const (
	pageHeader  = 16 // id (8 bytes), kind (2), count of elements (2), further pages that it runs over (4)
	metaBytes   = 56 // magic, version, page size, flags (4 each), root bucket, its sequence, free list, pages, commit (8 each)
	metaMagic   = 0xED0CDAED
	metaVersion = 2

	smallestPage, largestPage = 1 << 10, 1 << 16 // that bbolt itself looks for
)

var order = binary.NativeEndian

// meta is one of the first two pages.
type meta struct {
	raw      []byte // the page
	pageSize int
	root     uint64 // page of the root bucket
	freelist uint64
	pages    uint64 // in use, free ones among them
	commit   uint64 // rises by one with every commit
	fault    error  // why it does not count
}

// as is the page with the number that it has to carry.
func (m *meta) as(i int) []byte {
	page := slices.Clone(m.raw)
	order.PutUint64(page, uint64(i))
	return page
}

// readMetas reads the first two pages of a file. That neither counts is an error.
func readMetas(f io.ReaderAt) ([2]meta, error) {
	var metas [2]meta
	first := readMeta(f, 0, 0)
	if first.fault == nil {
		metas = [2]meta{first, readMeta(f, int64(first.pageSize), first.pageSize)}
		return metas, nil
	}
	for size := smallestPage; size <= largestPage; size *= 2 {
		if second := readMeta(f, int64(size), size); second.fault == nil {
			metas = [2]meta{readMeta(f, 0, size), second}
			return metas, nil
		}
	}
	return metas, fmt.Errorf("neither of its first two pages is sound: %w", first.fault)
}

// readMeta reads a page that says where the others are; size 0 takes the size that the page itself names.
func readMeta(f io.ReaderAt, at int64, size int) (m meta) {
	m.pageSize = size
	head := make([]byte, pageHeader+metaBytes+8)
	if _, err := f.ReadAt(head, at); err != nil {
		m.fault = fmt.Errorf("it cannot be read: %w", err)
		return m
	}
	body := head[pageHeader:]
	named := int(order.Uint32(body[8:]))
	sum := fnv.New64a()
	sum.Write(body[:metaBytes])
	switch {
	case order.Uint32(body) != metaMagic || order.Uint32(body[4:]) != metaVersion:
		m.fault = errors.New("it is not of a database")
	case order.Uint64(body[metaBytes:]) != sum.Sum64():
		m.fault = errors.New("its checksum is wrong")
	case named < smallestPage || named > largestPage || named&(named-1) != 0 || size != 0 && named != size:
		m.fault = fmt.Errorf("it speaks of pages of %d bytes", named)
	}
	if size == 0 {
		m.pageSize = named
	}
	if m.fault != nil && size == 0 {
		return m
	}
	m.raw = make([]byte, m.pageSize)
	if _, err := f.ReadAt(m.raw, at); err != nil && m.fault == nil {
		m.fault = fmt.Errorf("it cannot be read: %w", err)
	}
	m.root, m.freelist = order.Uint64(body[16:]), order.Uint64(body[32:])
	m.pages, m.commit = order.Uint64(body[40:]), order.Uint64(body[48:])
	return m
}
