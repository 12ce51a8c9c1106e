package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"
)

// The bot that serves answers on a socket beside its database, so that it takes no port and only who may read the
// database can ask: whether the bot is well, and for a copy of the database, which nobody else can read meanwhile.

const (
	// healthTimeout bounds one question: an orchestrator asks often and waits shortly.
	healthTimeout = 3 * time.Second
	// copyStall is how long the bot waits for whoever takes a copy to take the next piece of it. A copy that is being
	// taken keeps the pages it needs from being used anew, so nobody may take for ever.
	copyStall = 10 * time.Second
)

func adminSocket(db string) string {
	return db + ".sock"
}

// healthy is what can tell whether the bot is well.
type healthy interface {
	// Healthy returns nil when the bot hears Discord, or why it does not.
	Healthy() error
}

// copied is what a copy can be taken of.
type copied interface {
	// Backup writes the whole of it to w, and before that calls size with the number of bytes to come.
	Backup(ctx context.Context, w io.Writer, size func(n int64)) error
}

// serveAdmin answers healthcheck, doctor and backup until it is closed.
func serveAdmin(db string, bot healthy, data copied, log *slog.Logger) (io.Closer, error) {
	path := adminSocket(db)
	// The database is locked, so a socket that is here was left by a process that is gone.
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	// Until here others could connect, but nobody was answered. Whoever did is not let in by what follows, and is cut off.
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) {
		if err := bot.Healthy(); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "well")
	})
	mux.HandleFunc("GET /backup", func(w http.ResponseWriter, r *http.Request) { sendCopy(w, r, data, log) })
	server := &http.Server{Handler: mux, ReadHeaderTimeout: healthTimeout}
	go server.Serve(listener) //nolint:errcheck // it ends when it is closed
	return server, nil
}

// sendCopy answers with the database as it is at this moment.
func sendCopy(w http.ResponseWriter, r *http.Request, data copied, log *slog.Logger) {
	began := false
	out := patient{w: w, control: http.NewResponseController(w)}
	err := data.Backup(r.Context(), out, func(n int64) {
		began = true
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Length", strconv.FormatInt(n, 10))
	})
	switch {
	case err == nil:
		log.Info("a copy of the database was taken")
	case !began:
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
	default:
		log.Warn("a copy of the database broke off", "error", err)
		panic(http.ErrAbortHandler) // so that whoever takes it sees that it is not whole
	}
}

// patient waits copyStall for each piece to be taken.
type patient struct {
	w       io.Writer
	control *http.ResponseController
}

func (p patient) Write(b []byte) (int, error) {
	if err := p.control.SetWriteDeadline(time.Now().Add(copyStall)); err != nil {
		return 0, err
	}
	return p.w.Write(b)
}

// askBot asks the bot that serves with the database. The caller closes the answer's body.
func askBot(ctx context.Context, db, path string) (*http.Response, error) {
	client := http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", adminSocket(db))
		},
	}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://bot"+path, nil)
	if err != nil {
		return nil, err
	}
	return client.Do(request)
}
