package vm

import (
	"fmt"
	"slices"

	"storyteller/internal/ink/ir"
)

// Story is one run of a program. It is not safe for concurrent use.
type Story struct {
	p *Program

	// What a saved state holds.
	threads []thread
	stack   []Value // the evaluation stack
	choices []*choice
	globals []Value
	visits  counters
	turn    int32 // choices taken, less one
	seed    int32
	last    int32 // the last random number drawn
	ended   bool  // the flow ended on purpose: END or DONE
	err     *Error
	errDue  bool // err waits until the text before it is read

	// What is valid only while a line comes together.
	*desk
	frame  *frame // the top of the current thread
	divert pointer
	steps  int
	frames int // of all threads and choices
	made   int // bytes of text since the state was measured
	// hostWaits: a host function is called only when the line before it is read.
	hostWaits bool

	warnings []string
	bound    []Func // by number of the external function
}

// choice is a choice on offer.
type choice struct {
	text      string
	tags      []string
	target    pointer
	thread    thread // the call stack to go on with; never changed
	invisible bool
}

// Choice is a choice that the reader sees.
type Choice struct {
	Text string
	Tags []string
}

// Func is a function of the host that a story may call. The arguments are in
// order. What it returns must be made with one of this package's functions.
type Func func(args []Value) (Value, error)

// New starts the story. Equal seeds give equal chances.
func (p *Program) New(seed uint64) *Story {
	s := p.blank()
	s.seed = int32((seed ^ seed>>31 ^ seed>>62) & 0x7fffffff)
	copy(s.globals, p.defaults)
	return s
}

// blank returns a story at its start, without variables.
func (p *Program) blank() *Story {
	s := &Story{
		p:       p,
		threads: []thread{{frames: []frame{{at: pointer{p.containers[0], 0}}}}},
		globals: make([]Value, len(p.globals)),
		visits:  newCounters(len(p.slots)),
		turn:    -1,
		frames:  1,
		desk:    idle,
	}
	s.enter()
	return s
}

// declareGlobals runs the story's declarations to learn the variables' defaults.
func (p *Program) declareGlobals() error {
	p.defaults = make([]Value, len(p.globals))
	r, err := p.src.Resolve(ir.GlobalDecl)
	if err != nil {
		return nil // a story without variables
	}
	s := p.blank()
	s.frame.at = pointer{p.containers[r.C.ID], 0}
	for s.CanContinue() {
		if _, err := s.Continue(); err != nil {
			return fmt.Errorf("declaring the variables: %w", err)
		}
	}
	copy(p.defaults, s.globals)
	return nil
}

// CanContinue reports whether there is another line to read, or an error to
// meet, before the next choice.
func (s *Story) CanContinue() bool {
	return s.errDue || s.running()
}

// running reports whether there is content to run.
func (s *Story) running() bool { return s.err == nil && s.frame.at.c != nil }

// Line is one line of a story. Text ends with a line break unless the flow
// stopped within the line, and is empty if there was nothing before the choices.
type Line struct {
	Text string
	Tags []string
}

// Continue runs the story to the end of the next line. An error means that the
// story is broken at the place it names and cannot go on; what was written before
// is a line of its own, returned first.
func (s *Story) Continue() (Line, error) {
	if s.err != nil {
		s.errDue = false
		return Line{}, s.err
	}
	if !s.running() {
		return Line{}, &Error{Msg: "the story cannot continue: it waits for a choice or is at its end"}
	}
	s.begin()
	defer s.leaveDesk()
	for s.running() && s.steps < MaxSteps {
		if s.express(); s.err == nil {
			s.step()
		}
		if s.endsLine() {
			break
		}
	}
	return s.finish()
}

// begin clears what belongs to the line before.
func (s *Story) begin() {
	s.enterDesk()
	s.ended, s.steps, s.hostWaits = false, 0, false
}

// finish takes the line out of the output.
func (s *Story) finish() (Line, error) {
	if s.err == nil && s.steps >= MaxSteps && s.running() {
		s.fail("the story runs on without end: stopped after %d steps", MaxSteps)
	}
	if s.snap.active {
		// An error that lies ahead of the line will be met again after it.
		s.err = nil
		s.restore()
	}
	if !s.running() && s.err == nil {
		s.checkEnd()
		s.measure()
	}
	s.ended = false
	s.scratch = s.out.appendText(s.scratch[:0])
	line := Line{Text: string(s.scratch)}
	if s.out.countTags() > 0 {
		line.Tags = s.out.tags()
	}
	if s.err != nil {
		if line.Text == "" && len(line.Tags) == 0 {
			return Line{}, s.err
		}
		s.errDue = true
	}
	return line, nil
}

// checkEnd makes it an error to run out of content in a place where the author
// probably forgot to say how to go on.
func (s *Story) checkEnd() {
	switch {
	case len(s.threads) > 1:
		s.fail("a thread was left open at the end of the flow")
	case len(s.choices) > 0 || s.ended:
	case s.canPopKind(frameTunnel):
		s.fail("unexpectedly reached end of content. Do you need a '->->' to return from a tunnel?")
	case s.canPopKind(frameFunction):
		s.fail("unexpectedly reached end of content. Do you need a '~ return'?")
	default:
		s.fail("ran out of content. Do you need a '-> DONE' or '-> END'?")
	}
}

// Choices returns the choices on offer, none while the story can continue.
func (s *Story) Choices() []Choice {
	if s.CanContinue() || s.err != nil {
		return nil
	}
	var seen []Choice
	for _, c := range s.choices {
		if !c.invisible {
			seen = append(seen, Choice{c.text, slices.Clone(c.tags)})
		}
	}
	return seen
}

// Choose takes the choice at an index of Choices.
func (s *Story) Choose(index int) error {
	if s.CanContinue() || s.err != nil {
		return fmt.Errorf("no choice is open at this point of the story")
	}
	n := 0
	for _, c := range s.choices {
		if c.invisible {
			continue
		}
		if n == index {
			s.turn++
			s.follow(c)
			return nil
		}
		n++
	}
	return fmt.Errorf("choice %d does not exist: there are %d", index, n)
}

// follow goes on with what a choice leads to.
func (s *Story) follow(c *choice) {
	s.dropChoices()
	s.resetStack(&c.thread)
	s.frame.at = pointer{c.target.c, max(c.target.i, 0)}
	s.visitDiverted()
}

// dropChoices forgets the choices on offer.
func (s *Story) dropChoices() {
	clear(s.choices)
	s.choices = s.choices[:0]
}

// followInvisible takes the default choice when it is the only one left.
func (s *Story) followInvisible() {
	if len(s.choices) == 0 {
		return
	}
	for _, c := range s.choices {
		if !c.invisible {
			return
		}
	}
	s.follow(s.choices[0])
}

// Warnings returns what seemed wrong while the story ran but did not stop it.
// They are not part of a saved state.
func (s *Story) Warnings() []string { return slices.Clone(s.warnings) }

func (s *Story) warn(format string, args ...any) {
	if len(s.warnings) < MaxWarnings {
		s.warnings = append(s.warnings, s.place().prefix()+fmt.Sprintf(format, args...))
	}
}
