package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const compileUsage = `Usage: bot compile FILE [-o FILE]

Compiles ink source (.ink) to ink JSON, version 21: what any ink player loads, the bot as well. Without -o it is written
beside the source, as FILE.json; "-o -" writes to the standard output. Nothing is written if the story has an error, and
nothing is replaced but a compiled story.

Flags:
`

// compile is bot compile.
func compile(args []string, out, errw io.Writer) int {
	p := program{out: out, err: errw}
	var to string
	flags := flag.NewFlagSet("compile", flag.ContinueOnError)
	flags.StringVar(&to, "o", "", "the `file` to write; - is the standard output")
	names, err := positional(flags, compileUsage, args, out)
	if err != nil {
		return p.fail(err)
	}
	if len(names) != 1 {
		return p.fail(wrongUse(fmt.Sprintf("one file to compile, not %d", len(names)), "bot compile story.ink -o story.ink.json"))
	}
	name := names[0]
	if !isInk(name) {
		return p.fail(wrongUse(name+" is no ink source", "the name of a story's source ends in .ink"))
	}
	if to == "" {
		to = name + ".json"
	}
	if err := mayCompileTo(name, to); err != nil {
		return p.fail(err)
	}
	story, status := p.open("compile", name)
	if story == nil {
		return status
	}
	return p.fail(writeCompiled(to, append(story.JSON(), '\n'), out))
}

// looksCompiled is within how many bytes of its beginning a compiled story says so; every compiler of ink has it first.
const looksCompiled = 1 << 10

// mayCompileTo refuses an output that would replace what somebody has written: a source, or any file but a compiled story.
func mayCompileTo(source, to string) error {
	if to == "-" {
		return nil
	}
	another := "name another file, as in -o " + source + ".json"
	there, err := os.Stat(to)
	if original, err := os.Stat(source); err == nil && os.SameFile(original, there) {
		return wrongUse(to+" is the source itself", another)
	}
	switch {
	case isInk(strings.ToLower(to)):
		return wrongUse(to+" has the name of a source", another)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return cannotCompileTo(to, err)
	case there.IsDir():
		return wrongUse(to+" is a folder", "name a file in it, as in -o "+filepath.Join(to, filepath.Base(source)+".json"))
	case !there.Mode().IsRegular():
		return wrongUse(to+" is no file", "-o - writes to the standard output")
	}
	file, err := os.Open(to)
	if err != nil {
		return cannotCompileTo(to, err)
	}
	defer file.Close()
	beginning, err := io.ReadAll(io.LimitReader(file, looksCompiled))
	if err != nil {
		return cannotCompileTo(to, err)
	}
	if len(beginning) > 0 && !bytes.Contains(beginning, []byte(`"inkVersion"`)) {
		return wrongUse(to+" is there already, and is no compiled story", "name another file, or remove that one first")
	}
	return nil
}

// cannotCompileTo says why, without the names of files that only this program knows.
func cannotCompileTo(to string, err error) error {
	return &fault{msg: fmt.Sprintf("cannot write %s: %v", to, reason(err)), hint: "-o names another file", err: err}
}

// writeCompiled writes a compiled story. The file appears whole or not at all: a player may be watching for it.
func writeCompiled(name string, text []byte, out io.Writer) error {
	if name == "-" {
		_, err := out.Write(text)
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return cannotCompileTo(name, err)
	}
	defer os.Remove(file.Name()) // it is gone already where all went well
	_, err = file.Write(text)
	if err == nil {
		err = file.Chmod(0o644)
	}
	if shut := file.Close(); err == nil {
		err = shut
	}
	if err == nil {
		err = os.Rename(file.Name(), name)
	}
	if err != nil {
		return cannotCompileTo(name, err)
	}
	return nil
}
