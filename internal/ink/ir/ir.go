// Package ir is the compiled form of an ink story: a tree of containers that
// hold content, the same tree that ink's runtime JSON format (version 21)
// describes. The compiler builds it, the virtual machine runs it, and nothing
// else is shared between the two.
//
// A tree is linked: a divert holds the container it leads to, not a path. Paths
// exist only in the JSON, where AppendJSON writes and Decode resolves them.
//
// To build a program, make containers with NewContainer, fill them with Add and
// AddNamed, point at them with To and At (also before they are filled or have a
// place in the tree), and call Finish once at the end.
package ir

// Program is a whole compiled story.
type Program struct {
	// Root is the container that the story starts in. Knots and functions are
	// its named containers, and so is "global decl", which sets up variables.
	Root *Container
	// Lists are the LIST definitions, in the order of their declaration.
	Lists []*ListDef
	// Files are the names of source files that Pos.File indexes. They are debug
	// information: not part of the JSON.
	Files []string

	containers []*Container // by ID, set by Finish
}

// Containers returns every container of a finished program, indexed by its ID.
func (p *Program) Containers() []*Container { return p.containers }

// ListDef is the definition of a LIST.
type ListDef struct {
	Name  string
	Items []ListDefItem // in order of declaration
}

// ListDefItem is one name of a LIST and the number it stands for.
type ListDefItem struct {
	Name  string
	Value int32
}

// GlobalDecl is the name of the root's container that declares global variables.
const GlobalDecl = "global decl"

// CountFlags say what the runtime records about visits to a container. The
// numbers are those of "#f" in the JSON.
type CountFlags uint8

// What is counted for a container.
const (
	CountVisits    CountFlags = 1 << iota // how often it was entered
	CountTurns                            // in which turn it was last entered
	CountStartOnly                        // only entries at its first element count

	allCountFlags = CountVisits | CountTurns | CountStartOnly
)

// Pos is a place in the source, for messages. The zero Pos is unknown.
type Pos struct {
	File int32 // index in Program.Files
	Line int32 // from 1; 0 means unknown
}

// Container is a sequence of content, with further containers beside it that
// are reached only by name.
type Container struct {
	Name    string       // "" if it has none; unique within its parent
	Content []Object     // run in order
	Named   []*Container // reached only by diverts, in order of addition
	Flags   CountFlags

	// ID numbers the containers of a finished program, parents before children.
	ID int32
	// Index is the place in the parent's Content, or -1 for one of its Named.
	// Set by Finish.
	Index int32

	parent *Container
	byName map[string]*Container // of a finished container with many names
	pos    []Pos                 // of Content; may be shorter
}

// NewContainer returns an empty container; name may be "".
func NewContainer(name string) *Container {
	return &Container{Name: name, Index: -1}
}

// Parent returns the container that holds c, nil for the root. It is known once
// the program is finished.
func (c *Container) Parent() *Container { return c.parent }

// Add appends content without a source position.
func (c *Container) Add(objs ...Object) { c.Content = append(c.Content, objs...) }

// firstContent is the room that a container begins with: most have a handful of
// elements, and growing from one on would take an allocation for each.
const firstContent = 8

// AddAt appends content that comes from one place in the source.
func (c *Container) AddAt(pos Pos, objs ...Object) {
	if c.Content == nil {
		c.Content = make([]Object, 0, max(firstContent, len(objs)))
	}
	if c.pos == nil {
		c.pos = make([]Pos, 0, cap(c.Content))
	}
	for len(c.pos) < len(c.Content) {
		c.pos = append(c.pos, Pos{})
	}
	c.Content = append(c.Content, objs...)
	for range objs {
		c.pos = append(c.pos, pos)
	}
}

// AddNamed appends containers that are reached only by name; each needs one.
func (c *Container) AddNamed(named ...*Container) { c.Named = append(c.Named, named...) }

// Pos returns the source position of Content[i], if it is known.
func (c *Container) Pos(i int) Pos {
	if i < 0 || i >= len(c.pos) {
		return Pos{}
	}
	return c.pos[i]
}

// Ref points into the tree: at a whole container, or at one element of it.
type Ref struct {
	C     *Container
	Index int32 // element of C.Content, or -1 for C itself
}

// To points at a container as a whole: its start.
func To(c *Container) Ref { return Ref{C: c, Index: -1} }

// At points at element i of c's content. i may be one past the end.
func At(c *Container, i int) Ref { return Ref{C: c, Index: int32(i)} }
