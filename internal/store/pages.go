package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// bbolt trusts its pages: a wrong number in one leads it out of the file, or round in a circle, and the process with it.
// So the pages are looked at here before bbolt is let near them. Every number is checked before it is followed, and every
// page is entered once; whatever the bytes are, the walk ends and nothing panics.

// The kinds of pages, and the sizes of what is in them.
const (
	branchPage, leafPage, freePage = 0x01, 0x02, 0x10

	element      = 16 // of a branch: offset of the key, its length (4 each), page (8); of a leaf: flags, offset, lengths of key and value (4 each)
	bucketFlag   = 0x01
	bucketHeader = 16 // root page, 0 if the page is in place; sequence

	manyFree = 0xFFFF // a free list this long has its length in front of its numbers

	deepest = 64 // levels of a tree; bbolt's are never deeper than ten
)

// pages walks a file.
type pages struct {
	f     io.ReaderAt
	m     meta
	limit uint64 // pages that there are
	used  []bool
	own   map[uint64]bool // what this walk has used beyond that; nil if it notes so in used
	here  uint64          // the page that the entries come from; 0 if it is in place
	fault func(err error) // told every contradiction
	found int             // contradictions so far

	again bool     // whoever walks keeps nothing of a page: it is read into memory that others were in before
	spare [][]byte // such memory
}

// tree is a bucket as it lies in the file.
type tree struct {
	root     uint64
	sequence uint64
	inline   []byte // the page, if root is 0
}

// openPages reads the first pages of a file. An error says that nothing more can be known of it.
func openPages(f *os.File, fault func(err error)) (*pages, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	metas, err := readMetas(f)
	if err != nil {
		return nil, err
	}
	p := &pages{f: f}
	p.fault = func(err error) { p.found++; fault(err) }
	latest := 0
	if metas[0].fault != nil || metas[1].fault == nil && metas[1].commit > metas[0].commit {
		latest = 1
	}
	p.m = metas[latest]
	if other := metas[1-latest]; other.fault != nil {
		p.fault(fmt.Errorf("page %d, which says what the file was one commit ago: %w", 1-latest, other.fault))
	}
	p.limit = uint64(info.Size()) / uint64(p.m.pageSize)
	if p.limit < p.m.pages {
		p.fault(fmt.Errorf("it is cut short: %d bytes of %d", info.Size(), p.m.pages*uint64(p.m.pageSize)))
	}
	p.limit = min(p.limit, p.m.pages)
	p.used = make([]bool, p.limit)
	return p, nil
}

// top is the tree that the buckets are in.
func (p *pages) top() tree { return tree{root: p.m.root} }

// walk calls entry with all that is in the tree, in order. sub is not nil for a bucket in it.
func (p *pages) walk(t tree, entry func(key, value []byte, sub *tree)) {
	if t.root == 0 {
		p.leaf(0, t.inline, nil, nil, entry)
		return
	}
	p.follow(t.root, nil, nil, 0, entry)
}

// follow walks the page and those below it. Its keys must lie between low and high; nil is no bound.
func (p *pages) follow(id uint64, low, high []byte, depth int, entry func(key, value []byte, sub *tree)) {
	page, err := p.take(id)
	if err == nil && depth > deepest {
		err = errors.New("the tree is deeper than any")
	}
	if err != nil {
		p.fault(err)
		return
	}
	switch kind(page) {
	case leafPage:
		p.leaf(id, page, low, high, entry)
	case branchPage:
		p.branch(id, page, low, high, depth, entry)
	default:
		p.fault(fmt.Errorf("page %d is of kind %#x, where a tree goes on", id, kind(page)))
	}
	if p.again {
		p.spare = append(p.spare, page)
	}
}

func (p *pages) branch(id uint64, page, low, high []byte, depth int, entry func(key, value []byte, sub *tree)) {
	n := count(page)
	if n == 0 {
		p.fault(fmt.Errorf("page %d branches to nowhere", id))
	}
	key := func(i int) ([]byte, bool) {
		at := pageHeader + i*element
		return cut(page, at, 0, at+4)
	}
	size := pageHeader
	for i := range n {
		k, ok := key(i)
		if !ok {
			p.fault(fmt.Errorf("page %d: key %d of %d lies outside of it", id, i+1, n))
			return
		}
		size += element + len(k)
	}
	if !p.fits(id, page, size) || !p.inOrder(id, n, key, low, high) {
		return
	}
	for i := range n {
		from, _ := key(i)
		until := high
		if i+1 < n {
			until, _ = key(i + 1)
		}
		p.follow(order.Uint64(page[pageHeader+i*element+8:]), from, until, depth+1, entry)
	}
}

