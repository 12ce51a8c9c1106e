package library

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// mainFile finds the file that a story begins with: <id>.ink, else main.ink, else the only ink file that no other
// includes; else, where there is no ink file, the compiled story.
func mainFile(f *folder, id string) (string, error) {
	all, err := f.files(".ink")
	if err != nil {
		return "", fmt.Errorf("the folder cannot be read: %w", reason(err))
	}
	if len(all) > MaxSources {
		return "", fmt.Errorf("the folder has %d ink files; a story has at most %d", len(all), MaxSources)
	}
	for _, name := range []string{id + ".ink", "main.ink"} {
		if slices.Contains(all, name) {
			return name, nil
		}
	}
	included := make(map[string]bool)
	for _, name := range all {
		text, err := f.ReadFile(name)
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, reason(err))
		}
		for _, other := range scan(name, text).includes {
			included[path.Clean(other)] = true
		}
	}
	first := slices.DeleteFunc(slices.Clone(all), func(name string) bool { return included[name] })
	switch {
	case len(all) == 0:
		if name, err := compiledMain(f, id); name != "" || err != nil {
			return name, err
		}
		return "", errors.New("there is no ink file in the folder")
	case len(first) == 0:
		return "", errors.New("every ink file is included by another, so there is none to begin with")
	case len(first) > 1:
		return "", fmt.Errorf("several files could be the one to begin with: %s", strings.Join(first, ", "))
	}
	return first[0], nil
}

// gather scans the main file and those it includes, in the order in which they are read. What cannot be read is left
// out: the compiler names it.
func gather(f *folder, main string) []*source {
	var all []*source
	var read func(name string)
	read = func(name string) {
		seen := slices.ContainsFunc(all, func(s *source) bool { return s.name == name })
		if seen || len(all) >= MaxSources || !fs.ValidPath(name) {
			return
		}
		text, err := f.ReadFile(name)
		if err != nil {
			return
		}
		s := scan(name, text)
		all = append(all, s)
		for _, other := range s.includes {
			read(path.Clean(strings.ReplaceAll(other, `\`, "/")))
		}
	}
	read(main)
	return all
}

// tags lists the tags of all sources, in order.
func tags(sources []*source) []tag {
	var all []tag
	for _, s := range sources {
		all = append(all, s.tags...)
	}
	return all
}
