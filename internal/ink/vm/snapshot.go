package vm

// A line is complete when something follows its line break that belongs to the
// next line. Glue may still follow instead, after any amount of logic. So the
// runtime looks ahead: it takes a snapshot at the line break, goes on, and when
// the next text comes it returns to the snapshot; the logic in between will run
// again, with the next line. Variables and counts are not copied: what they were
// is noted when they change.

type snapshot struct {
	active   bool
	items    int // pieces of output at the time
	inTag    bool
	threads  []thread
	stack    []Value
	out      output
	choices  []*choice
	undo     []change
	turn     int32
	seed     int32
	last     int32
	ended    bool
	warnings int
	frames   int
}

// change is the old content of a global variable or a counter.
type change struct {
	slot   int32
	global bool
	v      Value
	n      counter
}

// take makes a snapshot of the story as it is.
func (s *Story) take() {
	n := &s.snap
	n.active = true
	s.steps += (s.frames + len(s.out.items)) / 8
	n.threads = setThreads(n.threads, s.threads)
	n.stack = append(n.stack[:0], s.stack...)
	n.out.set(&s.out)
	n.choices = append(n.choices[:0], s.choices...)
	n.undo = n.undo[:0]
	n.turn, n.seed, n.last, n.ended = s.turn, s.seed, s.last, s.ended
	n.warnings, n.frames = len(s.warnings), s.frames
	n.items, n.inTag = len(s.out.items), s.out.inTag()
	s.out.low = n.items
}

// restore returns to the snapshot.
func (s *Story) restore() {
	n := &s.snap
	n.active = false
	s.threads, n.threads = n.threads, s.threads
	s.stack, n.stack = n.stack, s.stack
	s.out, n.out = n.out, s.out
	s.choices, n.choices = n.choices, s.choices
	for i := len(n.undo) - 1; i >= 0; i-- {
		if c := &n.undo[i]; c.global {
			s.globals[c.slot] = c.v
		} else {
			*s.visits.at(c.slot) = c.n
		}
	}
	s.turn, s.seed, s.last, s.ended = n.turn, n.seed, n.last, n.ended
	s.warnings, s.frames = s.warnings[:n.warnings], n.frames
	s.divert = pointer{}
	s.enter()
}

// counter returns a container's counter to change it.
func (s *Story) counter(slot int32) *counter {
	if s.snap.active {
		s.snap.undo = append(s.snap.undo, change{slot: slot, n: s.visits.get(slot)})
	}
	return s.visits.at(slot)
}

// setGlobal changes a global variable.
func (s *Story) setGlobal(slot int32, v Value) {
	if s.snap.active {
		s.snap.undo = append(s.snap.undo, change{slot: slot, global: true, v: s.globals[slot]})
	}
	s.globals[slot] = v
}

// endsLine is called after each step. It reports whether the line is complete.
func (s *Story) endsLine() bool {
	running := s.running()
	if !running && s.err == nil && s.frame.at.c == nil {
		s.followInvisible()
		running = s.running()
	}
	if s.err != nil {
		return true
	}
	if s.hostWaits {
		s.restore()
		return true
	}
	if !s.out.changed && running || s.out.strings > 0 {
		return false
	}
	s.out.changed = false
	if s.snap.active {
		switch s.sinceSnapshot() {
		case lineOver:
			s.restore()
			return true
		case lineJoined:
			s.snap.active = false
		}
	}
	if s.out.endsInNewline() {
		switch {
		case !running:
			s.snap.active = false
		case !s.snap.active:
			s.take()
		}
	}
	return false
}

type lineState uint8

const (
	lineOpen   lineState = iota // nothing new
	lineOver                    // the next line has begun
	lineJoined                  // glue took the line break back
)

// sinceSnapshot compares the output with that at the snapshot, which ended in a
// line break. Mostly there is only more of it; then only that must be looked at.
func (s *Story) sinceSnapshot() lineState {
	n := &s.snap
	if s.out.low < n.items || n.inTag {
		return s.compareText()
	}
	state := lineOpen
	for i := n.items; i < len(s.out.items); i++ {
		switch it := &s.out.items[i]; {
		case it.kind == pieceText:
			state = lineOver
		case it.kind == pieceNewline, it.kind >= pieceString:
			return s.compareText()
		}
	}
	return state
}

// compareText compares the whole text and the tags.
func (s *Story) compareText() lineState {
	n := &s.snap
	s.steps += (len(n.out.items)+len(s.out.items))/4 + (n.out.bytes+s.out.bytes)/64
	s.scratch = n.out.appendText(s.scratch[:0])
	length := len(s.scratch)
	s.scratch = s.out.appendText(s.scratch[:0])
	switch {
	case length == 0 || len(s.scratch) < length || s.scratch[length-1] != '\n':
		return lineJoined
	case s.out.countTags() > n.out.countTags():
		return lineOver
	}
	for _, c := range s.scratch[length:] {
		if c != ' ' && c != '\t' {
			return lineOver
		}
	}
	return lineOpen
}
