package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"os"
	"slices"
	"sync"
)

// The insides of logs are most of a file, and grow with every evening that was ever told; a start needs none of them. So
// a file is opened after a look at all that is not inside of a log, and a log is looked at before bbolt is first let into
// it. Until then it stays where it was: bbolt writes nothing in place, and gives away no page that it does not hold for
// free. What a log has lost, or has of others', is seen in it alone: its entries are numbered without a gap up to the
// number that its bucket says, and sealed with its name.

// ground is what was found in a file when it was opened.
type ground struct {
	pages  *pages           // of these are used: those of all that is not inside of a log, and the free ones
	format string           // what the file says; empty for a new one
	torn   map[string]error // what is wrong with logs that have no pages of their own

	seed     maphash.Seed
	readings []uint64 // those of all guilds: hashes of their names, in order
	stray    int      // logs that belong to none of them: their names are damaged, as nothing else would tell

	mu      sync.Mutex
	entered map[string]bool // the logs that bbolt was let into
}

// survey looks at everything but the insides of logs, and returns the first contradiction. each, which may be nil, is
// told every log.
func survey(f *os.File, each func(id string, t tree)) (*ground, error) {
	var first error
	p, err := openPages(f, func(err error) {
		if first == nil {
			first = err
		}
	})
	if err != nil {
		return nil, err
	}
	p.again = true // a start waits for this
	type count struct {
		name       string
		have, want uint64
	}
	var counts []count
	var logs []uint64 // names
	g := &ground{pages: p, seed: maphash.MakeSeed(), torn: make(map[string]error), entered: make(map[string]bool)}
	p.walk(p.top(), func(name, _ []byte, sub *tree) {
		if sub == nil {
			return
		}
		entries := uint64(0)
		if bytes.Equal(name, bucketLog) {
			p.walk(*sub, func(id, _ []byte, sub *tree) {
				entries++
				g.inPlace(name, id)
				logs = append(logs, maphash.Bytes(g.seed, id))
				g.note(id, sub, each)
			})
		} else {
			p.walk(*sub, p.into(func(key, value []byte, _ *tree) {
				entries++
				g.inPlace(name, key)
				switch {
				case bytes.Equal(name, bucketMeta) && bytes.Equal(key, keyFormat):
					g.format = string(value)
				case bytes.Equal(name, bucketGuilds):
					_, id, _ := bytes.Cut(key, []byte{0})
					g.readings = append(g.readings, maphash.Bytes(g.seed, id))
				}
			}))
		}
		counts = append(counts, count{string(name), entries, sub.sequence})
	})
	for _, c := range counts {
		if g.format == Format && c.name != string(bucketMeta) && c.have != c.want {
			p.fault(wrongCount(c.name, c.have, c.want))
		}
	}
	if first == nil {
		p.free()
	}
	slices.Sort(g.readings)
	for _, log := range logs {
		if _, found := slices.BinarySearch(g.readings, log); !found {
			g.stray++
		}
	}
	if g.stray == 0 {
		g.readings = nil
	}
	p.spare = nil // of the size of the largest values; g is kept
	return g, first
}

// wrongCount says that a bucket has not as many entries as it is to have.
func wrongCount(name string, have, want uint64) error {
	return fmt.Errorf("%q has %d entries, and is to have %d", name, have, want)
}

// inPlace says that the page that an entry comes from is of a log, if it is.
func (g *ground) inPlace(bucket, key []byte) {
	if numbered(key) {
		g.pages.fault(fmt.Errorf("page %d is of a log, and stands in %q", g.pages.here, bucket))
	}
}

// note takes up a log, without a look at pages of its own.
func (g *ground) note(id []byte, sub *tree, each func(id string, t tree)) {
	if sub == nil {
		g.torn[string(id)] = errors.New("there is an entry in place of it")
		return
	}
	if sub.root == 0 {
		if err := g.look(string(id), *sub); err != nil {
			g.torn[string(id)] = err
		}
	}
	if each != nil {
		each(string(id), tree{root: sub.root, sequence: sub.sequence})
	}
}

// enter looks at a log before bbolt is let into it for the first time. t is where any transaction has it.
func (g *ground) enter(id string, t tree) error {
	if g.has(id) {
		return nil
	}
	if err := g.torn[id]; err != nil {
		return err
	}
	if t.root != 0 { // else it has been looked at already
		if err := g.look(id, t); err != nil {
			return err
		}
	}
	g.made(id)
	return nil
}

// has says whether bbolt was let into a log.
func (g *ground) has(id string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.entered[id]
}

// none says what is wrong with a reading that has no log.
func (g *ground) none(id string) error {
	if err := g.torn[id]; err != nil || g.stray == 0 || g.has(id) {
		return err
	}
	if _, known := slices.BinarySearch(g.readings, maphash.String(g.seed, id)); known {
		return fmt.Errorf("it may be one of %d that belong to no reading", g.stray)
	}
	return nil
}

// made notes that bbolt may be let into a log.
func (g *ground) made(id string) {
	g.mu.Lock()
	g.entered[id] = true
	g.mu.Unlock()
}

// look walks a log, and returns the first thing that is wrong with it.
func (g *ground) look(id string, t tree) error {
	var first error
	p := &pages{f: g.pages.f, m: g.pages.m, limit: g.pages.limit, used: g.pages.used, own: make(map[uint64]bool), again: true}
	p.fault = func(err error) {
		if first == nil {
			first = err
		}
	}
	name, next := logName([]byte(id)), uint64(1)
	page, ours := uint64(0), true // whether something was found on the page that says whose it is
	leave := func() {
		if !ours {
			p.fault(fmt.Errorf("nothing on page %d is sealed as the log's", page))
		}
	}
	p.walk(t, func(key, value []byte, sub *tree) {
		if p.here != page {
			leave()
			page, ours = p.here, false
		}
		switch {
		case sub != nil:
			p.fault(fmt.Errorf("there is a bucket in place of entry %d", next))
		case len(key) != 8 || binary.BigEndian.Uint64(key) != next:
			p.fault(fmt.Errorf("%x stands where entry %d is to be", key, next))
		}
		next++
		if !ours {
			_, err := unseal(name, key, value)
			ours = err == nil
		}
	})
	leave()
	if next != t.sequence+1 {
		p.fault(wrongCount(name, next-1, t.sequence))
	}
	return first
}

// numbered says whether the key is one of a log's: those of everything else are text.
func numbered(key []byte) bool { return len(key) == 8 && key[0] == 0 }
