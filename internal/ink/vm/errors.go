package vm

import "fmt"

// Error is a mistake in a story that showed while it ran.
type Error struct {
	Msg  string
	Path string // the place in the compiled story, "" if unknown
	File string // the place in the source, "" if unknown
	Line int
}

// Error returns the message after the best name of the place.
func (e *Error) Error() string { return e.prefix() + e.Msg }

func (e *Error) prefix() string {
	switch {
	case e.Line > 0:
		return fmt.Sprintf("%s:%d: ", e.File, e.Line)
	case e.Path != "":
		return "at " + e.Path + ": "
	}
	return ""
}

// fail stops the story. The first error counts: those after it follow from it.
func (s *Story) fail(format string, args ...any) {
	if s.err != nil {
		return
	}
	s.err = s.place()
	s.err.Msg = fmt.Sprintf(format, args...)
}

// place returns an Error that names where the story is.
func (s *Story) place() *Error {
	at := s.frame.at
	if at.c == nil {
		at = s.thread().prev
	}
	if at.c == nil {
		return &Error{}
	}
	e := &Error{Path: s.p.path(at)}
	// What has no position of its own lies where its container is.
	src := s.p.src
	for c, i := src.Containers()[at.c.id], int(at.i); c != nil; c, i = c.Parent(), int(c.Index) {
		for ; i >= 0; i-- {
			if pos := c.Pos(i); pos.Line > 0 && int(pos.File) < len(src.Files) {
				e.File, e.Line = src.Files[pos.File], int(pos.Line)
				return e
			}
		}
	}
	return e
}
