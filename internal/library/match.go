package library

import (
	"cmp"
	"slices"
	"strings"
)

// newShelf puts stories in order.
func newShelf(stories map[string]*Story) *shelf {
	s := &shelf{byID: stories, folded: make(map[string][]string, len(stories))}
	for id, story := range stories {
		s.byTitle = append(s.byTitle, story)
		s.folded[id] = []string{fold(story.Meta.Title), fold(id), fold(story.Meta.Author)}
	}
	slices.SortFunc(s.byTitle, func(a, b *Story) int {
		return cmp.Or(cmp.Compare(s.folded[a.ID][0], s.folded[b.ID][0]), cmp.Compare(a.ID, b.ID))
	})
	return s
}

// Match returns at most n stories whose title, id or author has what was typed in it: first those that begin with it,
// then those of which a word does, then the others, each by title. Upper and lower case, accents and blanks around
// make no difference. Nothing typed matches all.
func (l *Library) Match(typed string, n int) []*Story {
	shelf := l.shelf.Load()
	want := fold(typed)
	var ranks [3][]*Story
	for _, story := range shelf.byTitle {
		best := len(ranks)
		for _, text := range shelf.folded[story.ID] {
			best = min(best, rank(text, want))
		}
		if best < len(ranks) {
			ranks[best] = append(ranks[best], story)
		}
	}
	found := slices.Concat(ranks[:]...)
	return found[:max(0, min(n, len(found)))]
}

// rank says how well a text fits: 0 begins with it, 1 has a word that does, 2 has it somewhere, 3 does not.
func rank(text, want string) int {
	switch {
	case strings.HasPrefix(text, want):
		return 0
	case strings.Contains(text, " "+want), strings.Contains(text, "-"+want):
		return 1
	case strings.Contains(text, want):
		return 2
	}
	return 3
}

// fold makes texts equal that people take for the same when they type in a hurry.
func fold(text string) string {
	return strings.Join(strings.Fields(accents.Replace(strings.ToLower(text))), " ")
}

// accents takes the marks off the letters of Europe's languages. (Unicode's own tables for this are not in the standard
// library, and far larger.)
var accents = func() *strings.Replacer {
	var pairs []string
	for plain, marked := range map[string]string{
		"a": "àáâãäåāăąǎ", "ae": "æ", "c": "çćĉċč", "d": "ďđð", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭįı",
		"j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņňŋ", "o": "òóôõöøōŏő", "oe": "œ", "r": "ŕŗř", "s": "śŝşšș", "ss": "ß",
		"t": "ţťŧț", "th": "þ", "u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
		"'": "’‘",
	} {
		for _, r := range marked {
			pairs = append(pairs, string(r), plain)
		}
	}
	// What a mark is when it is a character of its own.
	for r := '\u0300'; r <= '\u036f'; r++ {
		pairs = append(pairs, string(r), "")
	}
	return strings.NewReplacer(pairs...)
}()
