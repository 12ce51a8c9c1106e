package ink

import (
	"fmt"
	"strings"

	"storyteller/internal/ink/compile"
	"storyteller/internal/ink/vm"
)

// Severity says how bad an Error is.
type Severity int

// The severities. Only SeverityError keeps a story from being played.
const (
	SeverityError Severity = iota
	SeverityWarning
	SeverityTODO // a note the author left in the source
)

// String returns "error", "warning" or "todo".
func (s Severity) String() string {
	switch s {
	case SeverityError:
		return "error"
	case SeverityWarning:
		return "warning"
	}
	return "todo"
}

// Error is one thing that the compiler has to say about a place in the source.
type Error struct {
	File      string
	Line, Col int // from 1; 0 if the file as a whole is meant
	Severity  Severity
	Msg       string
	Hint      string // what to do about it; may be empty
}

// Error returns the message with its place, without the hint.
func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s: %s", e.File, e.Severity, e.Msg)
	}
	return fmt.Sprintf("%s:%d:%d: %s: %s", e.File, e.Line, e.Col, e.Severity, e.Msg)
}

// Errors are all of an author's errors, in order of place.
type Errors []*Error

// Error returns the messages, one a line.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the single errors, for errors.As.
func (es Errors) Unwrap() []error {
	list := make([]error, len(es))
	for i, e := range es {
		list[i] = e
	}
	return list
}

func (es Errors) fatal() bool {
	for _, e := range es {
		if e.Severity == SeverityError {
			return true
		}
	}
	return false
}

// RuntimeError is a mistake in a story that showed while it was played.
type RuntimeError struct {
	Msg  string
	Path string // the place in the compiled story, "" if unknown
	File string // the source file, "" if unknown
	Line int    // from 1; 0 if unknown
}

// Error returns the message with the best name of the place.
func (e *RuntimeError) Error() string { return (*vm.Error)(e).Error() }

// errorsOf translates what the compiler found.
func errorsOf(diagnostics []compile.Diagnostic) Errors {
	var es Errors
	for _, d := range diagnostics {
		es = append(es, errorOf(d))
	}
	return es
}

func errorOf(d compile.Diagnostic) *Error {
	severity := SeverityError
	switch d.Severity {
	case compile.Warning:
		severity = SeverityWarning
	case compile.TODO:
		severity = SeverityTODO
	}
	return &Error{File: d.File, Line: d.Line, Col: d.Col, Severity: severity, Msg: d.Msg, Hint: d.Hint}
}
