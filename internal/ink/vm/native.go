package vm

import (
	"fmt"
	"math"
	"strings"

	"storyteller/internal/ink/ir"
)

// unary applies an operator of one operand.
func (p *Program) unary(op ir.Native, v Value) (Value, error) {
	switch v.kind {
	case Bool, Int:
		switch op {
		case ir.Negate:
			return MakeInt(-v.a), nil
		case ir.Not:
			return MakeBool(v.a == 0), nil
		case ir.Floor, ir.Ceiling, ir.ToInt:
			return MakeInt(v.a), nil
		case ir.ToFloat:
			return MakeFloat(float32(v.a)), nil
		}
	case Float:
		return unaryFloat(op, v)
	case ListVal:
		return p.unaryList(op, v.list)
	}
	return Value{}, cannot(op, v)
}

// cannot is the error for an operator that a value has no use for.
func cannot(op ir.Native, v Value) error {
	if v.kind == Void || v.kind == None {
		return fmt.Errorf("cannot perform %s on a void value: did you forget to return a value from a function?", op)
	}
	return fmt.Errorf("cannot perform operation %s on a %s", op, v.kind)
}

func unaryFloat(op ir.Native, v Value) (Value, error) {
	f := v.Float()
	switch op {
	case ir.Negate:
		return MakeFloat(-f), nil
	case ir.Not:
		return MakeBool(f == 0), nil
	case ir.Floor:
		return MakeFloat(float32(math.Floor(float64(f)))), nil
	case ir.Ceiling:
		return MakeFloat(float32(math.Ceil(float64(f)))), nil
	case ir.ToInt:
		return MakeInt(truncate(f)), nil
	case ir.ToFloat:
		return v, nil
	}
	return Value{}, cannot(op, v)
}

func (p *Program) unaryList(op ir.Native, l *List) (Value, error) {
	switch op {
	case ir.Not:
		// A number, not a bool: ink prints it as such.
		if len(l.items) == 0 {
			return MakeInt(1), nil
		}
		return MakeInt(0), nil
	case ir.ListMin:
		return makeList(p.single(l, lowest)), nil
	case ir.ListMax:
		return makeList(p.single(l, highest)), nil
	case ir.ListAll:
		return makeList(p.all(l)), nil
	case ir.ListCount:
		return MakeInt(int32(len(l.items))), nil
	case ir.ListValue:
		return MakeInt(p.value(l, highest)), nil
	case ir.ListInvert:
		all := p.all(l)
		inverse := p.without(all, l)
		if len(inverse.items) == 0 {
			inverse = emptyList
		}
		return makeList(inverse), nil
	}
	return Value{}, cannot(op, makeList(l))
}

// binary applies an operator of two operands.
func (p *Program) binary(op ir.Native, x, y Value) (Value, error) {
	if x.kind == Int && y.kind == Int {
		return binaryInt(op, x.a, y.a)
	}
	switch {
	case x.kind <= Void || x.kind == tag:
		return Value{}, cannot(op, x)
	case y.kind <= Void || y.kind == tag:
		return Value{}, cannot(op, y)
	case x.kind == ListVal || y.kind == ListVal:
		return p.binaryList(op, x, y)
	}
	switch max(x.kind, y.kind) {
	case Bool, Int:
		return binaryInt(op, x.a, y.a)
	case Float:
		return binaryFloat(op, x.asFloat(), y.asFloat())
	case String:
		return binaryString(op, p.text(x), p.text(y))
	case Target:
		return binaryTarget(op, x, y)
	}
	return Value{}, mixed(op, x, y)
}

func mixed(op ir.Native, x, y Value) error {
	return fmt.Errorf("cannot use operation %s on %s and %s", op, x.kind, y.kind)
}

func binaryInt(op ir.Native, x, y int32) (Value, error) {
	switch op {
	case ir.Add:
		return MakeInt(x + y), nil
	case ir.Subtract:
		return MakeInt(x - y), nil
	case ir.Multiply:
		return MakeInt(x * y), nil
	case ir.Divide, ir.Mod:
		switch {
		case y == 0:
			return Value{}, fmt.Errorf("division by zero")
		case op == ir.Divide:
			return MakeInt(x / y), nil
		}
		return MakeInt(x % y), nil
	case ir.Equal:
		return MakeBool(x == y), nil
	case ir.NotEqual:
		return MakeBool(x != y), nil
	case ir.Greater:
		return MakeBool(x > y), nil
	case ir.Less:
		return MakeBool(x < y), nil
	case ir.GreaterEq:
		return MakeBool(x >= y), nil
	case ir.LessEq:
		return MakeBool(x <= y), nil
	case ir.And:
		return MakeBool(x != 0 && y != 0), nil
	case ir.Or:
		return MakeBool(x != 0 || y != 0), nil
	case ir.Min:
		return MakeInt(min(x, y)), nil
	case ir.Max:
		return MakeInt(max(x, y)), nil
	case ir.Pow:
		// A float even for whole numbers, as in ink.
		return MakeFloat(float32(math.Pow(float64(x), float64(y)))), nil
	}
	return Value{}, cannot(op, MakeInt(x))
}

