package library

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"storyteller/internal/ink"
)

// To know which choices of the source are met in a play-through, their texts are given numbers between two characters
// that no story uses: they are for private use in Unicode.
const (
	markOpen  = '\ue000'
	markClose = '\ue001'
)

// marked is the folder of a story whose choices have numbers.
type marked struct {
	*folder
	files map[string][]byte
}

// ReadFile reads a source with its numbers.
func (m *marked) ReadFile(name string) ([]byte, error) {
	if text, ok := m.files[name]; ok {
		return text, nil
	}
	return m.folder.ReadFile(name)
}

var _ fs.ReadFileFS = (*marked)(nil)

// markChoices compiles the story with numbers on its choices, and lists the choices by number. Where that cannot be done
// it returns the story as it is, and no choices.
func (d *draft) markChoices() (*ink.Program, []choice) {
	if isCompiled(d.main) {
		return d.program, nil
	}
	m := &marked{folder: d.folder, files: make(map[string][]byte)}
	var list []choice
	for _, s := range d.sources {
		lines := append([]string(nil), s.lines...)
		for _, c := range s.choices {
			if !c.shown {
				continue
			}
			line := lines[c.line-1]
			lines[c.line-1] = line[:c.insert] + fmt.Sprintf("%c%d%c", markOpen, len(list), markClose) + line[c.insert:]
			list = append(list, c)
		}
		m.files[s.name] = []byte(strings.Join(lines, "\n"))
	}
	p, err := ink.Compile(m, d.main)
	if err != nil {
		return d.program, nil
	}
	return p, list
}

// unmark takes the number off a choice's text; -1 if it has none.
func unmark(text string) (number int, rest string) {
	start := strings.IndexRune(text, markOpen)
	end := strings.IndexRune(text, markClose)
	if start < 0 || end < start {
		return -1, text
	}
	digits := text[start+utf8.RuneLen(markOpen) : end]
	if _, err := fmt.Sscanf(digits, "%d", &number); err != nil {
		return -1, text
	}
	return number, text[:start] + text[end+utf8.RuneLen(markClose):]
}

// unmarkAll takes all numbers out of a text.
func unmarkAll(text string) string {
	for {
		number, rest := unmark(text)
		if number < 0 {
			return strings.TrimSpace(rest)
		}
		text = rest
	}
}
