package ink

import (
	"fmt"
	"math"
	"strings"

	"storyteller/internal/ink/ir"
	"storyteller/internal/ink/vm"
)

// List is the value of a LIST variable: the items that are in it, in order of
// their values.
type List []ListItem

// ListItem is one item of a LIST definition.
type ListItem struct {
	List  string // the definition's name
	Name  string
	Value int
}

// String returns the list as a story prints it.
func (l List) String() string {
	names := make([]string, len(l))
	for i, item := range l {
		names[i] = item.Name
	}
	return strings.Join(names, ", ")
}

// Target is a divert target as a value: the path of a place in the story.
type Target string

func (s *Story) fromValue(v vm.Value) any {
	switch v.Kind() {
	case vm.Bool:
		return v.Bool()
	case vm.Int:
		return int(v.Int())
	case vm.Float:
		return float64(v.Float())
	case vm.String:
		return v.Str()
	case vm.ListVal:
		list := List{}
		for _, item := range s.program.vm.ListItems(v) {
			list = append(list, ListItem{item.List, item.Name, int(item.Value)})
		}
		return list
	case vm.Target:
		return Target(s.program.vm.TargetPath(v))
	}
	return nil
}

func (s *Story) toValue(v any) (vm.Value, error) {
	switch v := v.(type) {
	case nil:
		return vm.MakeVoid(), nil
	case bool:
		return vm.MakeBool(v), nil
	case int:
		if v < math.MinInt32 || v > math.MaxInt32 {
			return vm.Value{}, fmt.Errorf("%d does not fit into ink's 32 bits", v)
		}
		return vm.MakeInt(int32(v)), nil
	case float64:
		return vm.MakeFloat(float32(v)), nil
	case string:
		if len(v) > vm.MaxString {
			return vm.Value{}, fmt.Errorf("a string of %d bytes is longer than %d", len(v), vm.MaxString)
		}
		return vm.MakeString(strings.ToValidUTF8(v, "\ufffd")), nil
	case List:
		items := make([]ir.ListItem, len(v))
		for i, item := range v {
			items[i] = ir.ListItem{List: item.List, Name: item.Name}
		}
		return s.program.vm.MakeList(items)
	case Target:
		return s.program.vm.MakeTarget(string(v))
	}
	return vm.Value{}, fmt.Errorf("ink has no values of type %T", v)
}
