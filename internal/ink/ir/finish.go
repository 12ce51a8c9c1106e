package ir

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// MaxDepth bounds how deep containers nest. The deepest real stories stay below
// 100; the bound keeps recursion over the tree, here and elsewhere, safe.
const MaxDepth = 2000

// Finish numbers the containers, links each to its parent and checks the tree:
// every container in one place, names unique beside each other, targets inside
// the tree. It must be called once, when the tree is complete. An error means
// that whoever built the tree is at fault.
func (p *Program) Finish() error {
	if err := p.number(); err != nil {
		return err
	}
	return p.check()
}

// check looks at all content of a numbered program.
func (p *Program) check() error {
	for _, c := range p.containers {
		for i, o := range c.Content {
			if err := p.checkObject(o); err != nil {
				return fmt.Errorf("%s: %w", At(c, i).Path(), err)
			}
		}
	}
	return nil
}

// number gives every container its ID, parent and index.
func (p *Program) number() error {
	if p.Root == nil {
		return fmt.Errorf("a program needs a root container")
	}
	p.containers = nil
	return p.link(p.Root, nil, -1, 0)
}

func (p *Program) link(c, parent *Container, index int32, depth int) error {
	if depth > MaxDepth {
		return fmt.Errorf("containers nest deeper than %d", MaxDepth)
	}
	if c.parent = parent; p.owns(c) {
		return fmt.Errorf("container %q is in the tree twice", c.Name)
	}
	c.ID, c.Index = int32(len(p.containers)), index
	p.containers = append(p.containers, c)
	for i, o := range c.Content {
		if child, ok := o.(*Container); ok {
			if err := p.link(child, c, int32(i), depth+1); err != nil {
				return err
			}
		}
	}
	for _, child := range c.Named {
		if child.Name == "" {
			return fmt.Errorf("%s: a container reached by name has none", To(c).Path())
		}
		if err := p.link(child, c, -1, depth+1); err != nil {
			return err
		}
	}
	return checkNames(c)
}

// owns reports whether c already has its number in this program.
func (p *Program) owns(c *Container) bool {
	return c.ID >= 0 && int(c.ID) < len(p.containers) && p.containers[c.ID] == c
}

// manyNames is the number of names from which a container keeps a map of them:
// below it a linear search is as fast and smaller.
const manyNames = 8

// checkNames refuses two containers of one name beside each other.
func checkNames(c *Container) error {
	var few [manyNames]string
	n := 0
	for child := range c.children {
		if child.Name == "" {
			continue
		}
		if _, number := index(child.Name); number || strings.ContainsAny(child.Name, ".^") {
			return fmt.Errorf("%s: a container called %q, which no path can name", To(c).Path(), child.Name)
		}
		double := false
		switch {
		case n < manyNames:
			double = slices.Contains(few[:n], child.Name)
			few[n] = child.Name
		case n == manyNames:
			c.byName = make(map[string]*Container)
			for child := range c.children {
				double = double || child.Name != "" && c.byName[child.Name] != nil
				c.byName[child.Name] = child
			}
		}
		if double {
			return fmt.Errorf("%s: two containers of one name (%q)", To(c).Path(), child.Name)
		}
		n++
	}
	return nil
}

// children yields every container directly within c.
func (c *Container) children(yield func(*Container) bool) {
	for _, n := range c.Named {
		if !yield(n) {
			return
		}
	}
	for _, o := range c.Content {
		if n, ok := o.(*Container); ok && !yield(n) {
			return
		}
	}
}

func (p *Program) checkObject(o Object) error {
	switch o := o.(type) {
	case *Divert:
		switch {
		case o.Kind == External && (o.External == "" || o.Args < 0):
			return fmt.Errorf("a call of an external function needs its name")
		case o.Kind == External || o.Var != "":
			return nil
		}
		return p.checkRef(&o.To)
	case *DivertTarget:
		return p.checkRef(&o.To)
	case *ChoicePoint:
		return p.checkRef(&o.To)
	case *ReadCount:
		return p.checkRef(&o.To)
	case nil:
		return fmt.Errorf("content is nil")
	}
	return nil
}

