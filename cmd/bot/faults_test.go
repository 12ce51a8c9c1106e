package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"storyteller/internal/fakediscord"
)

// everyFault runs a script once with each of the faults listed, in the place of FAULT, and returns the channels: those
// that came out alike are written once, under all the faults they came of, and what all have in common stands before.
func everyFault(t *testing.T, dir string, stories fstest.MapFS, script, faults string) string {
	type outcome struct {
		of      []string
		channel string
	}
	var outcomes []*outcome
	for n, fault := range lines(faults) {
		fault, _, _ := strings.Cut(fault, "#")
		fault = strings.TrimSpace(fault)
		var channel string
		synctest.Test(t, func(t *testing.T) {
			channel = perform(t, fmt.Sprintf("%s/%d.db", dir, n), stories, strings.ReplaceAll(script, "FAULT", fault))
		})
		if t.Failed() {
			t.Fatalf("with the fault %s", fault)
		}
		at := slices.IndexFunc(outcomes, func(o *outcome) bool { return o.channel == channel })
		if at < 0 {
			outcomes = append(outcomes, &outcome{channel: channel})
			at = len(outcomes) - 1
		}
		outcomes[at].of = append(outcomes[at].of, fault)
	}
	var b strings.Builder
	alike := 0
	if len(outcomes) > 1 {
		alike = len(outcomes[0].channel)
		for _, o := range outcomes[1:] {
			alike = min(alike, agreement(outcomes[0].channel, o.channel))
		}
		fmt.Fprintf(&b, "== every one\n%s", outcomes[0].channel[:alike])
	}
	for _, o := range outcomes {
		fmt.Fprintf(&b, "== %s\n%s", strings.Join(o.of, "\n== "), o.channel[alike:])
	}
	return b.String()
}

// agreement is how much two channels have in common at their beginnings, in whole entries.
func agreement(a, b string) int {
	same := 0
	for at := range min(len(a), len(b)) {
		if a[at] != b[at] {
			break
		}
		if next := at + 1; a[at] == '\n' && next < len(a) && a[next] != ' ' && next < len(b) && b[next] != ' ' {
			same = next
		}
	}
	return same
}

// lines are the lines of a text that say something.
func lines(text string) []string {
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, line)
		}
	}
	return all
}

// fails makes calls fail: METHOD ROUTE STATUS-OR-KIND, then any of after, code=N, scope=S, retry=T, delay=T, times=N and
// skip=N. "*" is any method or route, HERE stands for the channel; times=-1 is until Discord recovers.
func (r *room) fails(args []string) error {
	if len(args) < 3 {
		return errors.New("a fault needs a method, a route and a status")
	}
	for i := range 2 {
		if args[i] == "*" {
			args[i] = "" // any
		}
	}
	f := fakediscord.Fault{Method: args[0], Route: strings.ReplaceAll(args[1], "HERE", "/channels/"+r.channel)}
	if status, err := strconv.Atoi(args[2]); err == nil {
		f.Status = status
	} else {
		f.Kind = args[2]
	}
	for _, a := range args[3:] {
		name, value, _ := strings.Cut(a, "=")
		var err error
		switch name {
		case "after":
			f.AfterCommit = true
		case "times":
			f.Times, err = strconv.Atoi(value)
		case "skip":
			f.Skip, err = strconv.Atoi(value)
		case "code":
			f.Code, err = strconv.Atoi(value)
		case "scope":
			f.Scope = value
		case "retry":
			f.RetryAfter, err = time.ParseDuration(value)
		case "delay":
			f.Delay, err = time.ParseDuration(value)
		default:
			err = errors.New("it is not known")
		}
		if err != nil {
			return fmt.Errorf("%s of a fault: %w", a, err)
		}
	}
	remove, err := r.fake.Fail(f)
	if err == nil {
		r.faults = append(r.faults, remove)
	}
	return err
}

// recovers ends all faults. at-least=N and at-most=N say how many calls they must have hit.
func (r *room) recovers(args []string) error {
	hits := 0
	for _, remove := range r.faults {
		hits += remove()
	}
	r.faults = nil
	r.seen.say("Discord is well again")
	for _, a := range args {
		name, value, _ := strings.Cut(a, "=")
		n, err := strconv.Atoi(value)
		switch {
		case err != nil || name != "at-least" && name != "at-most":
			return fmt.Errorf("%q says nothing about the calls that failed", a)
		case name == "at-least" && hits < n || name == "at-most" && hits > n:
			return fmt.Errorf("%d calls failed, want %s", hits, a)
		}
	}
	return nil
}

// ends waits for the bot to end by itself, and writes down what it says.
func (r *room) ends() error {
	select {
	case err := <-r.stopped:
		if err == nil {
			return errors.New("the bot ended without an error")
		}
		r.seen.say("the bot ends: " + err.Error())
		r.hasEnded()
		return nil
	case <-time.After(time.Minute):
		return errors.New("the bot goes on")
	}
}

// picture is what stands for every picture in a transcript's stories.
func picture() []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))) // to memory: it cannot fail
	return b.Bytes()
}
