package vm

import (
	"fmt"
	"slices"
	"strings"

	"storyteller/internal/ink/ir"
)

// MaxSave bounds the bytes of a saved state that Restore reads.
const MaxSave = 16 << 20

// Restore returns the story whose state AppendSave wrote. The id must be the one
// it was saved with.
func (p *Program) Restore(state []byte, id string) (*Story, error) {
	return p.restore(state, &reader{p: p, id: id})
}

// RestoreEdited returns the story whose state AppendSave wrote, in whichever
// edition of the story. What the program at hand no longer has is left out, and
// a place that is gone is replaced by the nearest around it; Warnings tells of
// both. The error says if too little is left to go on from.
func (p *Program) RestoreEdited(state []byte) (*Story, error) {
	return p.restore(state, &reader{p: p, edited: true})
}

func (p *Program) restore(state []byte, r *reader) (*Story, error) {
	if len(state) > MaxSave {
		return nil, fmt.Errorf("saved state: %d bytes are more than %d", len(state), MaxSave)
	}
	r.s = p.blank()
	copy(r.s.globals, p.defaults)
	err := ir.Scan(state, func(s *ir.Scanner) {
		r.Scanner = s
		r.state()
	})
	switch {
	case r.err != nil:
		return nil, fmt.Errorf("saved state: %w", r.err)
	case err != nil:
		return nil, fmt.Errorf("saved state: damaged: %w", err)
	}
	return r.s, nil
}

// reader makes a story of a saved state, as save.go describes it, in one pass.
type reader struct {
	*ir.Scanner
	p      *Program
	s      *Story
	id     string // of the program that the state must be of
	edited bool   // of any edition of it, instead
	lost   int    // choices that the edition at hand does not have
	err    error
}

// fail ends the reading for another reason than damaged JSON.
func (r *reader) fail(format string, args ...any) {
	r.err = fmt.Errorf(format, args...)
	r.Fail("")
}

// gone notes that an edited story does not have what the state names; in the
// story that was saved that cannot be.
func (r *reader) gone(format string, args ...any) {
	if !r.edited {
		r.fail(format, args...)
	}
	if len(r.s.warnings) < MaxWarnings {
		r.s.warnings = append(r.s.warnings, "loaded into an edited story: "+fmt.Sprintf(format, args...))
	}
}

// object reads an object; f is called with each key.
func (r *reader) object(f func(key string)) {
	r.Expect('{')
	for first := true; r.More(first, '}'); first = false {
		f(r.Key())
	}
}

// array reads an array; f is called before each element.
func (r *reader) array(f func()) {
	r.Expect('[')
	for first := true; r.More(first, ']'); first = false {
		f()
	}
}

func (r *reader) unknown(key string) { r.Fail("unknown key %q", key) }

// state reads all of it. The version comes first, so that a state of another one
// is refused by that name rather than by what is strange in it.
func (r *reader) state() {
	s := r.s
	s.threads = s.threads[:0]
	version := false
	r.object(func(key string) {
		if !version && key != "v" {
			r.fail("it has no version")
		}
		switch key {
		case "v":
			if v := r.Int(); v != SaveVersion {
				r.fail("version %d is not known, only %d is", v, SaveVersion)
			}
			version = true
		case "story":
			if id := r.Text(); !r.edited && id != r.id {
				r.fail("it belongs to another story, or to another edition of this one (%.12s, not %.12s)", id, r.id)
			}
		case "turn":
			s.turn = r.Int()
		case "seed":
			s.seed = r.Int()
		case "last":
			s.last = r.Int()
		case "vars":
			r.object(r.global)
		case "visits":
			r.object(r.visits)
		case "threads":
			r.array(func() { s.threads = append(s.threads, r.thread()) })
		case "stack":
			r.array(r.stacked)
		case "choices":
			r.array(r.choice)
		case "error":
			r.failure()
		default:
			r.unknown(key)
		}
	})
	r.check(version)
}

// check looks at what only the whole state shows.
func (r *reader) check(version bool) {
	s := r.s
	switch {
	case !version:
		r.fail("it has no version")
	case len(s.threads) == 0:
		r.fail("it has no thread")
	}
	s.enter()
	if s.countFrames(); s.frames > MaxFrames {
		r.fail("its calls are nested too deep")
	}
	if r.lost > 0 && s.frame.at.c == nil && s.err == nil && len(s.choices) == 0 {
		r.fail("it waits for a choice, and the edited story has none of those")
	}
}

func (r *reader) global(name string) {
	n, ok := r.p.byName[name]
	if !ok || r.p.global[n] < 0 {
		r.gone("the story has no variable %q", name)
		r.value()
		return
	}
	if v, ok := r.value(); ok {
		r.s.globals[r.p.global[n]] = v
	}
}