// checkRef checks that r is inside the tree. The root cannot be named by a path,
// so a reference to it becomes one to its first element.
func (p *Program) checkRef(r *Ref) error {
	if r.C == nil {
		return fmt.Errorf("a target is missing")
	}
	if !p.owns(r.C) {
		return fmt.Errorf("target %q is not in the tree", r.C.Name)
	}
	if r.C == p.Root && r.Index < 0 {
		r.Index = 0
	}
	if r.Index < -1 || int(r.Index) > len(r.C.Content) {
		return fmt.Errorf("target %s is out of range", r.Path())
	}
	return nil
}

// Path returns the absolute path of r as the JSON writes it, such as
// "knot.0.c-1". The program must be finished.
func (r Ref) Path() string {
	var parts []string
	if r.Index >= 0 {
		parts = append(parts, strconv.Itoa(int(r.Index)))
	}
	for c := r.C; c != nil && c.parent != nil; c = c.parent {
		if c.Name != "" {
			parts = append(parts, c.Name)
		} else {
			parts = append(parts, strconv.Itoa(int(c.Index)))
		}
	}
	slices.Reverse(parts)
	return strings.Join(parts, ".")
}

// Resolve finds the place that an absolute path names.
func (p *Program) Resolve(path string) (Ref, error) {
	return resolve(p.Root, path)
}

// Near finds the place that a path named in another edition of the story: its own
// place if it is still there, the end of a container that has become shorter, or
// else the start of the innermost container around it that is. ok is false if
// there is not even the outermost.
func (p *Program) Near(path string) (r Ref, ok bool) {
	if r, err := p.Resolve(path); err == nil {
		return r, true
	}
	for path != "" {
		dot := max(strings.LastIndexByte(path, '.'), 0)
		last := strings.TrimPrefix(path[dot:], ".")
		if path = path[:dot]; path == "" {
			break
		}
		r, err := p.Resolve(path)
		if err != nil {
			continue
		}
		c := r.C
		if r.Index >= 0 {
			if int(r.Index) >= len(c.Content) {
				return r, true
			}
			inner, within := c.Content[r.Index].(*Container)
			if !within {
				return r, true
			}
			c = inner
		}
		if _, ok := index(last); ok {
			return At(c, len(c.Content)), true
		}
		return To(c), true
	}
	return Ref{}, false
}

// resolve walks path from c. Each part is an index, a name, or "^" for the
// parent. An index counts as an element unless more of the path follows.
func resolve(c *Container, path string) (Ref, error) {
	for rest, more := path, true; more; {
		var part string
		part, rest, more = strings.Cut(rest, ".")
		if i, ok := index(part); ok {
			if i > len(c.Content) {
				return Ref{}, fmt.Errorf("path %q: no element %d", path, i)
			}
			if !more {
				return At(c, i), nil
			}
			child, ok := Object(nil), false
			if i < len(c.Content) {
				child = c.Content[i]
			}
			if c, ok = child.(*Container); !ok {
				return Ref{}, fmt.Errorf("path %q: element %d is no container", path, i)
			}
			continue
		}
		next := c.child(part)
		if next == nil {
			return Ref{}, fmt.Errorf("path %q: nothing is named %q there", path, part)
		}
		c = next
	}
	return To(c), nil
}

// index reads a part of a path that is a number. strconv would make an error of
// every name.
func index(part string) (i int, ok bool) {
	const most = 9 // digits that cannot overflow
	for k := range len(part) {
		c := part[k] - '0'
		if c > 9 || k == most {
			return 0, false
		}
		i = i*10 + int(c)
	}
	return i, part != ""
}

// child returns the container that one name leads to from c, or nil.
func (c *Container) child(name string) *Container {
	if name == "^" {
		return c.parent
	}
	if c.byName != nil {
		return c.byName[name]
	}
	for n := range c.children {
		if n.Name == name {
			return n
		}
	}
	return nil
}
