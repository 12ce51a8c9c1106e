package library

import (
	"regexp"
	"strings"
)

// What looks like a divert but has another arrow is text to ink.
var (
	otherArrow = regexp.MustCompile(`(?:[-–—−][ \t]+>|[–—−=]>|[→⇒➔➜])[ \t]*([\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*)`)
	flowName   = regexp.MustCompile(`^\s*=+\s*(?:function\s+)?([\p{L}\p{N}_]+)`)
	labelName  = regexp.MustCompile(`^\s*[-*+][-*+ \t]*\(\s*([\p{L}\p{N}_]+)\s*\)`)
)

// lintArrows warns of such arrows where they stand before the name of something that can be diverted to.
func (d *draft) lintArrows() {
	targets := d.targets()
	for _, s := range d.sources {
		for i, line := range s.lines {
			if strings.HasPrefix(strings.TrimSpace(line), "~") {
				continue
			}
			for _, m := range otherArrow.FindAllStringSubmatchIndex(line, -1) {
				name := line[m[2]:m[3]]
				if !allIn(targets, strings.Split(name, ".")) {
					continue
				}
				at := place{file: s.name, line: i + 1, col: column(line, m[0])}
				d.findings.add(Warning, at, "did you mean '->'? Write: -> "+name, "%s is told as text", quote(line[m[0]:m[1]]))
			}
		}
	}
}

// targets are the names of knots, stitches and labels, and those that ink itself has.
func (d *draft) targets() map[string]bool {
	names := map[string]bool{"END": true, "DONE": true}
	for _, s := range d.sources {
		for _, line := range s.lines {
			for _, re := range []*regexp.Regexp{flowName, labelName} {
				if m := re.FindStringSubmatch(line); m != nil {
					names[m[1]] = true
				}
			}
		}
	}
	return names
}

func allIn(set map[string]bool, names []string) bool {
	for _, name := range names {
		if !set[name] {
			return false
		}
	}
	return true
}
