package ink

import (
	"slices"
	"strings"

	"storyteller/internal/ink/ir"
)

// What can be told of a story without playing it, for those who look after
// stories: also of one whose source is not at hand.

// TagText is a tag as it stands in a program.
type TagText struct {
	Text     string // the plain text of it, blanks put in order
	Computed bool   // there is more to it, which only the story knows as it is played
}

// External is a function that a story expects of its host.
type External struct {
	Name     string
	Args     int  // how many arguments the story calls it with
	Fallback bool // there is an ink function of that name, for hosts without it
}

// Tags returns the text of every tag in the story, in the story's order, with
// those that occur several times as often as they do. Of a tag that holds logic
// only the plain text is there.
func (p *Program) Tags() []string {
	var w tagWalker
	w.container(p.ir.Root)
	return w.texts()
}

// TagTexts returns what Tags does, and which tags hold logic. One of which
// nothing is plain has an empty text.
func (p *Program) TagTexts() []TagText {
	var w tagWalker
	w.container(p.ir.Root)
	return w.tags
}

// Externals returns the functions that the story calls the host for, in order of
// their first call.
func (p *Program) Externals() []External {
	var list []External
	for _, c := range p.ir.Containers() {
		for _, o := range c.Content {
			d, ok := o.(*ir.Divert)
			if !ok || d.Kind != ir.External || slices.ContainsFunc(list, func(e External) bool { return e.Name == d.External }) {
				continue
			}
			r, err := p.ir.Resolve(d.External)
			fallback := err == nil && r.Index < 0 && r.C.Parent() == p.ir.Root
			list = append(list, External{Name: d.External, Args: d.Args, Fallback: fallback})
		}
	}
	return list
}

// Words returns about how many words the story can tell: all of its texts, tags
// left out.
func (p *Program) Words() int {
	n := 0
	for _, c := range p.ir.Containers() {
		inTag := false
		for _, o := range c.Content {
			switch o := o.(type) {
			case ir.Text:
				if !inTag {
					n += len(strings.Fields(string(o)))
				}
			case ir.Command:
				if o == ir.BeginTag || o == ir.EndTag {
					inTag = o == ir.BeginTag
				}
			}
		}
	}
	return n
}

// tagWalker collects tags.
type tagWalker struct {
	tags     []TagText
	open     bool
	computed bool
	text     strings.Builder
}

// texts returns the tags of which something is plain.
func (w *tagWalker) texts() []string {
	var list []string
	for _, t := range w.tags {
		if t.Text != "" {
			list = append(list, t.Text)
		}
	}
	return list
}

func (w *tagWalker) container(c *ir.Container) {
	for _, o := range c.Content {
		w.object(o)
	}
	for _, n := range c.Named {
		w.container(n)
	}
}

func (w *tagWalker) object(o ir.Object) {
	switch o := o.(type) {
	case *ir.Container:
		w.computed = w.open
		w.container(o)
	case ir.Text:
		if w.open {
			w.text.WriteString(string(o))
		}
	case ir.Tag:
		w.tags = append(w.tags, TagText{Text: string(o)})
	case ir.Command:
		switch {
		case o == ir.BeginTag || o == ir.EndTag:
			w.command(o)
		case o == ir.EvalStart:
			w.computed = w.open
		}
	}
}

func (w *tagWalker) command(o ir.Command) {
	text := strings.Join(strings.Fields(w.text.String()), " ")
	if w.open && (text != "" || w.computed) {
		w.tags = append(w.tags, TagText{Text: text, Computed: w.computed})
	}
	w.text.Reset()
	w.open, w.computed = o == ir.BeginTag, false
}
