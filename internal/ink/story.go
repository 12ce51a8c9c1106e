package ink

import (
	"errors"
	"fmt"
	"strings"

	"storyteller/internal/ink/vm"
)

// Story is one reading of a Program. It is not safe for concurrent use.
type Story struct {
	program   *Program
	vm        *vm.Story
	observers []observer
}

// Line is one line of a story. Text is without its trailing newline. A line may
// be empty: there is nothing to show before the choices, or the author wrote a
// blank line.
type Line struct {
	Text string
	Tags []string
}

// Choice is one of the choices that the reader has. Index is what Choose takes.
type Choice struct {
	Index int
	Text  string
	Tags  []string
}

// New starts a reading. Equal seeds give equal chances.
func (p *Program) New(seed uint64) *Story {
	return &Story{program: p, vm: p.vm.New(seed)}
}

// Load returns the story that Save saved. A state of another program, of an
// unknown version or with damage is refused with an error that says so. Functions
// must be bound again.
func (p *Program) Load(state []byte) (*Story, error) {
	s, err := p.vm.Restore(state, p.Hash())
	if err != nil {
		return nil, err
	}
	return &Story{program: p, vm: s}, nil
}

// LoadEdited returns the story that Save saved, also when the author has changed
// the story since. As far as inkle's own runtime does, it goes on: variables keep
// their values by name, visits are kept by path, and the reader is where the path
// of the old place leads now, or at the start of the innermost part around it that
// is still there. Variables, list items and choices that the story no longer has
// are left out, new variables have their first value. Warnings lists what was lost.
// The error says if the knot that the reader is in, or every choice, is gone.
//
// Load is the one to use where a reading keeps the edition that it began with.
func (p *Program) LoadEdited(state []byte) (*Story, error) {
	s, err := p.vm.RestoreEdited(state)
	if err != nil {
		return nil, err
	}
	return &Story{program: p, vm: s}, nil
}

// Save returns the story's state as JSON: all that matters for how it goes on,
// except for bound functions and Warnings. It may be called at any time.
func (s *Story) Save() []byte { return s.vm.AppendSave(nil, s.program.Hash()) }

// CanContinue reports whether there is more to read before the next choice: a
// line, or the error that the story breaks with.
func (s *Story) CanContinue() bool { return s.vm.CanContinue() }

// Continue returns the next line. An error is a *RuntimeError: the story is
// broken where it says, and cannot go on. Text from before the error comes first,
// as a line of its own. A story that runs without end is broken too.
func (s *Story) Continue() (Line, error) {
	line, err := s.vm.Continue()
	s.observe()
	if err != nil {
		return Line{}, runtimeError(err)
	}
	return Line{Text: strings.TrimSuffix(line.Text, "\n"), Tags: line.Tags}, nil
}

func runtimeError(err error) error {
	var e *vm.Error
	if errors.As(err, &e) {
		return (*RuntimeError)(e)
	}
	return err
}

// Choices returns the choices that are open now; none while CanContinue. If there
// are none and the story cannot continue, it is at its end.
func (s *Story) Choices() []Choice {
	open := s.vm.Choices()
	if len(open) == 0 {
		return nil
	}
	choices := make([]Choice, len(open))
	for i, c := range open {
		choices[i] = Choice{Index: i, Text: c.Text, Tags: c.Tags}
	}
	return choices
}

// Choose takes a choice. It fails, and changes nothing, if there is none of that
// index.
func (s *Story) Choose(index int) error {
	err := s.vm.Choose(index)
	s.observe()
	return err
}

// Warnings returns what the story did since New or Load that is probably a
// mistake but did not stop it.
func (s *Story) Warnings() []string { return s.vm.Warnings() }

// Variable returns the value of a global variable: an int, float64, string, bool,
// List or Target. ok is false if the story declares none of that name.
func (s *Story) Variable(name string) (v any, ok bool) {
	value, ok := s.vm.Global(name)
	if !ok {
		return nil, false
	}
	return s.fromValue(value), true
}

// SetVariable changes a global variable, to a value of the kinds that Variable
// returns. It fails if the story declares none of that name.
func (s *Story) SetVariable(name string, v any) error {
	value, err := s.toValue(v)
	if err != nil {
		return fmt.Errorf("variable %s: %w", name, err)
	}
	err = s.vm.SetGlobal(name, value)
	s.observe()
	return err
}

// Bind gives the story's EXTERNAL function of that name to the host. Arguments
// and result are of the kinds that Variable returns; the result may also be nil.
// Arg gives an argument its type.
// An error of f stops the story. Without Bind the story calls its own function of
// the name. Bind does nothing if the story declares no such EXTERNAL, so that a
// host can offer the same functions to all stories.
//
// f is called once for each call in the story, and not before the line that the
// call comes after has been read.
func (s *Story) Bind(name string, f func(args []any) (any, error)) error {
	if f == nil {
		return fmt.Errorf("function %s: there is none to bind", name)
	}
	s.vm.Bind(name, func(values []vm.Value) (vm.Value, error) {
		args := make([]any, len(values))
		for i, v := range values {
			args[i] = s.fromValue(v)
		}
		result, err := f(args)
		if err != nil {
			return vm.Value{}, err
		}
		return s.toValue(result)
	})
	return nil
}