func binaryFloat(op ir.Native, x, y float32) (Value, error) {
	switch op {
	case ir.Add:
		return MakeFloat(x + y), nil
	case ir.Subtract:
		return MakeFloat(x - y), nil
	case ir.Multiply:
		return MakeFloat(x * y), nil
	case ir.Divide:
		return MakeFloat(x / y), nil
	case ir.Mod:
		return MakeFloat(float32(math.Mod(float64(x), float64(y)))), nil
	case ir.Equal:
		return MakeBool(x == y), nil
	case ir.NotEqual:
		return MakeBool(x != y), nil
	case ir.Greater:
		return MakeBool(x > y), nil
	case ir.Less:
		return MakeBool(x < y), nil
	case ir.GreaterEq:
		return MakeBool(x >= y), nil
	case ir.LessEq:
		return MakeBool(x <= y), nil
	case ir.And:
		return MakeBool(x != 0 && y != 0), nil
	case ir.Or:
		return MakeBool(x != 0 || y != 0), nil
	case ir.Min:
		return MakeFloat(min(x, y)), nil
	case ir.Max:
		return MakeFloat(max(x, y)), nil
	case ir.Pow:
		return MakeFloat(float32(math.Pow(float64(x), float64(y)))), nil
	}
	return Value{}, cannot(op, MakeFloat(x))
}

func binaryString(op ir.Native, x, y string) (Value, error) {
	switch op {
	case ir.Add:
		if len(x)+len(y) > MaxString {
			return Value{}, fmt.Errorf("a string is longer than %d bytes", MaxString)
		}
		return MakeString(x + y), nil
	case ir.Equal:
		return MakeBool(x == y), nil
	case ir.NotEqual:
		return MakeBool(x != y), nil
	case ir.Has:
		return MakeBool(strings.Contains(x, y)), nil
	case ir.HasNot:
		return MakeBool(!strings.Contains(x, y)), nil
	}
	return Value{}, cannot(op, MakeString(x))
}

func binaryTarget(op ir.Native, x, y Value) (Value, error) {
	if x.kind == y.kind {
		switch op {
		case ir.Equal:
			return MakeBool(x.a == y.a && x.b == y.b), nil
		case ir.NotEqual:
			return MakeBool(x.a != y.a || x.b != y.b), nil
		}
	}
	return Value{}, mixed(op, x, y)
}

// binaryList applies an operator of which at least one operand is a list.
func (p *Program) binaryList(op ir.Native, x, y Value) (Value, error) {
	if x.kind == ListVal && y.kind == Int {
		switch op {
		case ir.Add:
			return makeList(p.shift(x.list, y.a)), nil
		case ir.Subtract:
			return makeList(p.shift(x.list, -y.a)), nil
		}
	}
	if op == ir.And || op == ir.Or {
		a, okA := x.truthy()
		b, okB := y.truthy()
		if okA && okB {
			return MakeBool(a && b || op == ir.Or && (a || b)), nil
		}
	}
	if x.kind != ListVal || y.kind != ListVal {
		return Value{}, mixed(op, x, y)
	}
	l, m := x.list, y.list
	switch op {
	case ir.Add:
		return makeList(p.union(l, m)), nil
	case ir.Subtract:
		return makeList(p.without(l, m)), nil
	case ir.Has:
		return MakeBool(l.containsAll(m)), nil
	case ir.HasNot:
		return MakeBool(!l.containsAll(m)), nil
	case ir.Intersect:
		return makeList(intersect(l, m)), nil
	case ir.Equal:
		return MakeBool(l.equal(m)), nil
	case ir.NotEqual:
		return MakeBool(!l.equal(m)), nil
	case ir.Less, ir.LessEq, ir.Greater, ir.GreaterEq:
		return MakeBool(p.compareLists(op, l, m)), nil
	}
	return Value{}, cannot(op, x)
}
