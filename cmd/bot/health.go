package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
)

// longestAnswer bounds what a bot that is not well says of it.
const longestAnswer = 1 << 10

// healthcheck asks the bot that serves with the same settings whether it is well.
func (p program) healthcheck(ctx context.Context, args []string) error {
	if slices.Contains([]string{"-h", "-help", "--help"}, strings.Join(args, " ")) {
		fmt.Fprint(p.out, "Usage: bot healthcheck\n\nAsks the bot that serves with the same STORYTELLER_DB whether it is connected to Discord.\n")
		return nil
	}
	if len(args) > 0 {
		return wrongUse("healthcheck takes no arguments", "it reads "+envDB+", as the bot that serves does")
	}
	db := database(p.env)
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	response, err := askBot(ctx, db, "/health")
	if err != nil {
		return &fault{msg: "no bot answers beside the database " + db, hint: "is it running, and with the same " + envDB + "?", err: err}
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, longestAnswer))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return &fault{msg: "the bot is not well: " + strings.TrimSpace(string(text)), hint: "its log says more"}
	}
	fmt.Fprintln(p.out, "well")
	return nil
}
