package compile

import (
	"cmp"
	"maps"
	"slices"
	"unicode/utf8"
)

const (
	// maxSuggestions bounds for how many names a similar one is looked for, as each is compared with all names of the story.
	maxSuggestions = 40
	// maxSuggestLength bounds the names compared, in bytes: the comparison takes the product of two lengths.
	maxSuggestLength = 64
)

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// didYouMean finds the name most like the given one; "" if none is much like it.
func (c *compiler) didYouMean(name string, names func(yield func(string))) string {
	if c.suggested >= maxSuggestions || len(name) > maxSuggestLength {
		return ""
	}
	c.suggested++
	best, least := "", 1+utf8.RuneCountInString(name)/3
	names(func(other string) {
		if len(other) > maxSuggestLength || other == name {
			return
		}
		if d := distance(name, other); d < least || d == least && best == "" {
			best, least = other, d
		}
	})
	if best == "" {
		return ""
	}
	return "did you mean '" + best + "'?"
}

// distance is the number of characters to insert, remove or replace to make a into b.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	row := make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range s {
		diagonal := row[0]
		row[0] = i + 1
		for j, q := range t {
			cost := diagonal
			if r != q {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(t)]
}