func (r *reader) visits(path string) {
	var counts [2]int32
	n := 0
	r.array(func() {
		if n == len(counts) {
			r.Fail("visits are two numbers at most")
		}
		counts[n] = r.Int()
		n++
	})
	at, ok := r.find(path)
	var c *container
	if ok {
		_, c = at.resolve()
	}
	switch {
	case n == 0 || counts[0] < 0:
		r.Fail("no number of visits")
	case c == nil || c.slot < 0:
		if !r.edited { // an edited story may do without the count
			r.fail("visits of %s are not counted", path)
		}
		return
	}
	count := r.s.visits.at(c.slot)
	count.visits = counts[0]
	if n == 2 {
		count.turn = counts[1]
	}
}

// find finds the element or container that a path names.
func (r *reader) find(path string) (at pointer, ok bool) {
	if path == "" {
		return pointer{r.p.containers[0], -1}, true
	}
	if strings.HasPrefix(path, ".") || strings.IndexByte(path, '^') >= 0 {
		return pointer{}, false
	}
	ref, err := r.p.src.Resolve(path)
	if err != nil {
		return pointer{}, false
	}
	return pointer{r.p.containers[ref.C.ID], ref.Index}, true
}

// place finds what a path names or, in an edited story, what is nearest to it.
// exact is false if that is something else, ok if there is nothing.
func (r *reader) place(path string) (at pointer, exact, ok bool) {
	if at, ok = r.find(path); ok {
		return at, true, true
	}
	if !r.edited {
		r.fail("the story has no place %q", path)
	}
	ref, ok := r.p.src.Near(path)
	if !ok {
		r.gone("the story has no place %q", path)
		return pointer{}, false, false
	}
	r.gone("the story has no place %q, so it goes on at %q", path, ref.Path())
	return pointer{r.p.containers[ref.C.ID], ref.Index}, false, true
}

func (r *reader) thread() thread {
	var t thread
	r.object(func(key string) {
		switch key {
		case "prev":
			// Where the flow was before matters only for what counts as a visit.
			path := r.Text()
			at, ok := r.find(path)
			if !ok && !r.edited {
				r.fail("the story has no place %q", path)
			}
			t.prev = at
		case "frames":
			r.array(func() {
				if len(t.frames) > MaxFrames {
					r.fail("its calls are nested too deep")
				}
				t.frames = append(t.frames, r.frame())
			})
		default:
			r.unknown(key)
		}
	})
	if len(t.frames) == 0 {
		r.fail("a thread has no frame")
	}
	for i := range t.frames[:len(t.frames)-1] {
		if t.frames[i].at.c == nil {
			r.fail("a frame has no place to go back to")
		}
	}
	return t
}

func (r *reader) frame() frame {
	var f frame
	exact := true
	r.object(func(key string) {
		switch key {
		case "at":
			if r.Peek() == 'n' {
				r.Word("null")
				return
			}
			path, ok := r.Text(), false
			if f.at, exact, ok = r.place(path); !ok {
				r.fail("it is at %q, which the edited story does not have", path)
			}
		case "fn":
			f.kind, f.start = frameFunction, max(r.Int(), -1)
		case "ev":
			f.eval = r.Bool()
		case "tmp":
			r.object(func(name string) { r.temp(&f, name) })
		default:
			r.unknown(key)
		}
	})
	f.eval = f.eval && exact // what was being computed is not at the new place
	// In an order that does not change from load to load.
	slices.SortFunc(f.temps, func(x, y temp) int { return int(x.name - y.name) })
	return f
}

func (r *reader) temp(f *frame, name string) {
	n, known := r.p.byName[name]
	v, ok := r.value()
	switch {
	case !known:
		r.gone("the story has no variable %q", name)
	case f.temp(n) != nil:
		r.Fail("the variable %q is there twice", name)
	case ok:
		f.temps = append(f.temps, temp{n, v})
	}
}

func (r *reader) stacked() {
	if len(r.s.stack) >= MaxStack {
		r.fail("it holds too much")
	}
	v, ok := r.value()
	if !ok {
		r.fail("it is within a computation that the edited story cannot finish")
	}
	r.s.stack = append(r.s.stack, v)
}

func (r *reader) choice() {
	c := &choice{}
	there := true
	r.object(func(key string) {
		switch key {
		case "text":
			c.text = r.bounded()
		case "tags":
			r.array(func() { c.tags = append(c.tags, r.bounded()) })
		case "to":
			c.target, _, there = r.place(r.Text())
		case "inv":
			c.invisible = r.Bool()
		case "thread":
			c.thread = r.thread()
		default:
			r.unknown(key)
		}
	})
	switch {
	case !there:
		r.lost++
		return
	case c.target.c == nil || len(c.thread.frames) == 0:
		r.Fail("a choice leads nowhere")
	case len(r.s.choices) >= MaxChoices:
		r.fail("it holds too much")
	}
	r.s.choices = append(r.s.choices, c)
}

func (r *reader) failure() {
	e := &Error{}
	r.object(func(key string) {
		switch key {
		case "msg":
			e.Msg = r.bounded()
		case "path":
			e.Path = r.bounded()
		case "file":
			e.File = r.bounded()
		case "line":
			e.Line = int(r.Int())
		case "due":
			r.s.errDue = r.Bool()
		default:
			r.unknown(key)
		}
	})
	r.s.err = e
}