func (p *pages) leaf(id uint64, page, low, high []byte, entry func(key, value []byte, sub *tree)) {
	if len(page) < pageHeader || kind(page) != leafPage {
		p.fault(fmt.Errorf("a bucket of %d bytes has no page in it", len(page)))
		return
	}
	n := count(page)
	key := func(i int) ([]byte, bool) {
		at := pageHeader + i*element
		return cut(page, at, 4, at+8)
	}
	size, whole := pageHeader, true
	for i := range n {
		k, ok := key(i)
		if !ok {
			p.fault(fmt.Errorf("page %d: entry %d of %d lies outside of it", id, i+1, n))
			whole = false
			continue
		}
		value, ok := after(page, pageHeader+i*element, len(k))
		if !ok {
			p.fault(fmt.Errorf("page %d: the value of %q lies outside of it", id, k))
			whole = false
		}
		size += element + len(k) + len(value)
	}
	if whole && id != 0 {
		p.fits(id, page, size)
	}
	p.inOrder(id, n, key, low, high)
	for i := range n {
		at := pageHeader + i*element
		k, ok := key(i)
		if !ok {
			continue
		}
		v, ok := after(page, at, len(k))
		if !ok {
			continue
		}
		p.here = id
		switch flags := order.Uint32(page[at:]); {
		case flags == 0:
			entry(k, v, nil)
		case flags == bucketFlag && len(v) >= bucketHeader:
			entry(k, nil, &tree{root: order.Uint64(v), sequence: order.Uint64(v[8:]), inline: v[bucketHeader:]})
		default:
			p.fault(fmt.Errorf("page %d: %q is neither an entry nor a bucket", id, k))
		}
	}
}

// fits says whether the page runs over as many others as what is in it needs. One that ran over more would take them
// with it when it is written anew.
func (p *pages) fits(id uint64, page []byte, size int) bool {
	have, need := len(page)/p.m.pageSize, (size+p.m.pageSize-1)/p.m.pageSize
	if have != need {
		p.fault(fmt.Errorf("page %d runs over %d more, and what is in it over %d", id, have-1, need-1))
	}
	return have == need
}

// inOrder says whether the keys rise, and lie within their bounds.
func (p *pages) inOrder(id uint64, n int, keys func(i int) ([]byte, bool), low, high []byte) bool {
	first := true
	for i := range n {
		key, ok := keys(i)
		if !ok {
			continue
		}
		sign := bytes.Compare(key, low)
		if len(key) == 0 || low != nil && (sign < 0 || sign == 0 && !first) || high != nil && bytes.Compare(key, high) >= 0 {
			p.fault(fmt.Errorf("page %d: the key %q is out of order", id, key))
			return false
		}
		low, first = key, false
	}
	return true
}

// take reads a page with those that it runs over, and marks them as used.
func (p *pages) take(id uint64) ([]byte, error) {
	if id < 2 || id >= p.limit {
		return nil, fmt.Errorf("page %d is referred to; there are %d", id, p.limit)
	}
	size := int64(p.m.pageSize)
	page := p.room(int(size))
	if _, err := p.f.ReadAt(page, int64(id)*size); err != nil {
		return nil, fmt.Errorf("page %d cannot be read: %w", id, err)
	}
	over := uint64(order.Uint32(page[12:]))
	switch {
	case order.Uint64(page) != id:
		return nil, fmt.Errorf("page %d says that it is page %d", id, order.Uint64(page))
	case over >= p.limit-id:
		return nil, fmt.Errorf("page %d runs over %d more; there are %d in all", id, over, p.limit)
	}
	for i := id; i <= id+over; i++ {
		if !p.claim(i) {
			return nil, fmt.Errorf("page %d is used twice", i)
		}
	}
	if over > 0 {
		page = slices.Grow(page, int(over)*int(size))[:(over+1)*uint64(size)]
		if _, err := p.f.ReadAt(page[size:], int64(id+1)*size); err != nil {
			return nil, fmt.Errorf("page %d cannot be read: %w", id, err)
		}
	}
	return page, nil
}

// claim notes that a page is used; false if it was used before.
func (p *pages) claim(id uint64) bool {
	if p.used[id] || p.own[id] {
		return false
	}
	if p.own != nil {
		p.own[id] = true
	} else {
		p.used[id] = true
	}
	return true
}

// room is memory for a page.
func (p *pages) room(size int) []byte {
	if n := len(p.spare); n > 0 {
		page := p.spare[n-1]
		p.spare = p.spare[:n-1]
		return page[:size]
	}
	return make([]byte, size)
}

func kind(page []byte) uint16 { return order.Uint16(page[8:]) }
func count(page []byte) int   { return int(order.Uint16(page[10:])) }

// cut is the key of the element at the offset given: its own offset counts from the element's beginning.
func cut(page []byte, at, offset, length int) ([]byte, bool) {
	if at+element > len(page) {
		return nil, false
	}
	from, n := uint64(at)+uint64(order.Uint32(page[at+offset:])), uint64(order.Uint32(page[length:]))
	if from+n > uint64(len(page)) {
		return nil, false
	}
	return page[from : from+n : from+n], true
}

// after is the value of the element of a leaf: it follows its key.
func after(page []byte, at, key int) ([]byte, bool) {
	from := uint64(at) + uint64(order.Uint32(page[at+4:])) + uint64(key)
	n := uint64(order.Uint32(page[at+12:]))
	if from+n > uint64(len(page)) {
		return nil, false
	}
	return page[from : from+n : from+n], true
}
