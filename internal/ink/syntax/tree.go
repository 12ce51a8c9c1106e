package syntax

// Node is anything that can stand in the body of a story, knot, branch or line.
type Node interface{ Pos() Pos }

// Place is where a node starts.
type Place struct{ At Pos }

// Pos is the place.
func (p Place) Pos() Pos { return p.At }

// Ident is a name as written.
type Ident struct {
	Name string
	At   Pos
}

// File is what one source file says. Body holds the knots, too, in the order in which they were written.
type File struct {
	Source *Source
	Body   []Node
}

// Level says how deep in a story a flow stands.
type Level uint8

// The levels at which names of content live.
const (
	LevelStory Level = iota
	LevelKnot
	LevelStitch
)

// Flow is a knot, a function or a stitch. The stitches of a knot are in its Body.
type Flow struct {
	Place
	Name     Ident
	Level    Level // LevelKnot or LevelStitch
	Function bool
	Params   []Param
	Body     []Node
}

// Param is one parameter of a flow or of an external function.
type Param struct {
	Name   Ident
	Ref    bool // ref x: the caller's variable itself
	Divert bool // -> x: a divert target
}

// Text is plain text, escapes already resolved. A line's end is a Text of its own, "\n".
type Text struct {
	Place
	Text string
}

// Glue is <>.
type Glue struct{ Place }

// TagStart and TagEnd stand around the content of a tag.
type (
	TagStart struct{ Place }
	TagEnd   struct{ Place }
)

// Divert is -> target, a tunnel -> target -> or a thread <- target.
type Divert struct {
	Place
	Target []Ident
	Args   []Expr
	Tunnel bool
	Thread bool
	Empty  bool // a lone -> as the mark of a fallback choice
}

// TunnelOnwards is ->-> with, possibly, another place to go on at.
type TunnelOnwards struct {
	Place
	After *Divert
}

// Choice is * or +. Its three contents are what stands before, within and after the square brackets; a nil one is absent.
type Choice struct {
	Place
	Label    *Ident
	Depth    int // number of bullets
	Sticky   bool
	Cond     Expr // nil if there is none
	Start    []Node
	Only     []Node
	Inner    []Node // with its diverts and line end, never nil
	Fallback bool   // no text at all: taken when nothing else can be
}

// Gather is a line's leading dashes.
type Gather struct {
	Place
	Label *Ident
	Depth int // number of dashes
}

// Output is {expression} within text.
type Output struct {
	Place
	X Expr
}

// Conditional is {x: a|b} and all its block forms.
type Conditional struct {
	Place
	X        Expr // nil if each branch has its own condition
	Branches []*Branch
	Inline   bool
}

// Branch is one way through a Conditional.
type Branch struct {
	Place
	Cond    Expr // nil for the plain true and else branches
	Equals  bool // compare Cond with the Conditional's X
	True    bool // taken when X holds
	Else    bool
	HasBody bool // false for the empty branch before a lone else
	Body    []Node
}

// SequenceKind is a set of flags that say how a Sequence goes on.
type SequenceKind uint8

// The flags of a SequenceKind. Shuffle may be joined with Once or Stopping.
const (
	Stopping SequenceKind = 1 << iota
	Cycle
	Shuffle
	Once
)

// Sequence is {a|b}, {&a|b}, {stopping: ...} and so on.
type Sequence struct {
	Place
	Kind     SequenceKind
	Elements [][]Node
}

// Assign is ~ x = 5, and with Temp ~ temp x = 5.
type Assign struct {
	Place
	Name Ident
	X    Expr
	Temp bool
}

// Eval is a ~ line that calls a function, or counts a variable up or down.
type Eval struct {
	Place
	X Expr
}

// Return is ~ return; X may be nil.
type Return struct {
	Place
	X Expr
}

// VarDecl is VAR x = 5. X is nil only if an error was reported.
type VarDecl struct {
	Place
	Name Ident
	X    Expr
}

// ConstDecl is CONST x = 5. X is nil only if an error was reported.
type ConstDecl struct {
	Place
	Name Ident
	X    Expr
}

// ListDecl is LIST x = a, (b), c = 5.
type ListDecl struct {
	Place
	Name  Ident
	Items []ListItem
}

// ListItem is one item of a ListDecl, its value worked out.
type ListItem struct {
	Name  Ident
	Value int32
	In    bool // in parentheses: the list starts with it
}

// External is EXTERNAL f(x, y).
type External struct {
	Place
	Name   Ident
	Params []Param
}

// Include is INCLUDE file.
type Include struct {
	Place
	Path string
}

// Note is a TODO: line.
type Note struct {
	Place
	Text string
}
