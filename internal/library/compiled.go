package library

import (
	"fmt"
	"slices"
	"strings"

	"storyteller/internal/cue"
	"storyteller/internal/ink"
)

// A story may come compiled, by bot compile or by another ink compiler, without its source. Then there are no places to
// name, and what the source would say is taken from the program.

// compiledExt ends the name of a compiled story.
const compiledExt = ".ink.json"

func isCompiled(name string) bool { return strings.HasSuffix(strings.ToLower(name), compiledExt) }

// compiledMain finds the compiled story of a folder without ink files: <id>.ink.json, else main.ink.json, else the only
// one; "" if there is none.
func compiledMain(f *folder, id string) (string, error) {
	all, err := f.files(".json")
	if err != nil {
		return "", fmt.Errorf("the folder cannot be read: %w", reason(err))
	}
	all = slices.DeleteFunc(all, func(name string) bool { return !isCompiled(name) })
	for _, name := range []string{id + compiledExt, "main" + compiledExt} {
		if slices.Contains(all, name) {
			return name, nil
		}
	}
	switch len(all) {
	case 0:
		return "", nil
	case 1:
		return all[0], nil
	}
	return "", fmt.Errorf("several files could be the story: %s", strings.Join(all, ", "))
}

// compile compiles the main file with what it includes, or loads it if it is compiled.
func (d *draft) compile() (*ink.Program, error) {
	if !isCompiled(d.main) {
		d.sources = gather(d.folder, d.main)
		return ink.Compile(d.folder, d.main)
	}
	text, err := d.folder.bounded(d.main, MaxCompiledBytes)
	if err != nil {
		return nil, err
	}
	p, err := ink.LoadProgram(text)
	if err != nil {
		return nil, err
	}
	d.sources = []*source{sourceOf(d.main, p)}
	return p, nil
}

// sourceOf makes of a program what a scan of its source would have found, but for the places.
func sourceOf(name string, p *ink.Program) *source {
	s := &source{name: name, functions: make(map[string]bool), words: p.Words()}
	global := p.GlobalTags()
	for i, t := range p.TagTexts() {
		found := tag{place: place{file: name}, where: onBoth, text: t.Text, dynamic: t.Computed}
		if i < len(global) && global[i] == t.Text {
			found.where = onTop
		}
		found.name, found.value = cue.Split(t.Text)
		s.tags = append(s.tags, found)
	}
	for _, e := range p.Externals() {
		s.externals = append(s.externals, external{place: place{file: name}, name: e.Name})
		if e.Fallback {
			s.functions[e.Name] = true
		}
	}
	return s
}
