package fakediscord_test

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

// TestDiscordJSIsAtHome serves a server on two ports to scripts/discordjs.js,
// which scripts/discordjs.sh calls with a discord.js to hand.
func TestDiscordJSIsAtHome(t *testing.T) {
	folder := os.Getenv("DISCORDJS")
	if folder == "" {
		t.Skip("scripts/discordjs.sh runs this: it needs node and discord.js")
	}
	second := httptest.NewUnstartedServer(nil)
	s := fakediscord.New(fakediscord.Options{
		ResumeURL: "ws://" + second.Listener.Addr().String(), PrivilegedIntents: 1 << 1, HeartbeatInterval: time.Second,
	})
	first := httptest.NewServer(s.Handler())
	second.Config.Handler = s.Handler()
	second.Start()
	defer second.Close()
	defer first.Close()
	defer s.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", "../../scripts/discordjs.js", folder, first.URL, fakediscord.DefaultToken)
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil || !strings.HasSuffix(strings.TrimSpace(string(out)), "OK") {
		t.Errorf("discord.js is not at home here: %v", err)
	}
	if g := s.Gateway(); g.Identifies() != 1 || g.Resumes() != 1 || g.StrayResumes() != 0 {
		t.Errorf("%d Identifies, %d Resumes, %d of them astray; want 1, 1, 0", g.Identifies(), g.Resumes(), g.StrayResumes())
	}
}
