package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

// Close codes after which Discord does not want a bot to come back: the process says which it was and what helps, and
// ends for whoever looks after it to see. Coming back would use up the logins of the day.
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
func TestFatalCloseCodesEndTheProcess(t *testing.T) {
	for code, says := range map[int][2]string{
		4004: {"does not accept the bot's token", "check the token"},
		4010: {"refuses the way the bot logs in", "update it"},
		4011: {"more servers than one gateway connection", "2,500 servers"},
		4012: {"no longer speaks version 10", "update the bot"},
		4013: {"refuses the way the bot logs in", "update it"},
		4014: {"refuses the way the bot logs in", "update it"},
	} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			defer cancel()
			k := newKilled(t, killStory, 1)
			k.start()
			if err := k.fake.Gateway().WaitReady(ctx); err != nil {
				t.Fatalf("the bot did not log in: %v", err)
			}
			k.fake.Gateway().Close(code, "no more")
			status := k.ends(ctx)
			if status != statusFault {
				t.Errorf("it ended with status %d, want %d", status, statusFault)
			}
			lines := strings.Split(strings.TrimSpace(k.log.String()), "\n")
			last := lines[max(0, len(lines)-2):]
			if !slices.EqualFunc(last, []string{"bot: error: ", "bot: hint: "}, strings.HasPrefix) ||
				!strings.Contains(last[0], says[0]) || !strings.Contains(last[1], says[1]) {
				t.Errorf("its last words are\n%s\nwant %q", strings.Join(last, "\n"), says)
			}
			if strings.Contains(k.log.String(), fakediscord.DefaultToken) {
				t.Error("it tells the token")
			}
			if n := k.fake.Gateway().Identifies(); n != 1 {
				t.Errorf("it logged in %d times", n)
			}
		})
	}
}

// ends waits until the process has ended by itself, and returns its status; -1 if it had to be killed.
func (k *killed) ends(ctx context.Context) int {
	k.t.Helper()
	process := k.process.Process
	defer context.AfterFunc(ctx, func() { _ = process.Kill() })()
	_ = k.process.Wait() // what it says is in the status as well
	status := k.process.ProcessState.ExitCode()
	k.process = nil
	return status
}
