package vm

import "slices"

// frameKind says how a frame of the call stack was entered, and so how it may
// be left.
type frameKind uint8

const (
	frameTunnel frameKind = iota // also the bottom frame
	frameFunction
)

// frame is one level of the call stack.
type frame struct {
	at    pointer
	kind  frameKind
	eval  bool  // content goes to the evaluation stack
	start int32 // where in the output a function began; -1 once it wrote text
	temps []temp
}

// temp is a temporary variable. There are few in a frame: a search through them
// is faster than a map.
type temp struct {
	name int32
	v    Value
}

func (f *frame) temp(name int32) *Value {
	for i := range f.temps {
		if f.temps[i].name == name {
			return &f.temps[i].v
		}
	}
	return nil
}

// thread is a call stack. Threads lie on a stack themselves: one that is started
// runs to its end before the one below goes on.
type thread struct {
	frames []frame
	prev   pointer // the element before the current one
}

// set makes t a copy of o, reusing t's memory.
func (t *thread) set(o *thread) {
	t.prev = o.prev
	if cap(t.frames) < len(o.frames) {
		grown := make([]frame, len(o.frames), len(o.frames)+2)
		copy(grown, t.frames[:cap(t.frames)])
		t.frames = grown
	}
	t.frames = t.frames[:len(o.frames)]
	for i := range o.frames {
		temps := t.frames[i].temps
		t.frames[i] = o.frames[i]
		t.frames[i].temps = append(temps[:0], o.frames[i].temps...)
	}
}

// clone returns a copy of t that will not grow.
func (t *thread) clone() thread {
	c := thread{frames: slices.Clone(t.frames), prev: t.prev}
	for i := range c.frames {
		c.frames[i].temps = slices.Clone(c.frames[i].temps)
	}
	return c
}

// setThreads makes dst a copy of src, reusing dst's memory.
func setThreads(dst, src []thread) []thread {
	for cap(dst) < len(src) {
		dst = append(dst[:cap(dst)], thread{})
	}
	dst = dst[:len(src)]
	for i := range src {
		dst[i].set(&src[i])
	}
	return dst
}

// thread returns the current thread.
func (s *Story) thread() *thread { return &s.threads[len(s.threads)-1] }

// enter sets s.frame to the top of the call stack, after any change to it.
func (s *Story) enter() {
	t := s.thread()
	s.frame = &t.frames[len(t.frames)-1]
}

// push puts a frame on the call stack that goes on where the caller is.
func (s *Story) push(kind frameKind) {
	t := s.thread()
	if s.frames++; s.frames > MaxFrames {
		s.fail("calls are nested too deep")
		return
	}
	n := len(t.frames)
	at := t.frames[n-1].at
	if n < cap(t.frames) {
		t.frames = t.frames[:n+1]
	} else {
		t.frames = append(t.frames, frame{})
	}
	f := &t.frames[n]
	*f = frame{at: at, kind: kind, start: int32(len(s.out.items)), temps: f.temps[:0]}
	s.frame = f
}

// pop takes the top frame off the call stack.
func (s *Story) pop() {
	if s.frame.kind == frameFunction {
		s.out.trimFunction(int(s.frame.start))
	}
	t := s.thread()
	t.frames = t.frames[:len(t.frames)-1]
	s.frames--
	s.enter()
}

// canPop reports whether there is a frame to go back to.
func (s *Story) canPop() bool { return len(s.thread().frames) > 1 }

func (s *Story) canPopKind(kind frameKind) bool { return s.canPop() && s.frame.kind == kind }

// pushThread starts a thread: a copy of the current one.
func (s *Story) pushThread() {
	n := len(s.threads)
	if !s.forks(len(s.threads[n-1].frames)) {
		return
	}
	if n < cap(s.threads) {
		s.threads = s.threads[:n+1]
	} else {
		s.threads = append(s.threads, thread{})
	}
	s.threads[n].set(&s.threads[n-1])
	s.enter()
}

func (s *Story) popThread() {
	s.frames -= len(s.thread().frames)
	s.threads = s.threads[:len(s.threads)-1]
	s.enter()
}

// forks accounts for a copy of n frames, and refuses it if they are too many.
func (s *Story) forks(n int) bool {
	s.steps += n
	if s.frames += n; s.frames > MaxFrames {
		s.fail("too many threads and choices at once")
		return false
	}
	return true
}

// resetStack leaves one thread with one frame, which is a copy of from's if from
// is not nil.
func (s *Story) resetStack(from *thread) {
	s.threads = s.threads[:1]
	if from != nil {
		s.threads[0].set(from)
	} else {
		t := &s.threads[0]
		t.frames = t.frames[:1]
		t.frames[0] = frame{temps: t.frames[0].temps[:0]}
		t.prev = pointer{}
	}
	s.enter()
	s.countFrames()
}

// countFrames sets s.frames to the frames in use.
func (s *Story) countFrames() {
	s.frames = 0
	for i := range s.threads {
		s.frames += len(s.threads[i].frames)
	}
	for _, c := range s.choices {
		s.frames += len(c.thread.frames)
	}
}
