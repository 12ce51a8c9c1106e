package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"storyteller/internal/ink"
	"storyteller/internal/library"
)

const playUsage = `Usage: bot play [-seed N] FILE

The story in the terminal. FILE is ink source (.ink) or a compiled story (.json). Where the input is no terminal, the
numbers of the choices are read from it, one a line, and the output is bare text.

Flags:
`

// mostCompiled bounds a compiled story, in bytes; it is some times as large as its source.
const mostCompiled = 16 * library.MaxSourceBytes

// play is bot play.
func play(args []string, in io.Reader, out, errw io.Writer) int {
	p := program{in: in, out: out, err: errw}
	flags := flag.NewFlagSet("play", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	seed := flags.Uint64("seed", 0, "what decides chance: the same `number`, the same story; 0 is a new one each time in a terminal")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, playUsage)
		flags.SetOutput(out)
		flags.PrintDefaults()
		return statusDone
	} else if err != nil {
		return p.fail(wrongUse(err.Error(), "bot play -h tells the flags"))
	}
	if flags.NArg() != 1 {
		return p.fail(wrongUse(fmt.Sprintf("one file to play, not %d", flags.NArg()), "bot play stories/last-dance/last-dance.ink"))
	}
	name := flags.Arg(0)
	story, status := p.open("play", name)
	if story == nil {
		return status
	}
	var err error
	if width, ok := terminalOf(in, out); ok {
		if *seed == 0 {
			*seed = rand.Uint64()
		}
		err = newTerminal(in, out, width).play(story.New(*seed))
	} else {
		heard := &counting{to: out}
		if err = ink.Play(story, *seed, in, heard, false); err == nil && heard.n == 0 {
			err = &fault{msg: name + " tells nothing", hint: "write a line of text; bot check says what else a story needs"}
		}
	}
	var broke *ink.RuntimeError
	if errors.As(err, &broke) && broke.Line > 0 {
		fmt.Fprintf(errw, "%s:%d: error: %s\n", filepath.Join(filepath.Dir(name), broke.File), broke.Line, broke.Msg)
		return statusFault
	}
	return p.fail(err)
}

// counting counts the bytes that it passes on.
type counting struct {
	to io.Writer
	n  int
}

func (c *counting) Write(b []byte) (int, error) {
	n, err := c.to.Write(b)
	c.n += n
	return n, err
}

// open compiles or loads the story in a file for a command, and prints what the compiler found; without a story, the status
// to end with.
func (p program) open(command, name string) (*ink.Program, int) {
	if info, err := os.Stat(name); err != nil {
		return nil, p.fail(noStory(command, name, err))
	} else if info.IsDir() {
		return nil, p.fail(wrongUse(name+" is a folder", "name the ink file in it"))
	}
	story, err := openToPlay(name)
	var found ink.Errors
	switch {
	case errors.As(err, &found):
		printErrors(p.err, filepath.Dir(name), found)
		return nil, statusFault
	case err != nil:
		return nil, p.fail(err)
	}
	printErrors(p.err, filepath.Dir(name), story.Warnings())
	return story, statusDone
}

// noStory says why there is no story to open.
func noStory(command, name string, err error) error {
	hint := "bot " + command + " -h tells how it is used"
	if errors.Is(err, fs.ErrNotExist) {
		return wrongUse("there is no file "+name, hint)
	}
	return wrongUse(fmt.Sprintf("%s cannot be read: %v", name, reason(err)), hint)
}

// openToPlay compiles or loads the story in a file.
func openToPlay(name string) (*ink.Program, error) {
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	switch {
	case isInk(name):
		return ink.Compile(root.FS(), filepath.Base(name))
	case strings.HasSuffix(name, ".json"):
		file, err := root.Open(filepath.Base(name))
		if err != nil {
			return nil, err
		}
		defer file.Close()
		text, err := io.ReadAll(io.LimitReader(file, mostCompiled+1))
		if err != nil {
			return nil, err
		}
		if len(text) > mostCompiled {
			return nil, &fault{msg: fmt.Sprintf("%s: a compiled story has at most %d MiB", name, mostCompiled>>20), hint: "play it from its source"}
		}
		story, err := ink.LoadProgram(text)
		if err != nil {
			return nil, &fault{msg: fmt.Sprintf("%s: %v", name, err), hint: "compile it anew from its source: bot compile story.ink", err: err}
		}
		return story, nil
	}
	return nil, wrongUse(name+" is no story", "a story is ink source (.ink), or was compiled from it (.json)")
}

// printErrors writes what the compiler found, with paths that an editor can follow.
func printErrors(w io.Writer, folder string, found ink.Errors) {
	for _, e := range found {
		at := *e
		at.File = filepath.Join(folder, e.File)
		fmt.Fprintln(w, at.Error())
		if e.Hint != "" {
			fmt.Fprintln(w, "  hint: "+e.Hint)
		}
	}
}

// terminalOf says whether a person sits at the input, and how many characters a line of the output has.
func terminalOf(in io.Reader, out io.Writer) (width int, ok bool) {
	file, isFile := in.(*os.File)
	if !isFile || !term.IsTerminal(int(file.Fd())) {
		return 0, false
	}
	width = widest
	if file, isFile := out.(*os.File); isFile {
		if w, _, err := term.GetSize(int(file.Fd())); err == nil && w > 0 {
			width = w
		}
	}
	return width, true
}
