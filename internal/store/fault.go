package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"syscall"

	bolterrors "go.etcd.io/bbolt/errors"
)

// Error is a fault of the file that an operator can do something about.
type Error struct {
	Msg     string
	Err     error
	hint    string
	setting bool
	lasting bool // it does not go away by itself
}

func (e *Error) Error() string { return e.Msg }
func (e *Error) Unwrap() error { return e.Err }

// Hint says what to do about it.
func (e *Error) Hint() string { return e.hint }

// Lasting says that the fault does not go away by itself, so that trying again is no use.
func (e *Error) Lasting() bool { return e.lasting }

// WrongSetting says that the path is at fault, not the file.
func (e *Error) WrongSetting() bool { return e.setting }

// usable refuses what bbolt would make nonsense of, such as a folder, and what it would take for new.
func usable(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return &Error{Msg: fmt.Sprintf("cannot open the database %s: %v", path, err), hint: "check that the path is right and that this user may read and write it", Err: err}
	case info.IsDir():
		return &Error{Msg: fmt.Sprintf("the database %s is a folder", path), hint: "name a file in it, such as storyteller.db", setting: true}
	case !info.Mode().IsRegular():
		return &Error{Msg: fmt.Sprintf("the database %s is a device or a pipe", path), hint: "name a file, such as storyteller.db", setting: true}
	case info.Size() == 0:
		return &Error{
			Msg:  fmt.Sprintf("the database %s is empty: a new one never is, so this one was destroyed", path),
			hint: "put a backup in its place; without one, remove the file and start anew", lasting: true,
		}
	}
	return nil
}

// explain turns bbolt's refusal into words for an operator.
func explain(path string, err error) error {
	var known *Error
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, errPanic):
		return damaged(path, err)
	case errors.Is(err, bolterrors.ErrTimeout):
		return &Error{Msg: fmt.Sprintf("the database %s is in use by another process", path), hint: "stop the other bot first: two cannot share a file", Err: err}
	case errors.Is(err, bolterrors.ErrInvalid):
		return &Error{
			Msg:  fmt.Sprintf("the database %s is damaged at its beginning, or is the file of something else", path),
			hint: "see whether STORYTELLER_DB names the right file; if so, keep the damaged one, which the bot has not changed, and put a backup in its place", Err: err, lasting: true,
		}
	case errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
		return damaged(path, err)
	case errors.Is(err, fs.ErrNotExist):
		return &Error{Msg: fmt.Sprintf("there is no folder for the database %s", path), hint: "make the folder, or set STORYTELLER_DB to a file in one that is there", setting: true, Err: err}
	case errors.Is(err, fs.ErrPermission):
		return &Error{Msg: fmt.Sprintf("this user may not read and write the database %s", path), hint: "give the user the file, or set STORYTELLER_DB to another one", Err: err}
	}
	var system syscall.Errno
	if errors.As(err, &system) {
		return &Error{Msg: fmt.Sprintf("the database %s cannot be opened: %v", path, system), hint: "look at the disk: it may be full, read-only or gone; the file itself may be well", Err: err}
	}
	return damaged(path, err)
}

func damaged(path string, err error) error {
	return &Error{
		Msg:  fmt.Sprintf("the database %s is damaged: %v", path, err),
		hint: "put a backup in its place and keep the damaged file, which the bot has not changed; bot doctor says what is wrong with it",
		Err:  err, lasting: true,
	}
}

// errPanic marks what bbolt says about a damaged page: it panics.
var errPanic = errors.New("the file's pages contradict each other")

// guard turns a panic of bbolt into an error. bbolt reads the file where the system has mapped it: a part that is gone, or
// that cannot be read any more, is a fault of memory, and would end the process.
func guard(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: %v", errPanic, fault)
		}
	}()
	return f()
}

// explainPanic says in words for an operator that a page is damaged.
func (s *Store) explainPanic(err error) error {
	var known *Error
	if errors.Is(err, errPanic) && !errors.As(err, &known) {
		return damaged(s.path, err)
	}
	return err
}
