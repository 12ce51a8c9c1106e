package main

import (
	"context"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

// The bot that serves is well once it is connected, lets nobody else have its database, and stops when it is asked to,
// in time and with status 0; what it was telling goes on with the next.
func TestServing(t *testing.T) {
	ctx, k, anna := underway(t, 20, "Beat one.")

	if out, err := k.command(ctx, "healthcheck").CombinedOutput(); err != nil || strings.TrimSpace(string(out)) != "well" {
		t.Errorf("healthcheck: %v: %s", err, out)
	}
	out, err := k.command(ctx).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "is in use by another process") || !strings.Contains(string(out), "bot: hint: ") {
		t.Errorf("a second bot on the database: %v: %s", err, out)
	}

	began := time.Now()
	k.process.Process.Signal(syscall.SIGTERM)
	if err := k.process.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
	k.process = nil
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v to stop", took)
	}
	if out, err := k.command(ctx, "healthcheck").CombinedOutput(); err == nil || !strings.Contains(string(out), "no bot answers") {
		t.Errorf("healthcheck of nobody: %v: %s", err, out)
	}

	k.start()
	k.wait(ctx, "Beat three.")
	k.press(ctx, anna, "Left")
	k.wait(ctx, "The end: Out")
	k.toldOnce("left")
}

// A token that Discord does not know is said so, and the process ends.
func TestServingWithAWrongToken(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	k := newKilled(t, killStory, 1)
	command := k.command(ctx)
	command.Env = append(command.Env, envToken+"=not."+fakediscord.DefaultToken)
	out, err := command.CombinedOutput()
	if err == nil || command.ProcessState.ExitCode() != statusFault {
		t.Errorf("it ended with %v", err)
	}
	if !strings.Contains(string(out), "bot: error: ") || !strings.Contains(string(out), "bot: hint: ") {
		t.Errorf("it says %s", out)
	}
	if strings.Contains(string(out), fakediscord.DefaultToken) {
		t.Errorf("it tells the token: %s", out)
	}
}

// command is the bot called once more with the same settings.
func (k *killed) command(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, "bot", args...)
	c.Env = append(c.Env, k.env...)
	return c
}
