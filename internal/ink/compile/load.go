package compile

import (
	"errors"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"storyteller/internal/ink/syntax"
)

const (
	// maxIncludeDepth bounds how deep files include others.
	maxIncludeDepth = 32
	// maxFiles bounds how many files are read for one story, as two files that include each next one twice would be 2^32 readings.
	maxFiles = 1000
	// maxFileSize bounds one file, in bytes. A novel has about one million.
	maxFileSize = 32 << 20
)

// content is what a file says outside of knots, and its knots with those of the files it includes at the end.
type content struct {
	nodes []syntax.Node
	flows []*syntax.Flow
}

// included stands in a body where an INCLUDE was.
type included struct {
	syntax.Place
	nodes []syntax.Node
}

type loader struct {
	c     *compiler
	root  string
	open  []string // files being read, the story's own first
	count int
}

// load reads the story's own file and all it includes; nil if there is nothing to go on with.
func (l *loader) load() *content {
	text, err := l.read(l.root)
	if err != "" {
		l.c.problem(syntax.Diagnostic{Severity: Error, Msg: err, Hint: "check the name of the story's file"})
		return nil
	}
	return l.file(l.root, text, 0)
}

// file parses one file and puts what it includes in its place.
func (l *loader) file(name, text string, at syntax.Pos) *content {
	src, ok := l.c.set.Add(name, text)
	if !ok {
		l.c.fail(at, "", "the story is too large")
		return nil
	}
	if bad := invalidUTF8(text); bad >= 0 {
		l.c.problem(syntax.Diagnostic{Pos: src.Pos(bad), Severity: Error, Msg: "the file is not UTF-8 text", Hint: "save it with the encoding UTF-8"})
		return nil
	}
	file, diags, tainted := syntax.Parse(src)
	for _, d := range diags {
		l.c.problem(d)
		l.c.parseErrors = l.c.parseErrors || d.Severity == Error
		l.c.told[d.Pos] = true
	}
	for _, name := range tainted {
		l.c.tainted[name] = true
	}
	l.open = append(l.open, name)
	defer func() { l.open = l.open[:len(l.open)-1] }()
	body := &content{}
	var later []*syntax.Flow
	for _, n := range file.Body {
		switch n := n.(type) {
		case *syntax.Flow:
			body.flows = append(body.flows, n)
		case *syntax.Include:
			later = append(later, l.include(body, n)...)
		default:
			body.nodes = append(body.nodes, n)
		}
	}
	body.flows = append(body.flows, later...)
	return body
}

func invalidUTF8(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd") {
			return i
		}
	}
	return -1
}

// include puts the text of an included file into body and returns its knots.
func (l *loader) include(body *content, n *syntax.Include) []*syntax.Flow {
	name, ok := l.resolve(n)
	if !ok {
		return nil
	}
	text, problem := l.read(name)
	if problem != "" {
		l.c.fail(n.At, "INCLUDE names a file as seen from the folder of the story's first file", "%s", problem)
		l.c.missingFile()
		return nil
	}
	sub := l.file(name, text, n.At)
	if sub == nil {
		l.c.missingFile()
		return nil
	}
	if len(sub.nodes) == 0 && len(sub.flows) == 0 {
		return nil
	}
	if len(sub.nodes) > 0 {
		body.nodes = append(body.nodes, &included{n.Place, sub.nodes})
	}
	body.nodes = append(body.nodes, &syntax.Text{Place: n.Place, Text: "\n"})
	return sub.flows
}

// resolve works out which file an INCLUDE means, and refuses those outside of the story's folder and those being read already.
func (l *loader) resolve(n *syntax.Include) (string, bool) {
	folder := path.Dir(l.root)
	name := path.Join(folder, strings.ReplaceAll(n.Path, "\\", "/"))
	outside := folder != "." && !strings.HasPrefix(name, folder+"/")
	switch {
	case path.IsAbs(n.Path) || outside || !fs.ValidPath(name) || name == ".":
		l.c.fail(n.At, "put the file into the folder of the story", "cannot include '%s': it is outside of the story's folder", n.Path)
	case len(l.open) >= maxIncludeDepth:
		l.c.fail(n.At, "", "INCLUDE goes more than %d files deep", maxIncludeDepth)
	case l.count >= maxFiles:
		l.c.fail(n.At, "", "the story includes more than %d files", maxFiles)
	default:
		for _, open := range l.open {
			if open == name {
				l.c.fail(n.At, "a file cannot include itself, nor one that includes it", "INCLUDE goes round in a circle: '%s' is being read already", n.Path)
				l.c.missingFile()
				return "", false
			}
		}
		l.count++
		return name, true
	}
	l.c.missingFile()
	return "", false
}

// missingFile notes that names may be missing because a file is.
func (c *compiler) missingFile() { c.parseErrors, c.lost = true, true }

// read returns the text of a file, or says why not.
func (l *loader) read(name string) (text, problem string) {
	info, err := fs.Stat(l.c.fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid):
		return "", "there is no file '" + name + "'"
	case err != nil:
		return "", "cannot read '" + name + "': " + err.Error()
	case info.IsDir():
		return "", "'" + name + "' is a folder"
	case info.Size() > maxFileSize:
		return "", "'" + name + "' is too large for a story"
	}
	b, err := fs.ReadFile(l.c.fsys, name)
	if err != nil {
		return "", "cannot read '" + name + "': " + err.Error()
	}
	return string(b), ""
}
