package library

import (
	"fmt"
	"slices"
	"strings"

	"storyteller/internal/cue"
)

// lintTags says which tags mean nothing, or cannot be read.
func (d *draft) lintTags() {
	compiled := make(map[string]bool)
	for _, text := range d.program.Tags() {
		compiled[squeeze(text)] = true
	}
	for _, text := range d.program.GlobalTags() {
		compiled[squeeze(text)] = true
	}
	found := make(map[string]bool)
	list := tags(d.sources)
	for i, t := range list {
		if !t.dynamic && !compiled[squeeze(t.text)] {
			continue // ink sees something else there
		}
		found[squeeze(t.text)] = true
		if i > 0 && list[i-1].name == "color" && list[i-1].value == "" && hexColor.MatchString(t.name) && t.line == list[i-1].line {
			continue // the rest of "color: #7a2e2e"
		}
		d.lintTag(t)
	}
	// Tags that ink found and the scan did not are checked as well, as far as that goes without a place.
	for _, text := range d.program.Tags() {
		name, value := cue.Split(text)
		computed := slices.ContainsFunc(list, func(t tag) bool { return t.dynamic && (t.name == name || strings.Contains(t.name, "{")) })
		if key := squeeze(text); !found[key] && !computed {
			found[key] = true
			d.lintTag(tag{place: place{file: d.main}, where: onBoth, text: text, name: name, value: value})
		}
	}
	d.lintTwice()
}

func (d *draft) lintTag(t tag) {
	r, known := ruleOf(t.name)
	switch {
	case t.dynamic && strings.Contains(t.name, "{"):
	case t.name == "":
		d.findings.add(Warning, t.place, `write "\#" for the sign itself`, "a tag without a name")
	case slices.Contains(elsewhere, t.name):
		d.findings.add(Note, t.place, "", "the tag %s is for other players of ink; here it does nothing", quote(t.name))
	case !known:
		hint := `it does nothing here; write "\#" for the sign itself`
		if like := suggest(t.name); like != "" {
			hint = fmt.Sprintf("did you mean %q?", like)
			d.misspelt = d.misspelt || like == "ending"
		}
		d.findings.add(Warning, t.place, hint, "unknown tag %s", quote(t.name))
	case r.instead != "":
		d.findings.add(Error, t.place, r.instead, "the tag %q is not supported", t.name)
	case !r.allows(t):
		hint := "it belongs " + r.where()
		if r.choice && t.after {
			hint = "what stands behind the brackets belongs to the line that follows: put the tag into the brackets"
		}
		d.findings.add(Warning, t.place, hint, "the tag %q does nothing here", t.name)
	case !t.dynamic:
		if bad := r.check(t.value); bad != nil {
			severity := Error
			if bad.soft {
				severity = Warning
			}
			d.findings.add(severity, t.place, bad.hint, "tag %q: %s", t.name, bad.msg)
		}
	}
}

// lintTwice finds what is said of the story more than once.
func (d *draft) lintTwice() {
	first := make(map[string]tag)
	for _, t := range d.top() {
		r, known := ruleOf(t.name)
		if !known || !r.top {
			continue
		}
		if before, twice := first[t.name]; twice {
			d.findings.add(Warning, t.place, "", "the tag %q was given before, at %s:%d:%d; this one does nothing", t.name, before.file, before.line, before.col)
			continue
		}
		first[t.name] = t
	}
}

// top lists the tags about the whole story, in order, with their places.
func (d *draft) top() []tag {
	global := d.program.GlobalTags()
	var list []tag
	for _, t := range tags(d.sources) {
		if t.where == onTop && slices.ContainsFunc(global, func(g string) bool { return squeeze(g) == squeeze(t.text) }) {
			list = append(list, t)
		}
	}
	return list
}

// squeeze makes texts comparable that differ in blanks.
func squeeze(text string) string {
	return strings.Join(strings.Fields(text), " ")
}

// named lists the tags that name endings, the first of each name.
func (d *draft) named() map[string]tag {
	if d.endings == nil {
		d.endings = make(map[string]tag)
		for _, t := range tags(d.sources) {
			if _, twice := d.endings[t.value]; t.name == "ending" && t.value != "" && !t.dynamic && !twice && t.where != onChoice {
				d.endings[t.value] = t
			}
		}
	}
	return d.endings
}
