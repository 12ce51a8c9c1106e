package vm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"storyteller/internal/ink/ir"
)

// MaxSave bounds the bytes of a saved state that Restore reads.
const MaxSave = 16 << 20

// The saved state as JSON has it; save.go describes the format.
type savedState struct {
	V       int                        `json:"v"`
	Story   string                     `json:"story"`
	Turn    int32                      `json:"turn"`
	Seed    int32                      `json:"seed"`
	Last    int32                      `json:"last"`
	Vars    map[string]json.RawMessage `json:"vars"`
	Visits  map[string][]int32         `json:"visits"`
	Threads []savedThread              `json:"threads"`
	Stack   []json.RawMessage          `json:"stack"`
	Choices []savedChoice              `json:"choices"`
	Error   *savedError                `json:"error"`
}

type savedThread struct {
	Prev   *string      `json:"prev"`
	Frames []savedFrame `json:"frames"`
}

type savedFrame struct {
	At  *string                    `json:"at"`
	Fn  *int32                     `json:"fn"`
	Ev  bool                       `json:"ev"`
	Tmp map[string]json.RawMessage `json:"tmp"`
}

type savedChoice struct {
	Text   string      `json:"text"`
	Tags   []string    `json:"tags"`
	To     string      `json:"to"`
	Inv    bool        `json:"inv"`
	Thread savedThread `json:"thread"`
}

type savedError struct {
	Msg  string `json:"msg"`
	Path string `json:"path"`
	File string `json:"file"`
	Line int    `json:"line"`
	Due  bool   `json:"due"`
}

// savedValue is a value that is written in braces.
type savedValue struct {
	To    *string   `json:"to"`
	Var   *string   `json:"var"`
	Ctx   int32     `json:"ctx"`
	List  *[]string `json:"list"`
	Of    []string  `json:"of"`
	Float *string   `json:"float"`
	Tag   *string   `json:"tag"`
}

// Restore returns the story whose state AppendSave wrote. The id must be the one
// it was saved with.
func (p *Program) Restore(state []byte, id string) (*Story, error) {
	s, err := p.restore(state, id)
	if err != nil {
		return nil, fmt.Errorf("saved state: %w", err)
	}
	return s, nil
}

func (p *Program) restore(state []byte, id string) (*Story, error) {
	if len(state) > MaxSave {
		return nil, fmt.Errorf("%d bytes are more than %d", len(state), MaxSave)
	}
	if err := checkVersion(state); err != nil {
		return nil, err
	}
	var saved savedState
	if err := strictUnmarshal(state, &saved); err != nil {
		return nil, fmt.Errorf("damaged: %w", err)
	}
	if saved.Story != id {
		return nil, fmt.Errorf("it belongs to another story, or to another edition of this one (%.12s, not %.12s)", saved.Story, id)
	}
	r := reader{p: p}
	s := r.story(&saved)
	if r.err != nil {
		return nil, r.err
	}
	return s, nil
}

// checkVersion refuses a state of another version, by that name rather than by
// what is strange in it. A state as AppendSave writes it needs no look at the rest.
func checkVersion(state []byte) error {
	if bytes.HasPrefix(state, []byte(savePrefix)) {
		return nil
	}
	var version struct {
		V *int `json:"v"`
	}
	if err := json.Unmarshal(state, &version); err != nil {
		return fmt.Errorf("damaged: %w", err)
	}
	switch {
	case version.V == nil:
		return fmt.Errorf("it has no version")
	case *version.V != SaveVersion:
		return fmt.Errorf("version %d is not known, only %d is", *version.V, SaveVersion)
	}
	return nil
}

// strictUnmarshal refuses keys that are not known and bytes that follow.
func strictUnmarshal(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if d.More() {
		return fmt.Errorf("something follows the state")
	}
	return nil
}

// reader makes a story of a saved state. The first error stays.
type reader struct {
	p   *Program
	err error
}

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

func (r *reader) story(saved *savedState) *Story {
	s := r.p.blank()
	copy(s.globals, r.p.defaults)
	s.turn, s.seed, s.last = saved.Turn, saved.Seed, saved.Last
	for name, v := range saved.Vars {
		n, ok := r.p.byName[name]
		if !ok || r.p.global[n] < 0 {
			r.fail("the story has no variable %q", name)
			return nil
		}
		s.globals[r.p.global[n]] = r.value(v)
	}
	for path, n := range saved.Visits {
		r.visits(s, path, n)
	}
	if len(saved.Threads) == 0 {
		r.fail("it has no thread")
		return nil
	}
	s.threads = s.threads[:0]
	for i := range saved.Threads {
		s.threads = append(s.threads, r.thread(&saved.Threads[i]))
	}
	if len(saved.Stack) > MaxStack || len(saved.Choices) > MaxChoices {
		r.fail("it holds too much")
		return nil
	}
	for _, v := range saved.Stack {
		s.stack = append(s.stack, r.value(v))
	}
	for i := range saved.Choices {
		s.choices = append(s.choices, r.choice(&saved.Choices[i]))
	}
	if e := saved.Error; e != nil {
		s.err, s.errDue = &Error{Msg: e.Msg, Path: e.Path, File: e.File, Line: e.Line}, e.Due
	}
	if r.err != nil {
		return nil
	}
	s.enter()
	if s.countFrames(); s.frames > MaxFrames {
		r.fail("its calls are nested too deep")
	}
	return s
}

