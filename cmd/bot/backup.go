package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"storyteller/internal/store"
)

const backupUsage = `Usage: bot backup [--force] [DB] FILE

Copies the database to FILE, while a bot is running on it or not, and checks the copy as bot doctor does. FILE is there
whole or not at all. DB is the file that STORYTELLER_DB names, if it is left out. To restore a backup, stop the bot and
put the file in the place of the database: readings go on from where they were when it was taken, and tell again what
was told since.

  --force   replace FILE if it is there
`

// backup copies a database.
func (p program) backup(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("backup", flag.ContinueOnError)
	force := flags.Bool("force", false, "")
	names, err := positional(flags, backupUsage, args, p.out)
	if err != nil {
		return err
	}
	var db, file string
	switch len(names) {
	case 1:
		db, file = database(p.env), names[0]
	case 2:
		db, file = names[0], names[1]
	case 0:
		return wrongUse("backup needs the name of the file to write", "bot backup -h tells more")
	default:
		return wrongUse(fmt.Sprintf("backup takes the database and the file to write, not %d names", len(names)), "bot backup -h tells more")
	}
	if err := mayWrite(db, file, *force); err != nil {
		return err
	}
	unfinished, began := file+".tmp", time.Now()
	if err := takeCopy(ctx, db, unfinished); err != nil {
		return errors.Join(err, remove(unfinished))
	}
	census, problems, err := p.examine(ctx, unfinished)
	if err != nil {
		return errors.Join(err, remove(unfinished))
	}
	if problems > 0 {
		return &fault{
			msg:  fmt.Sprintf("the copy is at %s: %s found in it, and in the database", unfinished, counted(problems, "problem")),
			hint: "each line above ends with what to do; an earlier backup may be better than this one",
		}
	}
	if err := store.Part(ctx, unfinished, began); err != nil {
		return errors.Join(err, remove(unfinished))
	}
	if err := settleFile(unfinished, file); err != nil {
		return &fault{msg: fmt.Sprintf("the backup %s could not be put in its place: %v", unfinished, err), hint: "look at the disk, then run it again", err: err}
	}
	fmt.Fprintln(p.out, held(file, census))
	return nil
}

// mayWrite refuses to write over what is there.
func mayWrite(db, file string, force bool) error {
	there, err := os.Stat(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return wrongUse(fmt.Sprintf("%s cannot be written: %v", file, reason(err)), "name a file in a folder that this user may write to")
	}
	if original, err := os.Stat(db); err == nil && os.SameFile(original, there) {
		return wrongUse(file+" is the database itself", "name another file for the backup")
	}
	if there.IsDir() {
		return wrongUse(file+" is a folder", "name a file in it")
	}
	if !force {
		return wrongUse(file+" is there already", "name another file, or replace it with --force")
	}
	return nil
}

// takeCopy writes the database to the file, and has the disk know it. Nobody but this user can read it.
func takeCopy(ctx context.Context, db, file string) (err error) {
	if err := remove(file); err != nil {
		return cannotWrite(file, err)
	}
	out, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return cannotWrite(file, err)
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	err = store.Copy(ctx, db, out)
	if store.InUse(err) {
		err = copyRunning(ctx, db, out)
	}
	if err != nil {
		return noCopy(db, file, err)
	}
	if err := out.Sync(); err != nil {
		return cannotWrite(file, err)
	}
	return nil
}

// noCopy says what to do about an error that does not say it itself.
func noCopy(db, file string, err error) error {
	var hinting interface{ Hint() string }
	var at *fs.PathError
	switch {
	case errors.As(err, &hinting):
		return err
	case errors.As(err, &at) && at.Path == file:
		return cannotWrite(file, err)
	}
	return &fault{msg: fmt.Sprintf("the copy of %s broke off: %v", db, err), hint: "look at the disk, then run it again", err: err}
}

// copyRunning has the bot that runs on the database write it to the file.
func copyRunning(ctx context.Context, db string, out *os.File) error {
	response, err := askBot(ctx, db, "/backup")
	if err != nil {
		return &fault{msg: fmt.Sprintf("the database %s is in use by another process, and no bot answers beside it", db), hint: "if a bot is just starting or stopping, try again; if a rehearsal or another program has it, stop that first", err: err}
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(response.Body, longestAnswer))
		return &fault{msg: "the bot gives no copy: " + strings.TrimSpace(string(text)), hint: "its log says more; an older bot has to be stopped first"}
	}
	if _, err := io.Copy(out, response.Body); err != nil {
		return &fault{msg: fmt.Sprintf("the copy broke off: %v", err), hint: "look at the disk and at the bot's log, then run it again", err: err}
	}
	return nil
}

// settleFile gives the finished file its name, and has the disk know it.
func settleFile(unfinished, file string) error {
	if err := os.Rename(unfinished, file); err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(file))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

func cannotWrite(file string, err error) error {
	return &fault{msg: fmt.Sprintf("%s cannot be written: %v", file, reason(err)), hint: "name a file in a folder that this user may write to, on a disk with room", err: err}
}

func remove(file string) error {
	if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
