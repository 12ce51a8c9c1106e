package main

import (
	"context"
	"log/slog"
	"net"
	"path/filepath"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"storyteller/internal/fakediscord"
	"storyteller/internal/rehearse"
	"storyteller/internal/rehearse/browsertest"
	"storyteller/internal/store"
)

// Two tabs are two members: they start a story, join, vote, change a ballot, and read on to an ending, through the page,
// the fake's wire, the real discordgo and the whole bot.
func TestAnEveningInTheBrowser(t *testing.T) {
	browser := browsertest.Start(t)
	archive, err := txtar.ParseFile("testdata/readings/an-evening.txtar")
	if err != nil {
		t.Fatal(err)
	}
	url := rehearseFor(t, stage(archive), 3)

	anna := browsertest.Open(t, browser, url).Join("Anna")
	ben := browsertest.Open(t, browser, url).Join("Ben")
	anna.Keys("/story start")
	anna.See("the command", `document.querySelector("#suggestions [aria-selected=true]")?.textContent.startsWith("/story start")`)
	anna.Keys("\r")
	anna.See("the stories", `[...document.querySelectorAll("#suggestions [role=option]")].some((o) => o.textContent.includes("The Ferry"))`)
	anna.Keys("\u0301\r")
	anna.See("the story", `document.querySelector("[data-option=story]").value.includes("The Ferry")`)
	anna.Keys("\u001b\r\r")
	ben.SeeText("The Ferry")
	anna.SeeText("You are the host")
	ben.Click("I'm in")
	ben.SeeText("You are in.")
	ben.Shoot("card")
	anna.Click("Begin")
	ben.SeeText("The ferry was late.")

	ben.Click("1. Let him go")
	ben.SeeText("Your vote: Let him go.")
	ben.Click("2. Go yourself")
	ben.SeeText("Your vote is now Go yourself")
	ben.Shoot("vote")
	anna.Click("2. Go yourself")
	anna.SeeText("2 votes · chosen")
	ben.SeeText("He did not wave.")
	if browsertest.Eval[bool](anna, `document.getElementById("messages").textContent.includes("Your vote is now Go yourself")`) {
		t.Error("Anna sees what only Ben is told")
	}

	anna.Click("1. Look back")
	ben.Click("1. Look back")
	ben.SeeText("The quay was empty.")
	ben.SeeText("The end: Across")
	anna.SeeText("This server has found 1 of 2 endings.")
	ben.Shoot("ending")
}

// rehearseFor opens a rehearsal of these stories and returns the page's address.
func rehearseFor(t *testing.T, stories fstest.MapFS, speed float64) string {
	t.Helper()
	fake := fakediscord.New(fakediscord.Options{})
	a, err := build(t.Context(), wiring{
		settings:  settings{token: fakediscord.DefaultToken, db: filepath.Join(t.TempDir(), "test.db"), speed: speed, log: slog.New(slog.DiscardHandler)},
		transport: fake.Transport(), dial: fake.DialGateway, only: stories, store: store.Options{Volatile: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 2)
	go func() { ended <- a.run(ctx) }()
	go func() { ended <- rehearse.New(fake, rehearse.Options{}).Serve(ctx, listener) }()
	t.Cleanup(func() {
		cancel()
		for range 2 {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
		fake.Close()
	})
	<-a.bot.Ready()
	return rehearse.URL(listener.Addr())
}
