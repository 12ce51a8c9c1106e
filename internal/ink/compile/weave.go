package compile

import "storyteller/internal/ink/syntax"

// weave is a run of content at one depth of choices and gathers. What is deeper hangs together in a weave of its own among the items.
type weave struct {
	syntax.Place
	items []syntax.Node
}

// ownDepth makes newWeave take the depth of the first choice or gather.
const ownDepth = 0

// depthOf is the depth of a choice or gather, 0 for anything else.
func depthOf(n syntax.Node) int {
	switch n := n.(type) {
	case *syntax.Choice:
		return n.Depth
	case *syntax.Gather:
		return n.Depth
	}
	return 0
}

// newWeave builds the hierarchy from the depth of each choice and gather.
func newWeave(nodes []syntax.Node, depth int) *weave {
	w := &weave{}
	if len(nodes) > 0 {
		w.At = nodes[0].Pos()
	}
	for i := 0; depth == ownDepth && i < len(nodes); i++ {
		depth = depthOf(nodes[i])
	}
	depth = max(depth, 1)
	flat := true
	for _, n := range nodes {
		if _, ok := n.(*included); ok || depthOf(n) > depth {
			flat = false
			break
		}
	}
	if flat {
		w.items = nodes
		return w
	}
	for i := 0; i < len(nodes); i++ {
		if in, ok := nodes[i].(*included); ok {
			w.items = append(w.items, newWeave(in.nodes, 1))
			continue
		}
		inner := depthOf(nodes[i])
		if inner <= depth {
			w.items = append(w.items, nodes[i])
			continue
		}
		end := i
		for end < len(nodes) && (depthOf(nodes[end]) == 0 || depthOf(nodes[end]) > depth) {
			end++
		}
		w.items = append(w.items, newWeave(nodes[i:end], inner))
		i = end - 1
	}
	return w
}

// hasPoints says whether a choice or gather stands in the weave itself, so that it needs a container of its own.
func (w *weave) hasPoints() bool {
	for _, n := range w.items {
		if depthOf(n) > 0 {
			return true
		}
	}
	return false
}
