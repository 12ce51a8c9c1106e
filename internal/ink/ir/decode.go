package ir

import (
	"fmt"
	"strings"
)

// Versions of the JSON format that Decode reads. The differences between them
// are only in which content they use: 21 brought tags that can hold logic.
const (
	minVersion = 19
	maxVersion = Version
)

// MaxJSON bounds the bytes that Decode reads: far above any real story (the
// largest published are about 10 MiB).
const MaxJSON = 64 << 20

// byteOrderMark begins files that ink's own compiler wrote.
const byteOrderMark = "\ufeff"

// Decode reads ink JSON of version 19 to 21 and returns the finished program.
func Decode(json []byte) (p *Program, err error) {
	if len(json) > MaxJSON {
		return nil, fmt.Errorf("ink JSON of %d bytes is larger than %d", len(json), MaxJSON)
	}
	var d decoder
	err = Scan(json, func(s *Scanner) {
		d.Scanner = s
		p = d.program()
	})
	if err == nil {
		err = d.link(p)
	}
	if err != nil {
		return nil, fmt.Errorf("ink JSON: %w", err)
	}
	return p, nil
}

type decoder struct {
	*Scanner
	depth   int
	current *Container // being read
	links   []link
}

// link is a reference whose path is resolved once the tree is complete.
type link struct {
	from *Container
	path string
	ref  *Ref
}

func (d *decoder) program() *Program {
	p := &Program{}
	version := int32(0)
	d.Expect('{')
	for first := true; d.More(first, '}'); first = false {
		switch key := d.Key(); key {
		case "inkVersion":
			version = d.Int()
			if version < minVersion || version > maxVersion {
				d.Fail("ink version %d is not known; versions %d to %d are", version, minVersion, maxVersion)
			}
		case "root":
			p.Root = d.container("")
		case "listDefs":
			p.Lists = d.listDefs()
		default:
			d.Fail("unknown key %q", key)
		}
	}
	switch {
	case version == 0:
		d.Fail("no inkVersion: this is no compiled ink story")
	case p.Root == nil:
		d.Fail("no root container")
	}
	return p
}

// link resolves all paths and finishes the program.
func (d *decoder) link(p *Program) error {
	if err := p.number(); err != nil {
		return err
	}
	for _, l := range d.links {
		var err error
		if path, relative := strings.CutPrefix(l.path, "."); relative {
			// The first "^" of content leads to the container that holds it.
			if path, relative = strings.CutPrefix(path, "^"); !relative {
				return fmt.Errorf("path %q does not begin at the parent", l.path)
			}
			if path == "" {
				*l.ref = To(l.from)
				continue
			}
			*l.ref, err = resolve(l.from, strings.TrimPrefix(path, "."))
		} else {
			*l.ref, err = resolve(p.Root, l.path)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", To(l.from).Path(), err)
		}
	}
	return p.check()
}

// container reads an array; name is that under which it stands.
func (d *decoder) container(name string) *Container {
	c := NewContainer(name)
	outer := d.current
	d.current = c
	if d.depth++; d.depth > MaxDepth {
		d.Fail("containers nest deeper than %d", MaxDepth)
	}
	d.Expect('[')
	closed := false
	for first := true; d.More(first, ']'); first = false {
		if closed {
			d.Fail("content follows a container's last element")
		}
		switch d.Peek() {
		case 'n':
			d.Word("null")
			closed = true
		case '{':
			start := d.pos
			d.pos++
			if o := d.braces(); o != nil {
				c.Content = append(c.Content, o)
			} else {
				d.pos = start
				d.terminator(c)
				closed = true
			}
		default:
			c.Content = append(c.Content, d.plain())
		}
	}
	if !closed {
		d.Fail("a container has no last element")
	}
	d.depth--
	d.current = outer
	return c
}

// plain reads content that is not in braces.
func (d *decoder) plain() Object {
	switch c := d.Peek(); {
	case c == '[':
		return d.container("")
	case c == '"':
		s := d.Text()
		if text, ok := strings.CutPrefix(s, "^"); ok {
			return Text(text)
		}
		if o, ok := words[s]; ok {
			return o
		}
		d.Fail("unknown content %q", s)
	case c == 't' || c == 'f':
		return Bool(d.Bool())
	case c == '-' || c >= '0' && c <= '9':
		return d.Number()
	}
	d.Fail("expected content")
	return nil
}

// terminator reads the object that ends a container.
func (d *decoder) terminator(c *Container) {
	d.Expect('{')
	for first := true; d.More(first, '}'); first = false {
		switch key := d.Key(); key {
		case "#f":
			n := d.Int()
			if n < 0 || n > int32(allCountFlags) {
				d.Fail("unknown container flags %d", n)
			}
			c.Flags = CountFlags(n)
		case "#n":
			c.Name = d.Text()
		default:
			if d.Peek() != '[' {
				d.Fail("unknown content or container key %q", key)
			}
			child := d.container(key)
			// The key is the name, whatever the container says of itself.
			child.Name = key
			c.Named = append(c.Named, child)
		}
	}
}

func (d *decoder) listDefs() []*ListDef {
	var defs []*ListDef
	d.Expect('{')
	for first := true; d.More(first, '}'); first = false {
		def := &ListDef{Name: d.Key()}
		d.Expect('{')
		for first := true; d.More(first, '}'); first = false {
			name := d.Key()
			def.Items = append(def.Items, ListDefItem{name, d.Int()})
		}
		defs = append(defs, def)
	}
	return defs
}

// later notes that ref is what path means, seen from the current container.
func (d *decoder) later(path string, ref *Ref) {
	d.links = append(d.links, link{d.current, path, ref})
}
