package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"
)

// The bot that serves answers on a socket beside its database, so that it takes no port and only who may read the
// database can ask.

// healthTimeout bounds one question: an orchestrator asks often and waits shortly.
const healthTimeout = 3 * time.Second

func healthSocket(db string) string {
	return db + ".sock"
}

// healthy is what can tell whether the bot is well.
type healthy interface {
	// Healthy returns nil when the bot hears Discord, or why it does not.
	Healthy() error
}

// serveHealth answers healthcheck until it is closed.
func serveHealth(db string, bot healthy) (io.Closer, error) {
	path := healthSocket(db)
	// The database is locked, so a socket that is here was left by a process that is gone.
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) {
		if err := bot.Healthy(); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "well")
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: healthTimeout}
	go server.Serve(listener) //nolint:errcheck // it ends when it is closed
	return server, nil
}

// healthcheck asks the bot that serves with the same settings whether it is well.
func (p program) healthcheck(ctx context.Context, args []string) error {
	if slices.Contains([]string{"-h", "-help", "--help"}, strings.Join(args, " ")) {
		fmt.Fprint(p.out, "Usage: bot healthcheck\n\nAsks the bot that serves with the same STORYTELLER_DB whether it is connected to Discord.\n")
		return nil
	}
	if len(args) > 0 {
		return wrongUse("healthcheck takes no arguments", "it reads "+envDB+", as the bot that serves does")
	}
	db := p.env(envDB)
	if db == "" {
		db = defaultDB
	}
	client := http.Client{Timeout: healthTimeout, Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", healthSocket(db))
		},
	}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://bot/health", nil)
	if err != nil {
		return err
	}
	response, err := client.Do(request)
	if err != nil {
		return &fault{msg: "no bot answers beside the database " + db, hint: "is it running, and with the same " + envDB + "?", err: err}
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, 1<<10))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return &fault{msg: "the bot is not well: " + strings.TrimSpace(string(text)), hint: "its log says more"}
	}
	fmt.Fprintln(p.out, "well")
	return nil
}
