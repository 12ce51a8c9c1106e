package vm

// itemSize is what an item of a list counts for: about what its name takes in a
// saved state.
const itemSize = 32

// measureEvery is how many bytes of new text make a story measure its state while
// a line comes together.
const measureEvery = MaxState

// grew notes that the story made a text of n bytes, and stops it if its state has
// become too large.
func (s *Story) grew(n int) {
	if s.made += n; s.made >= measureEvery {
		s.made = 0
		s.measure()
	}
}

// measure stops a story whose state is too large.
func (s *Story) measure() {
	size := sizeOfAll(s.stack) + sizeOfAll(s.globals)
	for i := range s.threads {
		size += s.threads[i].size()
	}
	for _, c := range s.choices {
		size += len(c.text) + c.thread.size()
		for _, t := range c.tags {
			size += len(t)
		}
	}
	if size <= MaxState || s.err != nil {
		return
	}
	s.fail("the story holds more than %d bytes of text and lists", MaxState)
	// It cannot go on, and what is too large to keep need not be kept.
	s.dropChoices()
	s.resetStack(nil)
	s.stack = nil
	copy(s.globals, s.p.defaults)
	s.snap.active = false
}

func (t *thread) size() int {
	size := 0
	for i := range t.frames {
		for j := range t.frames[i].temps {
			size += t.frames[i].temps[j].v.size()
		}
	}
	return size
}

func (v *Value) size() int {
	if v.kind == ListVal {
		return len(v.list.items) * itemSize
	}
	return len(v.str)
}

func sizeOfAll(values []Value) int {
	size := 0
	for i := range values {
		size += values[i].size()
	}
	return size
}
