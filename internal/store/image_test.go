package store

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"storyteller/internal/narrate/reading"
)

// many are entries that take several pages.
func many(id string) []reading.Entry {
	return told(id, 60)
}

// told are entries that nothing else has.
func told(id string, n int) []reading.Entry {
	entries := make([]reading.Entry, n)
	for i := range entries {
		entries[i] = reading.Entry{At: start, By: id, Beat: &reading.Beat{Text: strings.Repeat(fmt.Sprint(id, " ", i, " "), 20)}}
	}
	return entries
}

// logged is a file with readings "1" to "3" and "over", whose logs take several pages, and "short", whose takes none.
// There are free pages in it.
func logged(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "logged.db")
	s, err := Open(path, Options{Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"1", "2", "3", "over", "short"} {
		_, r := voting(t, id)
		r.Place.Guild = "g" + id
		entries := many(id)
		if id == "short" {
			entries = entries[:1]
		}
		for entry := range slices.Chunk(entries, 15) {
			if err := s.Save(t.Context(), r, entry); err != nil {
				t.Fatal(err)
			}
		}
		if id == "over" {
			r.Phase, r.Vote, r.Outbox = reading.Over, nil, nil
			if err := s.Save(t.Context(), r, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := s.LeftGuild(t.Context(), "g1", start); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// image is a file in memory, with the places of what is in it.
type image struct {
	t     testing.TB
	text  []byte
	size  int
	roots map[string]uint64 // of logs
	heads map[string]int    // where the headers of their buckets are
	names map[string]int    // where their names are
	kinds map[string]int    // where it is said that they are buckets
	parts map[string]uint64 // roots of the buckets
	free  uint64            // a page
	list  uint64            // the page of free ones
	top   uint64            // the page of the buckets' headers
}

func imageOf(t testing.TB, path string) *image {
	t.Helper()
	m := imageWithMore(t, path)
	if len(m.roots) != 5 || m.roots["short"] != 0 {
		t.Fatalf("the file is not as it should be: %+v", m.roots)
	}
	return m
}

func imageWithMore(t testing.TB, path string) *image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := openPages(f, func(err error) { t.Fatal(err) })
	if err != nil {
		t.Fatal(err)
	}
	m := &image{t: t, size: p.m.pageSize, roots: map[string]uint64{}, heads: map[string]int{}, names: map[string]int{}, kinds: map[string]int{}, parts: map[string]uint64{}}
	if m.text, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	var logs tree
	p.walk(p.top(), func(name, _ []byte, sub *tree) {
		m.parts[string(name)] = sub.root
		if string(name) == string(bucketLog) {
			logs = *sub
		}
	})
	p.walk(logs, func(id, _ []byte, sub *tree) {
		m.roots[string(id)] = sub.root
		page := m.page(p.here)
		for i := range count(page) {
			at := pageHeader + i*element
			if key, _ := cut(page, at, 4, at+8); string(key) == string(id) {
				m.kinds[string(id)] = int(p.here)*m.size + at
				m.names[string(id)] = m.kinds[string(id)] + int(order.Uint32(page[at+4:]))
				m.heads[string(id)] = m.names[string(id)] + len(key)
			}
		}
	})
	m.list = p.m.freelist
	if count(m.page(m.list)) == 0 {
		t.Fatal("no page is free")
	}
	m.free, m.top = order.Uint64(m.page(m.list)[pageHeader:]), p.m.root
	return m
}

// page is the page, and those it runs over.
func (m *image) page(id uint64) []byte {
	page := m.text[int(id)*m.size:][:m.size]
	return m.text[int(id)*m.size:][:m.size*(1+int(order.Uint32(page[12:])))]
}

// header is where it is kept what a bucket is.
func (m *image) header(name string) []byte {
	page := m.page(m.top)
	for i := range count(page) {
		at := pageHeader + i*element
		if key, _ := cut(page, at, 4, at+8); string(key) == name {
			value, _ := after(page, at, len(key))
			return value
		}
	}
	m.t.Fatal("no bucket ", name)
	return nil
}

// child is where a branch keeps the number of a page.
func (m *image) child(branch uint64, i int) []byte {
	page := m.page(branch)
	if kind(page) != branchPage || i >= count(page) {
		m.t.Fatalf("page %d is of kind %#x and has %d elements", branch, kind(page), count(page))
	}
	return page[pageHeader+i*element+8:][:8]
}

func (m *image) leaf(branch uint64, i int) []byte { return m.page(order.Uint64(m.child(branch, i))) }

func (m *image) write(path string) {
	if err := os.WriteFile(path, m.text, 0o600); err != nil {
		m.t.Fatal(err)
	}
}

// pagesOf lists the pages of a log as they are when nothing is damaged.
func (m *image) pagesOf(id string) []uint64 {
	whole := imageOf(m.t, logged(m.t)) // always the same
	pages := []uint64{whole.roots[id]}
	for i := range count(whole.page(whole.roots[id])) {
		pages = append(pages, order.Uint64(whole.child(whole.roots[id], i)))
	}
	return pages
}
