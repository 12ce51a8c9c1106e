package vm

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"storyteller/internal/ink/ir"
)

// List is a set of items of LIST definitions, in the order in which they were
// added. It is immutable.
type List struct {
	items []int32 // indices into Program.items
	// origins are the definitions that an empty list belongs to. Those of a list
	// with items follow from the items.
	origins []int32
}

var emptyList = &List{}

// listDef is a LIST; its items lie together in Program.items.
type listDef struct {
	name       string
	start, end int32
}

// listItem is one item of a LIST.
type listItem struct {
	def   int32
	name  string
	value int32
}

func (p *Program) fullName(item int32) string {
	it := &p.items[item]
	return p.lists[it.def].name + "." + it.name
}

// itemOfValue finds the item of a definition that stands for a number.
func (p *Program) itemOfValue(def, value int32) (item int32, ok bool) {
	d := &p.lists[def]
	for i := d.start; i < d.end; i++ {
		if p.items[i].value == value {
			return i, true
		}
	}
	return 0, false
}

// origins returns the definitions that a list's items come from.
func (p *Program) origins(l *List) []int32 {
	if len(l.items) == 0 {
		return l.origins
	}
	var defs []int32
	for _, item := range l.items {
		if def := p.items[item].def; !slices.Contains(defs, def) {
			defs = append(defs, def)
		}
	}
	return defs
}

// emptyOf returns an empty list that remembers what l belongs to.
func (p *Program) emptyOf(l *List) *List { return &List{origins: p.origins(l)} }

// ordered returns the items by value, and by list where values are equal.
func (p *Program) ordered(l *List) []int32 {
	sorted := slices.IsSortedFunc(l.items, p.compareItems)
	if sorted {
		return l.items
	}
	items := slices.Clone(l.items)
	slices.SortStableFunc(items, p.compareItems)
	return items
}

func (p *Program) compareItems(x, y int32) int {
	a, b := &p.items[x], &p.items[y]
	if c := cmp.Compare(a.value, b.value); c != 0 {
		return c
	}
	return cmp.Compare(p.lists[a.def].name, p.lists[b.def].name)
}

func (p *Program) listText(l *List) string {
	var b strings.Builder
	for i, item := range p.ordered(l) {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(p.items[item].name)
	}
	return b.String()
}

// extreme returns the first item of the lowest (sign < 0) or highest value.
func (p *Program) extreme(l *List, sign int) (item int32, ok bool) {
	for i, it := range l.items {
		if i == 0 || cmp.Compare(p.items[it].value, p.items[item].value) == sign {
			item = it
		}
	}
	return item, len(l.items) > 0
}

// value returns the lowest or highest value in a list, 0 if it is empty.
func (p *Program) value(l *List, sign int) int32 {
	if item, ok := p.extreme(l, sign); ok {
		return p.items[item].value
	}
	return 0
}

const (
	lowest  = -1
	highest = 1
)

func (l *List) has(item int32) bool { return slices.Contains(l.items, item) }

// containsAll is ink's ?: an empty list neither contains nor is contained.
func (l *List) containsAll(m *List) bool {
	if len(l.items) == 0 || len(m.items) == 0 {
		return false
	}
	for _, item := range m.items {
		if !l.has(item) {
			return false
		}
	}
	return true
}

func (l *List) equal(m *List) bool {
	return len(l.items) == len(m.items) && (len(l.items) == 0 || l.containsAll(m))
}

func (p *Program) union(l, m *List) *List {
	if len(m.items) == 0 {
		return l
	}
	items := slices.Clone(l.items)
	for _, item := range m.items {
		if !l.has(item) {
			items = append(items, item)
		}
	}
	return &List{items: items}
}

func (p *Program) without(l, m *List) *List {
	var items []int32
	for _, item := range l.items {
		if !m.has(item) {
			items = append(items, item)
		}
	}
	if len(items) == 0 {
		return p.emptyOf(l)
	}
	return &List{items: items}
}

func intersect(l, m *List) *List {
	var items []int32
	for _, item := range l.items {
		if m.has(item) {
			items = append(items, item)
		}
	}
	return &List{items: items}
}

// all returns every item of the definitions that l comes from.
func (p *Program) all(l *List) *List {
	var items []int32
	for _, def := range p.origins(l) {
		for i := p.lists[def].start; i < p.lists[def].end; i++ {
			items = append(items, i)
		}
	}
	return &List{items: items}
}

// single returns the list of one extreme item of l.
func (p *Program) single(l *List, sign int) *List {
	if item, ok := p.extreme(l, sign); ok {
		return &List{items: []int32{item}}
	}
	return emptyList
}

// shift moves every item of l by n values within its definition; items that
// would leave it are dropped.
func (p *Program) shift(l *List, n int32) *List {
	var items []int32
	for _, item := range l.items {
		it := &p.items[item]
		if to, ok := p.itemOfValue(it.def, it.value+n); ok && !slices.Contains(items, to) {
			items = append(items, to)
		}
	}
	return &List{items: items}
}

// subRange returns the items of l between two bounds, each a number or a list.
func (p *Program) subRange(l *List, low, high Value) *List {
	if len(l.items) == 0 {
		return emptyList
	}
	from, to := int32(0), int32(math.MaxInt32)
	switch {
	case low.kind == Int:
		from = low.a
	case low.kind == ListVal && len(low.list.items) > 0:
		from = p.value(low.list, lowest)
	}
	switch {
	case high.kind == Int:
		to = high.a
	case high.kind == ListVal && len(high.list.items) > 0:
		to = p.value(high.list, highest)
	}
	var items []int32
	for _, item := range p.ordered(l) {
		if v := p.items[item].value; v >= from && v <= to {
			items = append(items, item)
		}
	}
	if len(items) == 0 {
		return p.emptyOf(l)
	}
	return &List{items: items}
}

// compareLists decides <, <=, > and >= as ink does: by the extremes.
func (p *Program) compareLists(op ir.Native, l, m *List) bool {
	switch op {
	case ir.Less:
		l, m, op = m, l, ir.Greater
	case ir.LessEq:
		l, m, op = m, l, ir.GreaterEq
	}
	switch {
	case len(l.items) == 0:
		return false
	case len(m.items) == 0:
		return true
	case op == ir.Greater:
		return p.value(l, lowest) > p.value(m, highest)
	}
	return p.value(l, lowest) >= p.value(m, lowest) && p.value(l, highest) >= p.value(m, highest)
}
