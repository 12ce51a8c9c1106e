package library

import (
	"errors"
	"slices"
	"strings"

	"storyteller/internal/ink"
)

const (
	// ranOut begins what the runtime says when a flow stops with neither text nor choice nor end.
	ranOut = "ran out of content"
	// looseEnd begins what the compiler says of a place where that can happen.
	looseEnd = "apparent loose end: "
)

// lintFault says why a play-through broke.
func (ps *plays) lintFault(err error) {
	if ps.ranOut(err) {
		return
	}
	at, msg := ps.faultOf(err)
	ps.say(Error, at, "", unmarkAll(msg))
}

// ranOut says where a story has run out of content, if that is what err is about. Where the compiler has warned of it, the warning
// becomes the error, so that it is told once.
func (d *draft) ranOut(err error) bool {
	var e *ink.RuntimeError
	if !errors.As(err, &e) || !strings.HasPrefix(e.Msg, ranOut) {
		return false
	}
	at, _ := d.faultOf(err)
	if i := d.looseEnd(at); i >= 0 {
		d.findings[i].Severity = Error
		d.findings[i].Msg = strings.TrimPrefix(d.findings[i].Msg, looseEnd)
		return true
	}
	if !slices.Contains(d.ends, at) {
		d.ends = append(d.ends, at)
		where := "here"
		if at.line == 0 && e.Path != "" {
			where = "at " + e.Path
		}
		d.findings.add(Error, at, "end it with '-> DONE', '-> END', a divert or a choice", "the flow runs out %s", where)
	}
	return true
}

// looseEnd finds the compiler's warning, or what was made of it, of the loose end nearest to a place in the same knot or stitch; -1 if
// there is none.
func (d *draft) looseEnd(at place) int {
	best, least := -1, 0
	for i, f := range d.findings {
		away := max(f.Line-at.line, at.line-f.Line)
		isEnd := strings.HasPrefix(f.Msg, looseEnd) || strings.HasPrefix(f.Msg, "the flow runs out here in ")
		if isEnd && f.File == at.file && f.Line > 0 && (best < 0 || away < least) && d.together(at.file, f.Line, at.line) {
			best, least = i, away
		}
	}
	return best
}

// together says whether no knot or stitch begins between two lines.
func (d *draft) together(file string, a, b int) bool {
	s := d.source(file)
	if s == nil || min(a, b) < 1 || max(a, b) > len(s.lines) {
		return a == b
	}
	return !slices.ContainsFunc(s.lines[min(a, b):max(a, b)], beginsFlow)
}

func beginsFlow(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "=") }

// justStops says whether the line at a place of the top flow is its last, and nothing says that the story ends there: ink takes that
// for an end, but the author may as well have forgotten where to go.
func (d *draft) justStops(at place) bool {
	s := d.source(at.file)
	if s == nil || at.line < 1 || slices.ContainsFunc(s.lines[:at.line], beginsFlow) {
		return false
	}
	inChoices := false // those beside the one that the text belongs to, up to the gather
	for i, line := range s.lines[at.line-1:] {
		line = strings.TrimSpace(line)
		isChoice := strings.HasPrefix(line, "*") || strings.HasPrefix(line, "+")
		isGather := strings.HasPrefix(line, "-") && !strings.HasPrefix(line, "->")
		switch {
		case beginsFlow(line):
			return true
		case i > 0 && isChoice:
			inChoices = true
		case isGather:
			inChoices = false
		}
		if !inChoices && strings.Contains(line, "->") {
			return false
		}
	}
	return true
}
