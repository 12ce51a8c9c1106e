package store

import (
	"fmt"
	"os"
)

// sound walks everything, and returns the first contradiction.
func sound(f *os.File) error {
	var first error
	p, err := openPages(f, func(err error) {
		if first == nil {
			first = err
		}
	})
	if err != nil {
		return err
	}
	p.again = true
	p.walk(p.top(), p.into(nil))
	if first == nil {
		p.free()
	}
	if first == nil {
		p.account()
	}
	return first
}

// into calls entry, which may be nil, with all that is in a tree, and goes on into the buckets that are in it.
func (p *pages) into(entry func(key, value []byte, sub *tree)) func(key, value []byte, sub *tree) {
	var down func(key, value []byte, sub *tree)
	down = func(key, value []byte, sub *tree) {
		if entry != nil {
			entry(key, value, sub)
		}
		if sub != nil {
			p.walk(*sub, down)
		}
	}
	return down
}

// free notes the pages that are listed as free, after the trees that can be were walked without a contradiction: none of
// theirs may be among them.
func (p *pages) free() {
	page, err := p.take(p.m.freelist)
	if err == nil && kind(page) != freePage {
		err = fmt.Errorf("page %d is of kind %#x, where the free ones are listed", p.m.freelist, kind(page))
	}
	if err != nil {
		p.fault(err)
		return
	}
	n, numbers := uint64(count(page)), page[pageHeader:]
	if n == manyFree {
		n, numbers = order.Uint64(numbers), numbers[8:]
	}
	if n > uint64(len(numbers)/8) {
		p.fault(fmt.Errorf("the list of free pages names %d, more than it has room for", n))
		return
	}
	// The list gets its room before that room is taken off it.
	if have := uint64(len(page) / p.m.pageSize); have < p.forFree(n) || have > p.forFree(n+have) {
		p.fault(fmt.Errorf("the list of free pages names %d, and takes %d pages itself", n, have))
		return
	}
	for i := range n {
		id := order.Uint64(numbers[i*8:])
		if id < 2 || id >= p.limit || !p.claim(id) {
			p.fault(fmt.Errorf("the list of free pages names page %d, which is not free", id))
			return
		}
	}
}

// forFree is how many pages bbolt takes for a list of so many.
func (p *pages) forFree(n uint64) uint64 {
	if n >= manyFree {
		n++
	}
	return (pageHeader+n*8)/uint64(p.m.pageSize) + 1
}

// account checks, after all trees and the free pages were walked, that there is no other page.
func (p *pages) account() {
	for id := uint64(2); id < p.limit; id++ {
		if !p.used[id] {
			p.fault(fmt.Errorf("page %d is neither used nor free", id))
			return
		}
	}
}
