package library

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"storyteller/internal/ink"
)

// Severity says how much a Finding matters.
type Severity int

// A story with an Error is not told. A Warning is most likely a mistake; the story can be told all the same. A Note is
// good to know.
const (
	Error Severity = iota
	Warning
	Note
)

// String is the word that stands before the message.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return "note"
}

// Finding is one thing to tell an author.
type Finding struct {
	File      string // within the story's folder
	Line, Col int    // from 1, Col in characters; 0 where the finding is about the whole file, or the place is not known
	Severity  Severity
	Msg       string
	Hint      string // what to do; may be empty
}

// String is "file:line:col: severity: message", without what is not known of the place.
func (f Finding) String() string {
	place := f.File
	if f.Line > 0 {
		place += fmt.Sprintf(":%d", f.Line)
		if f.Col > 0 {
			place += fmt.Sprintf(":%d", f.Col)
		}
	}
	if place != "" {
		place += ": "
	}
	return place + f.Severity.String() + ": " + f.Msg
}

// Findings are all there is to say about a story, in order of place.
type Findings []Finding

// Failed says whether an Error is among them.
func (fs Findings) Failed() bool {
	return slices.ContainsFunc(fs, func(f Finding) bool { return f.Severity == Error })
}

// add notes a finding at a place.
func (fs *Findings) add(severity Severity, at place, hint, format string, args ...any) {
	*fs = append(*fs, Finding{
		File: at.file, Line: at.line, Col: at.col, Severity: severity, Msg: fmt.Sprintf(format, args...), Hint: hint,
	})
}

// sort brings the findings into the order in which the source is read; files says in which order its files come.
func (fs Findings) sort(files []*source) {
	rank := func(name string) int {
		i := slices.IndexFunc(files, func(s *source) bool { return s.name == name })
		if i < 0 {
			return len(files)
		}
		return i
	}
	slices.SortStableFunc(fs, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(rank(a.File), rank(b.File)), cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col), cmp.Compare(a.Severity, b.Severity),
		)
	})
}

// compiled adds what the compiler has to say; name is the main file.
func (fs *Findings) compiled(name string, err error) {
	var list ink.Errors
	if !errors.As(err, &list) {
		fs.add(Error, place{file: name}, "", "%v", err)
		return
	}
	for _, e := range list {
		severity := Error
		switch e.Severity {
		case ink.SeverityWarning:
			severity = Warning
		case ink.SeverityTODO:
			severity = Note
		}
		*fs = append(*fs, Finding{File: e.File, Line: e.Line, Col: e.Col, Severity: severity, Msg: e.Msg, Hint: e.Hint})
	}
}
