package vm

import (
	"fmt"

	"storyteller/internal/ink/ir"
)

// What the host sees of variables and values.

// Global returns the value of a global variable; ok is false if there is none of
// that name.
func (s *Story) Global(name string) (v Value, ok bool) {
	n, ok := s.p.byName[name]
	if !ok || s.p.global[n] < 0 {
		return Value{}, false
	}
	v = s.globals[s.p.global[n]]
	if v.kind == Pointer {
		v = s.dereference(v)
	}
	return v, true
}

// SetGlobal changes a global variable of the story.
func (s *Story) SetGlobal(name string, v Value) error {
	n, ok := s.p.byName[name]
	if !ok || s.p.global[n] < 0 {
		return fmt.Errorf("the story has no variable %q", name)
	}
	if v.kind <= Void {
		return fmt.Errorf("variable %s: %s is no value", name, v.kind)
	}
	s.storeGlobal(s.p.global[n], v)
	return nil
}

// ListItems returns the items of a ListVal in order of their values.
func (p *Program) ListItems(v Value) []ir.ListItem {
	if v.kind != ListVal {
		return nil
	}
	var items []ir.ListItem
	for _, n := range p.ordered(v.list) {
		it := &p.items[n]
		items = append(items, ir.ListItem{List: p.lists[it.def].name, Name: it.name, Value: it.value})
	}
	return items
}

// MakeList returns the list of some items; their values are the program's.
func (p *Program) MakeList(items []ir.ListItem) (Value, error) {
	l := &List{}
	for _, it := range items {
		n, ok := p.itemName[it.List+"."+it.Name]
		if !ok {
			return Value{}, fmt.Errorf("the story has no list item %s.%s", it.List, it.Name)
		}
		if !l.has(n) {
			l.items = append(l.items, n)
		}
	}
	return makeList(l), nil
}

// TargetPath returns the path of the place that a Target stands for.
func (p *Program) TargetPath(v Value) string {
	if v.kind != Target {
		return ""
	}
	return p.ref(v).Path()
}

// MakeTarget returns the place at a path as a value.
func (p *Program) MakeTarget(path string) (Value, error) {
	ref, err := p.src.Resolve(path)
	if err != nil {
		return Value{}, err
	}
	return makeTarget(ref), nil
}
