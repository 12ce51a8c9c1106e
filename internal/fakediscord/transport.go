package fakediscord

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
)

// inProcessKey marks the context of requests that came without a socket.
type inProcessKey struct{}

func inProcess(ctx context.Context) bool { return ctx.Value(inProcessKey{}) != nil }

// Transport answers REST requests in this process, whatever host they are
// meant for: no sockets, no goroutines, except for the event stream.
func (s *Server) Transport() http.RoundTripper { return transport{s} }

type transport struct{ s *Server }

// RoundTrip implements http.RoundTripper.
func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	if err := t.s.ended(ctx); err != nil {
		closeBody(req)
		return nil, err
	}
	in := req.WithContext(context.WithValue(ctx, inProcessKey{}, true))
	if in.Host == "" {
		in.Host = in.URL.Host
	}
	if in.Body == nil {
		in.Body = http.NoBody
	}
	in.RequestURI = in.URL.RequestURI()
	in.RemoteAddr = "in-process"
	if strings.HasPrefix(in.URL.Path, "/control/events") {
		return t.stream(req, in)
	}
	w := &recorder{header: http.Header{}}
	t.s.http.ServeHTTP(w, in)
	closeBody(req)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if w.reset && w.body.Len() > 0 {
		return w.response(req, io.NopCloser(io.MultiReader(&w.body, brokenOff{}))), nil
	}
	if w.reset {
		return nil, &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	}
	return w.response(req, io.NopCloser(bytes.NewReader(w.body.Bytes()))), nil
}

// brokenOff is what is read from a connection that is reset.
type brokenOff struct{}

// Read implements io.Reader.
func (brokenOff) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func closeBody(req *http.Request) {
	if req.Body != nil {
		_ = req.Body.Close()
	}
}

// stream serves a response that goes on until the request's context ends.
func (t transport) stream(req, in *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(in.Context())
	r, pw := io.Pipe()
	w := &streamer{recorder: recorder{header: http.Header{}}, pipe: pw, started: make(chan struct{})}
	go func() {
		defer cancel()
		t.s.http.ServeHTTP(w, in.WithContext(ctx))
		w.Flush()
		_ = pw.Close()
	}()
	select {
	case <-w.started:
	case <-ctx.Done():
		_ = r.Close()
		return nil, ctx.Err()
	}
	closeBody(req)
	return w.response(req, &streamBody{r, cancel}), nil
}

type streamBody struct {
	io.ReadCloser
	cancel context.CancelFunc
}

// Close ends the stream.
func (b *streamBody) Close() error {
	b.cancel()
	return b.ReadCloser.Close()
}

// recorder is a ResponseWriter that keeps the response.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
	reset  bool
}

func (w *recorder) Header() http.Header { return w.header }
func (w *recorder) abort()              { w.reset = true }

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
}

func (w *recorder) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(b)
}

func (w *recorder) response(req *http.Request, body io.ReadCloser) *http.Response {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	length, err := strconv.ParseInt(w.header.Get("Content-Length"), 10, 64)
	if err != nil {
		length = -1
	}
	return &http.Response{
		Status: fmt.Sprintf("%d %s", w.status, http.StatusText(w.status)), StatusCode: w.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: w.header, Body: body, ContentLength: length, Request: req,
	}
}

// streamer is a recorder that passes on what is written once it is flushed.
type streamer struct {
	recorder
	pipe    *io.PipeWriter
	started chan struct{}
	open    bool
}

// Flush implements http.Flusher.
func (w *streamer) Flush() {
	w.WriteHeader(http.StatusOK)
	if !w.open {
		w.open = true
		close(w.started)
	}
	if w.body.Len() > 0 {
		_, _ = w.pipe.Write(w.body.Bytes())
		w.body.Reset()
	}
}
