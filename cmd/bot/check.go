package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"storyteller/internal/library"
	"storyteller/stories"
)

const checkUsage = `Usage: bot check PATH...

Says what is wrong with stories, and which choices and endings in them nobody will ever see. PATH is a story's folder, its
ink file, or a folder of story folders. Ends with status 1 if a story has an error and so would not be told.
`

// check is bot check: it prints every finding, and a line for each story.
func check(args []string, out, errw io.Writer) int {
	p := program{out: out, err: errw}
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, checkUsage)
		return statusDone
	} else if err != nil {
		return p.fail(wrongUse(err.Error(), "bot check -h tells how it is used"))
	}
	if flags.NArg() == 0 {
		return p.fail(wrongUse("nothing to check", "name a story's folder, an ink file or a folder of stories: bot check stories"))
	}
	var all []checked
	for _, name := range flags.Args() {
		found, err := pathToCheck(name)
		if err != nil {
			return p.fail(err)
		}
		all = append(all, found...)
	}
	status := statusDone
	for _, c := range all {
		if c.run(out) {
			status = statusFault
		}
	}
	return status
}

// checked is something that is checked: a story, or a folder of stories with what is wrong with the folder itself.
type checked struct {
	name     string // path as it was given, for messages
	id       string // of the story; empty for a folder of stories
	folder   string // of the story
	findings library.Findings
}

// pathToCheck finds out what a path is.
func pathToCheck(name string) ([]checked, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, wrongUse("there is no "+name, "name a story's folder, an ink file or a folder of stories")
	case err != nil:
		return nil, err
	case !info.IsDir():
		return fileToCheck(name)
	}
	absolute, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	id := filepath.Base(absolute)
	loose := slices.Concat(files(name, "*.ink"), files(name, "*.ink.json"))
	begins := holds(name, id) || holds(name, "main")
	if begins || len(loose) > 0 && !holdsStories(name) {
		return []checked{{name: name, folder: name, id: id}}, nil
	}
	return storiesToCheck(name, loose)
}

// storiesToCheck are the stories in a folder of story folders, in which files may lie loose.
func storiesToCheck(name string, loose []string) ([]checked, error) {
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	ids, findings := library.Folders(root.FS())
	if len(ids) == 0 && len(findings) == 0 {
		return nil, wrongUse("there are no stories in "+name, "a story is a folder with an ink file of the same name in it")
	}
	for _, file := range loose {
		file = filepath.Base(file)
		id, _, _ := strings.Cut(file, ".ink")
		findings = append(findings, library.Finding{
			File: file, Severity: library.Warning, Msg: "it lies beside folders of stories, and is none that the bot tells",
			Hint: "put it into a folder of its own, as " + id + "/" + file,
		})
	}
	list := []checked{{name: name, findings: findings}}
	for _, id := range ids {
		folder := filepath.Join(name, id)
		list = append(list, checked{name: folder, folder: folder, id: id})
	}
	return list, nil
}

// holds says whether the folder has the ink file of that name, compiled or not.
func holds(folder, name string) bool {
	return len(files(folder, escapeGlob(name)+".ink"))+len(files(folder, escapeGlob(name)+".ink.json")) > 0
}

// holdsStories says whether the folder has one in it that has an ink file of its own name.
func holdsStories(folder string) bool {
	return slices.ContainsFunc(files(folder, "*"), func(inner string) bool { return holds(inner, filepath.Base(inner)) })
}

// fileToCheck is the story that a file is the main file of.
func fileToCheck(name string) ([]checked, error) {
	folder, base := filepath.Split(name)
	if folder == "" {
		folder = "."
	}
	id, isSource := strings.CutSuffix(base, ".ink")
	compiled, isCompiled := strings.CutSuffix(base, ".ink.json")
	switch {
	case isCompiled && len(files(folder, escapeGlob(compiled)+".ink")) > 0:
		return nil, wrongUse(name+" lies beside the source that it comes from", "check the .ink file: it is what the bot reads")
	case isCompiled && len(files(folder, "*.ink")) > 0:
		return nil, wrongUse(name+" lies beside ink files, and the bot reads those", "put it into a folder of its own, as "+compiled+"/"+base)
	case isCompiled:
		id = compiled
	case !isSource:
		return nil, wrongUse(name+" is no ink file", "the name of a story ends in .ink or .ink.json")
	}
	folder = filepath.Clean(folder)
	return []checked{{name: folder, folder: folder, id: id}}, nil
}

func isInk(name string) bool { return strings.HasSuffix(name, ".ink") }

// files lists the paths in the folder whose names fit.
func files(folder, pattern string) []string {
	found, _ := filepath.Glob(filepath.Join(escapeGlob(folder), pattern)) // it fails for nothing but a wrong pattern
	return found
}

// escapeGlob makes a pattern that fits the path alone.
func escapeGlob(name string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(name)
}

// run checks, prints what was found, and says whether there was an error.
func (c checked) run(out io.Writer) bool {
	if c.id == "" {
		printFindings(out, c.name, c.findings)
		return c.findings.Failed()
	}
	root, err := os.OpenRoot(c.folder)
	if err != nil {
		fmt.Fprintf(out, "%s: error: %v\n", c.name, err)
		return true
	}
	defer root.Close()
	story, findings := library.Check(root.FS(), c.id)
	if story != nil && nameTaken(story) {
		story, findings = nil, append(findings, library.Finding{
			Msg: fmt.Sprintf("the bot has a story %q of its own; this one is left out", c.id), Hint: "rename the folder",
		})
	}
	printFindings(out, c.name, findings)
	fmt.Fprintln(out, summary(c.id, story, findings))
	return findings.Failed()
}

// nameTaken says whether the bot has another story of that name of its own.
func nameTaken(story *library.Story) bool {
	folder, err := fs.Sub(stories.FS, story.ID)
	if err != nil {
		return false
	}
	own, _ := library.Load(folder, story.ID)
	return own != nil && own.Hash != story.Hash
}

// printFindings writes findings with the paths of their files, so that an editor can go there.
func printFindings(out io.Writer, folder string, findings library.Findings) {
	for _, f := range findings {
		f.File = path.Join(filepath.ToSlash(folder), f.File)
		fmt.Fprintln(out, f)
		if f.Hint != "" {
			fmt.Fprintln(out, "  hint: "+f.Hint)
		}
	}
}

// summary is the line about a story as a whole.
func summary(id string, story *library.Story, findings library.Findings) string {
	var counts []string
	for _, severity := range []library.Severity{library.Error, library.Warning} {
		n := 0
		for _, f := range findings {
			if f.Severity == severity {
				n++
			}
		}
		if n > 0 {
			counts = append(counts, counted(n, severity.String()))
		}
	}
	if story == nil {
		return fmt.Sprintf("%s: not told: %s", id, strings.Join(counts, ", "))
	}
	m := story.Meta
	facts := []string{fmt.Sprintf("%q", m.Title), counted(m.Words, "word"), counted(m.Votes, "vote"), counted(len(m.Endings), "ending")}
	if m.Minutes > 0 {
		facts = append(facts, "about "+counted(m.Minutes, "minute"))
	} else {
		facts = append(facts, "of unknown length")
	}
	return fmt.Sprintf("%s: %s", id, strings.Join(append(facts, counts...), ", "))
}
