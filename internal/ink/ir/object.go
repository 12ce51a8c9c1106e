package ir

// Object is one piece of content. The set is closed: *Container, Text, Glue,
// Command, Native, Void, Int, Float, Bool, *DivertTarget, VarPointer, *List,
// *Divert, *ChoicePoint, VarAssign, VarRef, *ReadCount, Tag.
//
// The kinds that hold a Ref are pointers, so that a compiler can fill in the
// target after it has placed them.
type Object interface{ object() }

// Text is output, or a string value within an expression. A line break is a
// Text of its own: Newline.
type Text string

// Newline ends a line of output.
const Newline Text = "\n"

// Glue joins the text before it with the text after it on one line.
type Glue struct{}

// Void is the value of a function that returned none.
type Void struct{}

// Int is a whole number.
type Int int32

// Float is a number with a fraction.
type Float float32

// Bool is true or false.
type Bool bool

// DivertTarget is a place in the story used as a value: -> knot.
type DivertTarget struct{ To Ref }

// VarPointer is a variable passed by reference.
type VarPointer struct{ Name string }

// ListItem names an item of a LIST definition.
type ListItem struct {
	List, Name string
	Value      int32
}

// List is a set of list items. Origins name the definitions that an empty list
// belongs to; those of a list with items follow from the items.
type List struct {
	Items   []ListItem
	Origins []string
}

// DivertKind says how a divert treats the call stack.
type DivertKind uint8

// The kinds of divert, with their keys in the JSON.
const (
	Goto     DivertKind = iota // "->": leave for good
	Function                   // "f()": call, to come back with a value
	Tunnel                     // "->t->": call, to come back with ->->
	External                   // "x()": call a function of the host
)

// Divert moves the flow elsewhere. Exactly one of To, Var and External is set.
type Divert struct {
	Kind        DivertKind
	To          Ref    // where to
	Var         string // the variable that holds where to
	External    string // for kind External: the function's name
	Args        int    // for kind External: how many arguments it takes
	Conditional bool   // pops a value and diverts only if it is true
}

// ChoiceFlags say what a choice point finds on the evaluation stack and how it
// behaves. The numbers are those of "flg" in the JSON.
type ChoiceFlags uint8

// The flags of a choice point.
const (
	HasCondition         ChoiceFlags = 1 << iota // a condition is on the stack
	HasStartContent                              // a text: before the bracket
	HasChoiceOnlyContent                         // a text: in the bracket
	InvisibleDefault                             // taken when no other choice is left
	OnceOnly                                     // not offered again once taken

	allChoiceFlags = HasCondition | HasStartContent | HasChoiceOnlyContent | InvisibleDefault | OnceOnly
)

// ChoicePoint offers a choice that leads to To.
type ChoicePoint struct {
	To    Ref
	Flags ChoiceFlags
}

// VarAssign pops a value and gives it to a variable.
type VarAssign struct {
	Name   string
	Global bool // VAR rather than temp; decides only where a new one is declared
	New    bool // declares the variable
}

// VarRef pushes the value of a variable or the list item of that name.
type VarRef struct{ Name string }

// ReadCount pushes how often the container at To was visited.
type ReadCount struct{ To Ref }

// Tag is a tag as formats before version 21 wrote it.
type Tag string

func (*Container) object()    {}
func (Text) object()          {}
func (Glue) object()          {}
func (Void) object()          {}
func (Int) object()           {}
func (Float) object()         {}
func (Bool) object()          {}
func (*DivertTarget) object() {}
func (VarPointer) object()    {}
func (*List) object()         {}
func (*Divert) object()       {}
func (*ChoicePoint) object()  {}
func (VarAssign) object()     {}
func (VarRef) object()        {}
func (*ReadCount) object()    {}
func (Tag) object()           {}
func (Command) object()       {}
func (Native) object()        {}
