package ink

import (
	"fmt"

	"storyteller/internal/ink/vm"
)

// observer is who is told of a variable, and what they were told.
type observer struct {
	name string
	last vm.Value
	f    func(name string, value any)
}

// Observe calls f with the new value of a global variable when it has changed:
// after each Continue, Choose or SetVariable at whose end it is another than
// before, so once a line however often the story changes it. Observers are not
// part of a saved state. It fails if the story declares no variable of that name.
//
// f may read the story; it must not change it or go on with it.
func (s *Story) Observe(name string, f func(name string, value any)) error {
	value, ok := s.vm.Global(name)
	switch {
	case !ok:
		return fmt.Errorf("the story has no variable %q", name)
	case f == nil:
		return fmt.Errorf("variable %s: there is no function to call", name)
	}
	s.observers = append(s.observers, observer{name, value, f})
	return nil
}

// observe tells the observers what has changed.
func (s *Story) observe() {
	for i := range s.observers {
		o := &s.observers[i]
		if value, _ := s.vm.Global(o.name); !value.Same(o.last) {
			o.last = value
			o.f(o.name, s.fromValue(value))
		}
	}
}

// Value is what a story computes with, as Go has it.
type Value interface {
	int | float64 | string | bool | List | Target
}

// Arg returns the argument at an index of a function that Bind bound, as T. A
// whole number or a truth is taken for a float64, and a number for a bool, as ink
// itself does. The error says what is wrong with the call.
func Arg[T Value](args []any, index int) (T, error) {
	var want T
	if index < 0 || index >= len(args) {
		return want, fmt.Errorf("argument %d is missing: the story gives %d", index+1, len(args))
	}
	got := args[index]
	switch any(want).(type) {
	case float64:
		switch v := got.(type) {
		case int:
			got = float64(v)
		case bool:
			got = 0.0
			if v {
				got = 1.0
			}
		}
	case bool:
		switch v := got.(type) {
		case int:
			got = v != 0
		case float64:
			got = v != 0
		}
	}
	if v, ok := got.(T); ok {
		return v, nil
	}
	return want, fmt.Errorf("argument %d is a %T, not a %T", index+1, args[index], want)
}
