package vm

import "strings"

// The output stream, where lines come together. What is written is kept in
// pieces until the line is complete, because glue, functions and line breaks
// take white space back that was already written.

type pieceKind uint8

const (
	pieceText    pieceKind = iota // visible
	pieceSpace                    // blanks, or nothing
	pieceNewline                  // a line break
	pieceGlue
	pieceString   // a string begins
	pieceBeginTag // a tag begins
	pieceEndTag
	pieceTag // a whole tag of the old kind
)

// piece is one element of the output stream.
type piece struct {
	kind pieceKind
	s    string
}

func (p *piece) isText() bool    { return p.kind <= pieceNewline }
func (p *piece) isCommand() bool { return p.kind >= pieceString && p.kind <= pieceEndTag }

type output struct {
	items   []piece
	glues   int // how many pieces are glue
	strings int // how many strings are being collected
	bytes   int // of text
	low     int // the fewest pieces that were left in place since it was set
	changed bool
}

func (o *output) reset() { *o = output{items: o.items[:0]} }

// set makes o a copy of p, reusing o's memory.
func (o *output) set(p *output) {
	items := append(o.items[:0], p.items...)
	*o = *p
	o.items = items
}

func (o *output) add(kind pieceKind, s string) {
	o.items = append(o.items, piece{kind, s})
	o.bytes += len(s)
	o.changed = true
	switch kind {
	case pieceGlue:
		o.glues++
	case pieceString:
		o.strings++
	}
}

// truncate drops the pieces from n on.
func (o *output) truncate(n int) {
	for _, it := range o.items[n:] {
		o.bytes -= len(it.s)
		switch it.kind {
		case pieceGlue:
			o.glues--
		case pieceString:
			o.strings--
		}
	}
	o.items = o.items[:n]
	o.low = min(o.low, n)
	o.changed = true
}

// remove drops the piece at i, which is text or glue.
func (o *output) remove(i int) {
	if o.items[i].kind == pieceGlue {
		o.glues--
	}
	o.bytes -= len(o.items[i].s)
	o.items = append(o.items[:i], o.items[i+1:]...)
	o.low = min(o.low, i)
	o.changed = true
}

// trimLines takes back the line breaks at the end, for glue to follow.
func (o *output) trimLines() {
	from := -1
	for i := len(o.items) - 1; i >= 0; i-- {
		if it := &o.items[i]; it.isCommand() || it.kind == pieceText {
			break
		} else if it.kind == pieceNewline {
			from = i
		}
	}
	for i := from; from >= 0 && i < len(o.items); {
		if o.items[i].isText() {
			o.remove(i)
		} else {
			i++
		}
	}
}

// unglue drops the glue that text has now come after.
func (o *output) unglue() {
	for i := len(o.items) - 1; i >= 0 && o.glues > 0; i-- {
		if it := &o.items[i]; it.kind == pieceGlue {
			o.remove(i)
		} else if it.isCommand() {
			return
		}
	}
}

// endsInNewline reports whether only blanks follow the last line break.
func (o *output) endsInNewline() bool {
	for i := len(o.items) - 1; i >= 0; i-- {
		switch it := &o.items[i]; {
		case it.kind == pieceNewline:
			return true
		case it.kind == pieceText || it.isCommand():
			return false
		}
	}
	return false
}

// inTag reports whether a tag is open at the end.
func (o *output) inTag() bool {
	for i := len(o.items) - 1; i >= 0; i-- {
		switch o.items[i].kind {
		case pieceBeginTag:
			return true
		case pieceEndTag:
			return false
		}
	}
	return false
}

// hasText reports whether anything was written.
func (o *output) hasText() bool {
	for i := range o.items {
		if o.items[i].isText() {
			return true
		}
	}
	return false
}

// trimFunction takes back the white space that a function ended with, as far as
// where its output began.
func (o *output) trimFunction(start int) {
	for i := len(o.items) - 1; i >= max(start, 0); i-- {
		switch o.items[i].kind {
		case pieceText:
			return
		case pieceSpace, pieceNewline:
			o.remove(i)
		}
	}
}

// trimFrom decides whether white space is being swallowed at the moment: by glue,
// or because a function with output from start on has written no text yet. It
// returns the two places, -1 for none.
func (o *output) trimFrom(start int) (glue, function int) {
	glue, function = -1, start
	if o.glues == 0 && o.strings == 0 {
		return glue, function
	}
	for i := len(o.items) - 1; i >= 0; i-- {
		switch o.items[i].kind {
		case pieceGlue:
			return i, function
		case pieceString:
			if i >= function {
				function = -1
			}
			return glue, function
		}
	}
	return glue, function
}

// write adds one piece of text, of one of the three text kinds.
func (s *Story) write(kind pieceKind, text string) {
	start := -1
	if s.frame.kind == frameFunction {
		start = int(s.frame.start)
	}
	glue, function := s.out.trimFrom(start)
	switch {
	case glue >= 0 || function >= 0:
		if kind == pieceNewline {
			return
		}
		if kind == pieceText {
			if glue >= 0 {
				s.out.unglue()
			}
			if function >= 0 {
				s.functionsWrote()
			}
		}
	case kind == pieceNewline:
		if s.out.endsInNewline() || !s.out.hasText() {
			return
		}
	}
	s.put(kind, text)
}

// put adds a piece to the output, within its bounds.
func (s *Story) put(kind pieceKind, text string) {
	s.out.add(kind, text)
	if len(s.out.items) > MaxOutput || s.out.bytes > MaxOutputBytes {
		s.fail("a line is too long")
	}
}

// functionsWrote notes that the functions on top of the stack have written
// visible text, so that white space within them counts from now on.
func (s *Story) functionsWrote() {
	frames := s.thread().frames
	for i := len(frames) - 1; i >= 0 && frames[i].kind == frameFunction; i-- {
		frames[i].start = -1
	}
}

// writeString writes text that may hold anything. Line breaks between the blanks
// at its ends become pieces of their own.
func (s *Story) writeString(text string) {
	switch {
	case text == "\n":
		s.write(pieceNewline, text)
		return
	case isBlank(text):
		s.write(pieceSpace, text)
		return
	case !strings.Contains(text, "\n"):
		s.write(pieceText, text)
		return
	}
	head := text[:len(text)-len(strings.TrimLeft(text, " \t\n"))]
	rest := text[len(head):]
	tail := rest[len(strings.TrimRight(rest, " \t\n")):]
	if i := strings.IndexByte(head, '\n'); i >= 0 {
		if i > 0 {
			s.write(pieceSpace, head[:i])
		}
		s.write(pieceNewline, "\n")
		if rest == "" {
			return
		}
		head = head[strings.LastIndexByte(head, '\n')+1:]
	}
	cut := strings.IndexByte(tail, '\n')
	if cut < 0 {
		cut = len(tail)
	}
	if inner := head + rest[:len(rest)-len(tail)+cut]; inner != "" {
		kind := pieceText
		if isBlank(inner) {
			kind = pieceSpace
		}
		s.write(kind, inner)
	}
	if cut < len(tail) {
		s.write(pieceNewline, "\n")
		if last := tail[strings.LastIndexByte(tail, '\n')+1:]; last != "" {
			s.write(pieceSpace, last)
		}
	}
}
