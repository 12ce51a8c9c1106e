package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

const compileUsage = `Usage: bot compile FILE [-o FILE]

Compiles ink source (.ink) to ink JSON, version 21: what any ink player loads, the bot as well. Without -o it is written
beside the source, as FILE.json; "-o -" writes to the standard output. Nothing is written if the story has an error.

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
	story, status := p.open(name)
	if story == nil {
		return status
	}
	return p.fail(writeCompiled(to, append(story.JSON(), '\n'), out))
}

// writeCompiled writes a compiled story. The file appears whole or not at all: a player may be watching for it.
func writeCompiled(name string, text []byte, out io.Writer) error {
	if name == "-" {
		_, err := out.Write(text)
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return &fault{msg: "cannot write " + name + ": " + err.Error(), hint: "-o names another file", err: err}
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
		return &fault{msg: "cannot write " + name + ": " + err.Error(), hint: "-o names another file", err: err}
	}
	return nil
}
