// Command bot tells branching stories to a room: on Discord, or on this machine as a rehearsal in the browser.
//
//	bot                    serve on Discord; settings come from the environment
//	bot rehearse [STORY]   the whole bot on this machine, without a token, in the browser
//	bot play FILE          a story in the terminal
//	bot check PATH...      what is wrong with stories
//	bot compile FILE       a story as ink JSON, for other players
//	bot healthcheck        whether the bot that serves on this machine is well
//	bot doctor [DB]        what is wrong with a database
//	bot backup [DB] FILE   a copy of a database, while a bot is running on it or not
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

const usage = `Storyteller tells branching stories to a room: the bot posts them in beats, and the members vote on how they go on.

Usage:
  bot                    serve on Discord
  bot rehearse [STORY]   the whole bot on this machine, without a token, in the browser
  bot play FILE          a story in the terminal (.ink, or .ink.json)
  bot check PATH...      what is wrong with a story, a file or a folder of stories
  bot compile FILE       ink source to ink JSON, for this bot or any ink player
  bot healthcheck        whether the bot that serves on this machine is well
  bot doctor [DB]        what is wrong with a database
  bot backup [DB] FILE   a copy of a database, while a bot is running on it or not
  bot version            which build this is

"bot help COMMAND" tells more of a command. To serve, these settings are read from the environment:
  DISCORD_TOKEN          the bot's token, or
  DISCORD_TOKEN_FILE     a file that holds it
  STORYTELLER_DB         the database file (storyteller.db)
  STORYTELLER_STORIES    a folder of more stories, one folder each
  STORYTELLER_GUILD      register the commands in this server only, at once
  STORYTELLER_SPEED      divide every pause and deadline, to try things out (1)
  DISCORD_API            base URL of the REST API (https://discord.com/api/v10)
  LOG_LEVEL              debug, info, warn or error (info)
  LOG_FORMAT             text or json (text)
`

// Exit statuses.
const (
	statusDone  = 0
	statusFault = 1 // it was tried and failed
	statusUsage = 2 // it was asked for in a way that cannot be tried
)

// program is what a run of the bot has of the outside.
type program struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) string
	set      []string // all that is set in the environment, as NAME=VALUE
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := program{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv, set: os.Environ()}.run(ctx, os.Args[1:])
	stop()
	os.Exit(status)
}

// run does what the arguments say and returns the exit status.
func (p program) run(ctx context.Context, args []string) int {
	command := "serve"
	if len(args) > 0 {
		command, args = args[0], args[1:]
	}
	switch command {
	case "serve":
		if len(args) > 0 {
			return p.fail(wrongUse("serve takes no arguments", "its settings come from the environment: see bot help"))
		}
		return p.fail(p.serve(ctx))
	case "rehearse":
		return p.fail(p.rehearse(ctx, args))
	case "play":
		return play(args, p.in, p.out, p.err)
	case "check":
		return check(args, p.out, p.err)
	case "compile":
		return compile(args, p.out, p.err)
	case "healthcheck":
		return p.fail(p.healthcheck(ctx, args))
	case "doctor":
		return p.fail(p.doctor(ctx, args))
	case "backup":
		return p.fail(p.backup(ctx, args))
	case "version", "-version", "--version":
		fmt.Fprintln(p.out, version())
		return statusDone
	case "help", "-h", "-help", "--help":
		return p.help(ctx, args)
	}
	return p.fail(wrongUse(fmt.Sprintf("there is no command %q", command), "bot help tells what there is"+didYouMean(command)))
}

// help tells about the whole, or about one command what that tells itself.
func (p program) help(ctx context.Context, about []string) int {
	switch {
	case len(about) > 1:
		return p.fail(wrongUse(fmt.Sprintf("help is about one command, not %d", len(about)), "bot help tells what there is"))
	case len(about) == 0, about[0] == "serve", about[0] == "help", strings.HasPrefix(about[0], "-"):
		fmt.Fprint(p.out, usage)
		return statusDone
	}
	return p.run(ctx, []string{about[0], "-h"})
}

// didYouMean names the command that was probably meant.
func didYouMean(typed string) string {
	for _, name := range []string{"rehearse", "play", "check", "compile", "healthcheck", "doctor", "backup", "version", "help"} {
		if len(typed) >= 2 && (strings.HasPrefix(name, typed) || strings.HasPrefix(typed, name)) {
			return "; did you mean bot " + name + "?"
		}
	}
	return ""
}

// fault is an error with a next step, and the status that it ends the process with.
type fault struct {
	msg, hint string
	status    int
	err       error
}

func (f *fault) Error() string { return f.msg }
func (f *fault) Unwrap() error { return f.err }
func (f *fault) Hint() string  { return f.hint }

// wrongUse is a fault in how the bot was called.
func wrongUse(msg, hint string) error {
	return &fault{msg: msg, hint: hint, status: statusUsage}
}

// fail prints an error and its hint, and returns the exit status.
func (p program) fail(err error) int {
	if err == nil || errors.Is(err, errAsked) {
		return statusDone
	}
	fmt.Fprintf(p.err, "bot: error: %v\n", err)
	var hinting interface{ Hint() string }
	if errors.As(err, &hinting) && hinting.Hint() != "" {
		fmt.Fprintf(p.err, "bot: hint: %s\n", hinting.Hint())
	}
	var f *fault
	if errors.As(err, &f) && f.status != 0 {
		return f.status
	}
	var setting interface{ WrongSetting() bool }
	if errors.As(err, &setting) && setting.WrongSetting() {
		return statusUsage
	}
	return statusFault
}
