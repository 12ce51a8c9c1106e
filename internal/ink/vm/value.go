package vm

import (
	"math"
	"strconv"
)

// Kind is the type of a Value. The order is ink's order of coercion: an operator
// on two kinds converts both to the later one.
type Kind uint8

// The kinds of value that a story computes with.
const (
	None    Kind = iota // no value: a variable that was never set
	Void                // the result of a function that returned nothing
	Bool                // Int below Int: operators see it as 0 or 1
	Int                 // 32 bits, wraps around
	Float               // 32 bits
	ListVal             // *List
	String
	Target  // a place in the story
	Pointer // a variable passed by reference
	tag     // a choice's tag on its way to the choice
)

var kindNames = [...]string{
	None: "nothing", Void: "void", Bool: "bool", Int: "int", Float: "float",
	ListVal: "list", String: "string", Target: "divert target", Pointer: "variable pointer", tag: "tag",
}

// String returns the kind's name for messages.
func (k Kind) String() string { return kindNames[k] }

// Value is one value of a story. It is immutable.
type Value struct {
	kind Kind
	// a is the number (for Float its bits), 1 for true, the container's ID for
	// Target, the variable's name for Pointer.
	a int32
	// b is the element for Target, the frame for Pointer: 0 global, -1 not yet
	// known, n the frame at depth n-1.
	b    int32
	str  string
	list *List
}

// Kind returns the value's type.
func (v Value) Kind() Kind { return v.kind }

// MakeInt returns n as a value.
func MakeInt(n int32) Value { return Value{kind: Int, a: n} }

// MakeFloat returns f as a value.
func MakeFloat(f float32) Value { return Value{kind: Float, a: int32(math.Float32bits(f))} }

// MakeBool returns b as a value.
func MakeBool(b bool) Value {
	v := Value{kind: Bool}
	if b {
		v.a = 1
	}
	return v
}

// MakeString returns s as a value.
func MakeString(s string) Value { return Value{kind: String, str: s} }

// MakeVoid returns the value of a function that returns nothing.
func MakeVoid() Value { return Value{kind: Void} }

func makeList(l *List) Value { return Value{kind: ListVal, list: l} }

// Int returns the number of an Int or Bool.
func (v Value) Int() int32 { return v.a }

// Float returns the number of a Float.
func (v Value) Float() float32 { return math.Float32frombits(uint32(v.a)) }

// Bool reports whether a Bool is true.
func (v Value) Bool() bool { return v.a != 0 }

// Str returns the text of a String.
func (v Value) Str() string { return v.str }

// truthy reports whether a condition on v holds; ok is false if v is no value
// that a condition can be made of.
func (v Value) truthy() (truth, ok bool) {
	switch v.kind {
	case Bool, Int:
		return v.a != 0, true
	case Float:
		return v.Float() != 0, true
	case String:
		return v.str != "", true
	case ListVal:
		return len(v.list.items) > 0, true
	case Void, None:
		return false, true
	}
	return false, false
}

// asFloat converts a Bool, Int or Float to a number with a fraction.
func (v Value) asFloat() float32 {
	if v.kind == Float {
		return v.Float()
	}
	return float32(v.a)
}

// truncate cuts the fraction off; what a whole number cannot hold becomes the
// nearest that it can, and what is no number becomes 0.
func truncate(f float32) int32 {
	switch {
	case f != f:
		return 0
	case f >= math.MaxInt32:
		return math.MaxInt32
	case f <= math.MinInt32:
		return math.MinInt32
	}
	return int32(f)
}

// text returns v as the story prints it.
func (p *Program) text(v Value) string {
	switch v.kind {
	case Bool:
		if v.a != 0 {
			return "true"
		}
		return "false"
	case Int:
		return strconv.Itoa(int(v.a))
	case Float:
		return formatFloat(v.Float())
	case String:
		return v.str
	case ListVal:
		return p.listText(v.list)
	case Target:
		return "DivertTargetValue(" + p.ref(v).Path() + ")"
	case Pointer:
		return "VariablePointerValue(" + p.names[v.a] + ")"
	}
	return ""
}

// Float printing follows .NET with the invariant culture, where ink was made:
// the shortest digits that read back the same, and scientific if the number has
// more than floatDigits digits before the point or four zeros after it.
const floatDigits = 7

func formatFloat(f float32) string {
	switch x := float64(f); {
	case math.IsNaN(x):
		return "NaN"
	case math.IsInf(x, 1):
		return "Infinity"
	case math.IsInf(x, -1):
		return "-Infinity"
	}
	var buf [32]byte
	sci := strconv.AppendFloat(buf[:0], float64(f), 'e', -1, 32)
	digits, exp := 0, 0
	for i, c := range sci {
		if c == 'e' {
			exp, _ = strconv.Atoi(string(sci[i+1:]))
			break
		}
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	if f != 0 && (exp+1 > max(digits, floatDigits) || exp < -4) {
		for i, c := range sci {
			if c == 'e' {
				sci[i] = 'E'
			}
		}
		return string(sci)
	}
	return strconv.FormatFloat(float64(f), 'f', -1, 32)
}
