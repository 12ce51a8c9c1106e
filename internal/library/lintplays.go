package library

import (
	"errors"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"storyteller/internal/cue"
	"storyteller/internal/ink"
)

// plays is what many play-throughs of a story have met.
type plays struct {
	*draft
	marked  *ink.Program
	choices []choice // by number
	met     []int    // how often each was offered
	taken   map[string]int
	endings map[string]bool
	chance  *rand.Rand
	walks   int
	done    int // play-throughs that came to an end
	endless int
	places  map[string]place // of texts, as find knows them
	told    map[string]bool  // what has been said, so that it is said once
	hurried bool             // there was no time for all of them
}

// lintPlays plays the story many times and says what is wrong with it.
func (d *draft) lintPlays() {
	ps := &plays{
		draft: d, taken: make(map[string]int), endings: make(map[string]bool), told: make(map[string]bool),
		places: make(map[string]place),
		chance: rand.New(rand.NewPCG(1, 1)),
	}
	ps.marked, ps.choices = d.markChoices()
	ps.met = make([]int, len(ps.choices))
	until := time.Now().Add(checkTime)
	for ps.walks < checkWalks && (ps.walks < checkLeast || !ps.seenAll()) {
		if ps.hurried = time.Now().After(until); ps.hurried {
			break
		}
		ps.walks++
		ps.play(until)
	}
	ps.conclude()
}

// play plays once: every other time by lot, else towards what was taken the least.
func (ps *plays) play(until time.Time) {
	seek := ps.walks%2 == 0
	w := walkThrough(ps.marked, uint64(ps.walks), guide{
		meta: &ps.story.Meta, until: until, warnings: ps.warned,
		pick: func(choices []ink.Choice) int { return ps.fork(choices, seek) },
	})
	for _, name := range w.endings {
		ps.endings[name] = true
	}
	switch w.outcome {
	case broke:
		ps.lintFault(w.err)
	case endless:
		ps.endless++
	case ended:
		ps.done++
		switch at := ps.find(w.last); {
		case len(w.endings) > 0:
		case ps.justStops(at):
			ps.say(Warning, at, "write '-> END' on the next line if the story ends here, or '-> knot' to go on", "the text runs out here: '-> END' is missing")
		case len(ps.named()) > 0:
			ps.say(Warning, at, `write "# ending: …" on its last line`, "the story ends here without the name of an ending")
		}
	}
}

// fork looks at the choices of a fork and takes one.
func (ps *plays) fork(choices []ink.Choice, seek bool) int {
	first, total := place{file: ps.main}, 0
	least, best := -1, []int(nil)
	for i, c := range choices {
		number, text := unmark(c.Text)
		var at place
		if number >= 0 && number < len(ps.choices) {
			ps.met[number]++
			at = ps.choices[number].place
		} else {
			at = ps.find(text)
		}
		if i == 0 {
			first = at
		}
		total += utf8.RuneCountInString(text)
		ps.lintChoice(at, unmarkAll(text))
		taken := ps.taken[c.Text]
		if least < 0 || taken < least {
			least, best = taken, best[:0]
		}
		if taken == least {
			best = append(best, i)
		}
	}
	switch {
	case len(choices) > cue.MaxChoices:
		ps.say(Error, first, "part them over two forks", strconv.Itoa(len(choices))+" choices at one fork; at most "+strconv.Itoa(cue.MaxChoices)+" can be shown")
	case total > MaxFork:
		ps.say(Error, first, "make them shorter", "the choices of this fork have "+strconv.Itoa(total)+" characters; together at most "+strconv.Itoa(MaxFork)+" can be shown")
	}
	if !seek {
		best = best[:0]
		for i := range choices {
			best = append(best, i)
		}
	}
	chosen := best[ps.chance.IntN(len(best))]
	ps.taken[choices[chosen].Text]++
	return chosen
}

