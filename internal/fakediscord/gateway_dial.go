package fakediscord

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
)

// DialGateway opens a gateway connection in this process, whatever address is
// meant: for the NetDialContext of a websocket.Dialer.
func (s *Server) DialGateway(ctx context.Context, _, _ string) (net.Conn, error) {
	if err := s.ended(ctx); err != nil {
		return nil, err
	}
	if !s.start() {
		return nil, &net.OpError{Op: "dial", Net: "pipe", Err: errors.New("connection refused")}
	}
	client, server := net.Pipe()
	go func() {
		defer s.work.Done()
		s.servePipe(server)
	}()
	return client, nil
}

// servePipe answers one HTTP request on a connection, which for the gateway
// is its whole life.
func (s *Server) servePipe(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	stop := context.AfterFunc(s.life, func() { _ = conn.Close() })
	defer stop()
	rd := bufio.NewReader(conn)
	req, err := http.ReadRequest(rd)
	if err != nil {
		return
	}
	ctx := context.WithValue(context.Background(), inProcessKey{}, true)
	w := &pipeWriter{recorder: recorder{header: http.Header{}}, conn: conn, rw: bufio.NewReadWriter(rd, bufio.NewWriter(conn))}
	s.http.ServeHTTP(w, req.WithContext(ctx))
	if w.hijacked || w.reset {
		return
	}
	resp := w.response(req, http.NoBody)
	resp.Close = true
	var head bytes.Buffer
	_ = resp.Write(&head)
	_, _ = fmt.Fprintf(conn, "%s%s", head.Bytes(), w.body.Bytes())
}

// pipeWriter is a ResponseWriter whose connection can be taken over.
type pipeWriter struct {
	recorder
	conn     net.Conn
	rw       *bufio.ReadWriter
	hijacked bool
}

// Hijack implements http.Hijacker.
func (w *pipeWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	w.hijacked = true
	return w.conn, w.rw, nil
}