func (r *reader) visits(s *Story, path string, n []int32) {
	at := r.place(path)
	switch {
	case r.err != nil:
	case at.i >= 0 && int(at.i) < len(at.c.nodes) && at.c.nodes[at.i].op == opContainer:
		at = pointer{at.c.nodes[at.i].c, -1}
		fallthrough
	case at.i < 0:
		if at.c.slot < 0 || len(n) < 1 || len(n) > 2 || n[0] < 0 {
			r.fail("visits of %s are not counted so", path)
			return
		}
		c := s.visits.at(at.c.slot)
		c.visits = n[0]
		if len(n) == 2 {
			c.turn = n[1]
		}
	default:
		r.fail("no container is at %s", path)
	}
}

// place finds the element or container that a path names.
func (r *reader) place(path string) pointer {
	if path == "" {
		return pointer{r.p.containers[0], -1}
	}
	ref, err := r.p.src.Resolve(path)
	if err != nil || strings.HasPrefix(path, ".") || strings.Contains(path, "^") {
		r.fail("the story has no place %q", path)
		return pointer{r.p.containers[0], 0}
	}
	return pointer{r.p.containers[ref.C.ID], ref.Index}
}

func (r *reader) thread(saved *savedThread) thread {
	var t thread
	if saved.Prev != nil {
		t.prev = r.place(*saved.Prev)
	}
	if len(saved.Frames) == 0 {
		r.fail("a thread has no frame")
	}
	for i := range saved.Frames {
		t.frames = append(t.frames, r.frame(&saved.Frames[i], i == len(saved.Frames)-1))
	}
	return t
}

func (r *reader) frame(saved *savedFrame, top bool) frame {
	f := frame{eval: saved.Ev}
	if saved.At != nil {
		f.at = r.place(*saved.At)
	}
	if saved.At == nil && !top {
		r.fail("a frame has no place to go back to")
	}
	if saved.Fn != nil {
		f.kind, f.start = frameFunction, max(*saved.Fn, -1)
	}
	for name, v := range saved.Tmp {
		n, ok := r.p.byName[name]
		if !ok {
			r.fail("the story has no variable %q", name)
			return f
		}
		f.temps = append(f.temps, temp{n, r.value(v)})
	}
	// In an order that does not change from load to load.
	slices.SortFunc(f.temps, func(x, y temp) int { return int(x.name - y.name) })
	return f
}

func (r *reader) choice(saved *savedChoice) *choice {
	return &choice{
		text:      saved.Text,
		tags:      saved.Tags,
		target:    r.place(saved.To),
		thread:    r.thread(&saved.Thread),
		invisible: saved.Inv,
	}
}

func (r *reader) value(raw json.RawMessage) Value {
	switch {
	case len(raw) == 0:
		r.fail("a value is missing")
	case string(raw) == "null":
		return MakeVoid()
	case string(raw) == "true", string(raw) == "false":
		return MakeBool(raw[0] == 't')
	case raw[0] == '"':
		var text string
		if err := json.Unmarshal(raw, &text); err != nil || len(text) > MaxString {
			r.fail("%.20s is no text", raw)
		}
		return MakeString(text)
	case raw[0] == '{':
		return r.braces(raw)
	case bytes.ContainsAny(raw, ".eE"):
		f, err := strconv.ParseFloat(string(raw), 32)
		if err != nil {
			r.fail("%.20s is no number", raw)
		}
		return MakeFloat(float32(f))
	default:
		n, err := strconv.ParseInt(string(raw), 10, 32)
		if err != nil {
			r.fail("%.20s is no number", raw)
		}
		return MakeInt(int32(n))
	}
	return Value{}
}

func (r *reader) braces(raw json.RawMessage) Value {
	var v savedValue
	if err := strictUnmarshal(raw, &v); err != nil {
		r.fail("damaged value: %w", err)
	}
	switch {
	case v.To != nil:
		at := r.place(*v.To)
		return makeTarget(ir.Ref{C: r.p.src.Containers()[at.c.id], Index: at.i})
	case v.Var != nil:
		n, ok := r.p.byName[*v.Var]
		if !ok || v.Ctx < inUnknown {
			r.fail("the story has no variable %q", *v.Var)
		}
		return Value{kind: Pointer, a: n, b: v.Ctx}
	case v.List != nil:
		return r.list(*v.List, v.Of)
	case v.Float != nil:
		return r.odd(*v.Float)
	case v.Tag != nil:
		return Value{kind: tag, str: *v.Tag}
	}
	return Value{}
}

// odd reads a number that JSON has no notation for.
func (r *reader) odd(name string) Value {
	switch name {
	case "NaN":
		return MakeFloat(float32(math.NaN()))
	case "Infinity":
		return MakeFloat(float32(math.Inf(1)))
	case "-Infinity":
		return MakeFloat(float32(math.Inf(-1)))
	}
	r.fail("%.20q is no number", name)
	return Value{}
}

func (r *reader) list(items, origins []string) Value {
	l := &List{}
	for _, name := range items {
		item, ok := r.p.itemName[name]
		if !ok || r.p.fullName(item) != name || l.has(item) {
			r.fail("list item %q is not known here", name)
			return Value{}
		}
		l.items = append(l.items, item)
	}
	if len(items) == 0 {
		for _, name := range origins {
			def, ok := r.p.listNamed(name)
			if !ok {
				r.fail("the story has no LIST %q", name)
				return Value{}
			}
			l.origins = append(l.origins, def)
		}
	}
	return makeList(l)
}