func (ps *plays) lintChoice(at place, text string) {
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		ps.say(Error, at, "write what the choice says; for one that is taken by itself when no other is left, \"* ->\"", "a choice without text")
	case n > MaxChoice:
		ps.say(Error, at, "make it shorter: what happens can be told after it was chosen",
			"the choice has "+strconv.Itoa(n)+" characters; at most "+strconv.Itoa(MaxChoice)+" can be shown")
	}
}

// conclude says what was never met.
func (ps *plays) conclude() {
	often := strconv.Itoa(ps.walks) + " play-throughs"
	if ps.hurried {
		ps.findings.add(Note, place{file: ps.main}, "", "the story computes so much that only %s were made", often)
	}
	if ps.done == 0 && ps.endless > 0 {
		ps.findings.add(Warning, place{file: ps.main}, "give readers a way to an end", "none of %s came to an end", often)
	}
	names := ps.named()
	if len(names) == 0 && !ps.misspelt {
		ps.findings.add(Warning, place{file: ps.main}, `write "# ending: …" on the last line of each, so that a server can collect them`,
			"no ending has a name")
	}
	for name, t := range names {
		if !ps.endings[name] {
			ps.findings.add(Warning, t.place, "", "the ending %s was not reached in %s", quote(name), often)
		}
	}
	for number, times := range ps.met {
		if c := ps.choices[number]; times == 0 {
			ps.findings.add(Warning, c.place, "", "the choice %s was not offered in %s", quote(strings.TrimSpace(c.text)), often)
		}
	}
}

// seenAll says whether every choice was offered and every ending reached.
func (ps *plays) seenAll() bool {
	for name := range ps.named() {
		if !ps.endings[name] {
			return false
		}
	}
	return !slices.Contains(ps.met, 0)
}

// warned passes on what the story warned of while it was played.
func (ps *plays) warned(s *ink.Story) {
	for _, text := range s.Warnings() {
		at, msg := ps.placed(text)
		ps.say(Warning, at, "", msg)
	}
}

// say adds a finding once.
func (ps *plays) say(severity Severity, at place, hint, msg string) {
	key := at.file + "\x00" + strconv.Itoa(at.line) + "\x00" + msg
	if ps.told[key] {
		return
	}
	ps.told[key] = true
	ps.findings.add(severity, at, hint, "%s", msg)
}

// find looks for the line of the source that says the text; without a line if there is no such, or more than one.
func (ps *plays) find(text string) place {
	text = squeeze(unmarkAll(text))
	at, known := ps.places[text]
	if !known {
		at = place{file: ps.main}
		if found := linesWith(ps.sources, text); len(found) == 1 {
			at = found[0]
		}
		ps.places[text] = at
	}
	return at
}

// linesWith lists the lines that have the text in them, as it is told.
func linesWith(sources []*source, text string) []place {
	var found []place
	for _, s := range sources {
		for i, line := range s.lines {
			if text != "" && strings.Contains(squeeze(line), text) {
				found = append(found, place{file: s.name, line: i + 1, col: indent(line)})
			}
		}
	}
	return found
}

// indent is the column at which the text of a line begins.
func indent(line string) int { return column(line, len(line)-len(strings.TrimLeft(line, " \t"))) }

// faultOf says where and why a story broke.
func (d *draft) faultOf(err error) (place, string) {
	var e *ink.RuntimeError
	if !errors.As(err, &e) {
		return d.placed(err.Error())
	}
	if e.Line > 0 {
		return place{file: e.File, line: e.Line}, e.Msg // the runtime knows no columns
	}
	return place{file: d.main}, e.Error()
}

// source is the file of that name; nil if the story has none.
func (d *draft) source(name string) *source {
	for _, s := range d.sources {
		if s.name == name {
			return s
		}
	}
	return nil
}

var placePrefix = regexp.MustCompile(`^(\S[^:]*):(\d+): (.*)$`)

// placed parts "file:line: message".
func (d *draft) placed(text string) (place, string) {
	if m := placePrefix.FindStringSubmatch(text); m != nil {
		if line, err := strconv.Atoi(m[2]); err == nil {
			return place{file: m[1], line: line}, m[3]
		}
	}
	return place{file: d.main}, text
}
