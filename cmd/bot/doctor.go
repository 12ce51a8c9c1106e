package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"storyteller/internal/library"
	"storyteller/internal/store"
)

const doctorUsage = `Usage: bot doctor [DB]

Checks everything in the database: its pages, every record, log, ballot and story. It tells each problem in a line, with
what to do about it, and ends with status 1 if there are any. The file is not changed. If a bot is running on it, a copy
is taken from the bot and checked. DB is the file that STORYTELLER_DB names, if it is left out.
`

// doctor says what is wrong with a database.
func (p program) doctor(ctx context.Context, args []string) error {
	names, err := positional(flag.NewFlagSet("doctor", flag.ContinueOnError), doctorUsage, args, p.out)
	if err != nil {
		return err
	}
	db := database(p.env)
	switch len(names) {
	case 0:
	case 1:
		db = names[0]
	default:
		return wrongUse("one database at a time", "bot doctor -h tells more")
	}
	census, problems, err := p.examine(ctx, db)
	if store.InUse(err) {
		census, problems, err = p.examineRunning(ctx, db)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(p.out, held(db, census))
	if problems > 0 {
		return &fault{msg: fmt.Sprintf("%s found in %s", counted(problems, "problem"), db), hint: "each line above ends with what to do"}
	}
	fmt.Fprintln(p.out, "nothing is wrong with it")
	return nil
}

// examineRunning examines a copy that the bot which runs on the database gives out.
func (p program) examineRunning(ctx context.Context, db string) (census store.Census, problems int, err error) {
	file, err := os.CreateTemp(filepath.Dir(db), filepath.Base(db)+".doctor-*")
	if err != nil {
		return census, 0, &fault{msg: "the database is in use, and there is no place beside it for a copy", hint: err.Error(), err: err}
	}
	defer func() { err = errors.Join(err, file.Close(), os.Remove(file.Name())) }()
	if err := copyRunning(ctx, db, file); err != nil {
		return census, 0, err
	}
	fmt.Fprintln(p.out, "a bot is running on it: this is about a copy as of now")
	return p.examine(ctx, file.Name())
}

// examine prints each problem of the database.
func (p program) examine(ctx context.Context, db string) (census store.Census, problems int, err error) {
	census, err = store.Examine(ctx, db, library.OpenStates, func(problem store.Problem) {
		problems++
		fmt.Fprintln(p.out, problem)
	})
	return census, problems, err
}

func held(db string, c store.Census) string {
	return fmt.Sprintf("%s: %s, %s, %s, %s, %s, %s, %s", db,
		counted(c.Live, "live reading"), counted(c.Past, "past reading"), counted(c.Entries, "log entry"), counted(c.Ballots, "ballot"),
		counted(c.Bundles, "story"), counted(c.Endings, "ending")+" found", counted(c.Notes, "note"))
}
