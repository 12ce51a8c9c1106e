package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// errAsked says that help was asked for and given.
var errAsked = errors.New("help was asked for")

// endsInFlags is how a usage ends that the list of flags belongs under.
const endsInFlags = "Flags:\n"

// positional reads the arguments of a subcommand: flags may stand before names or after them. Help goes to help, and
// errAsked says that it was asked for.
func positional(flags *flag.FlagSet, usage string, args []string, help io.Writer) ([]string, error) {
	flags.SetOutput(io.Discard)
	var names []string
	for len(args) > 0 {
		if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
			fmt.Fprint(help, usage)
			if strings.HasSuffix(usage, endsInFlags) {
				flags.SetOutput(help)
				flags.PrintDefaults()
			}
			return nil, errAsked
		} else if err != nil {
			return nil, wrongUse(err.Error(), "bot "+flags.Name()+" -h tells the flags")
		}
		if args = flags.Args(); len(args) > 0 {
			names, args = append(names, args[0]), args[1:]
		}
	}
	return names, nil
}

// reason is an error of the system without the name of the file, which is said anyway.
func reason(err error) error {
	var at *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &at):
		return at.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

// counted is "1 ballot", "2 ballots", "2 stories".
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	if base, ok := strings.CutSuffix(what, "y"); ok {
		what = base + "ie"
	}
	return fmt.Sprintf("%d %ss", n, what)
}
