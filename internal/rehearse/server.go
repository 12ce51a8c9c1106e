package rehearse

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"storyteller/internal/fakediscord"
)

const (
	// headerTimeout bounds how long a client may take to send a request's head.
	headerTimeout = 10 * time.Second
	// shutdownTimeout is how long open requests get to end; streams of events
	// end at once, as their context does.
	shutdownTimeout = 2 * time.Second
)

// Options are the settings of a Server.
type Options struct {
	// Hosts are further names under which the page may be asked for, without
	// port: where it runs in a container or behind a name of one's own. The
	// loopback names and the very address a request arrived at always work.
	Hosts []string
}

// Server serves the rehearsal's page and, under the same origin, the control
// API and the attachments of its fake Discord.
type Server struct {
	fake  *fakediscord.Server
	hosts []string
	http  http.Handler
}

// New makes the server of a fake Discord's page.
func New(fake *fakediscord.Server, o Options) *Server {
	s := &Server{fake: fake, hosts: slices.Clone(o.Hosts)}
	s.http = s.routes(fake.Handler())
	return s
}

// Handler serves the page at /, the control API under /control/ and files
// under /attachments/. A request under a foreign host name is refused, so that
// no web page can reach the rehearsal by pointing its own name here; so is one
// that another site's page makes.
func (s *Server) Handler() http.Handler { return s.http }

func (s *Server) routes(fake http.Handler) http.Handler {
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		refuse(w, http.StatusForbidden, "this request comes from another site's page")
	}))
	mux := http.NewServeMux()
	mux.HandleFunc("/", servePage)
	mux.HandleFunc("/control/", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Sec-Fetch-Site") == "cross-site" {
			refuse(w, http.StatusForbidden, "this request comes from another site's page")
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		fake.ServeHTTP(w, r)
	})
	mux.HandleFunc("/attachments/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", attachmentPolicy)
		fake.ServeHTTP(w, r)
	})
	guarded := origin.Handler(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		if !s.expected(r) {
			refuse(w, http.StatusForbidden, "this name is not the rehearsal's: use the address it printed")
			return
		}
		guarded.ServeHTTP(w, r)
	})
}

// expected reports whether a request's Host names this server: a loopback
// name, the address it came in on, or one of the configured names.
func (s *Server) expected(r *http.Request) bool {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.ToLower(strings.Trim(host, "[]")), ".")
	if host == "localhost" || slices.ContainsFunc(s.hosts, func(known string) bool { return strings.EqualFold(known, host) }) {
		return true
	}
	ip := net.ParseIP(host)
	if ip == nil {
		return false
	}
	if ip.IsLoopback() {
		return true
	}
	local, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return ok && local.IP.Equal(ip)
}

// Serve answers requests on a listener until ctx ends, then lets open requests
// end and returns nil. Any other end is an error.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:           s.http,
		ReadHeaderTimeout: headerTimeout,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		_ = server.Close() // what did not end in time is cut off
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// URL is the address to open in a browser for a listener's address. Where it
// listens everywhere, the loopback address is told.
func URL(addr net.Addr) string {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok {
		return "http://" + addr.String() + "/"
	}
	shown := *tcp
	if len(shown.IP) == 0 || shown.IP.IsUnspecified() {
		shown.IP = net.IPv4(127, 0, 0, 1)
	}
	return "http://" + shown.String() + "/"
}

// refuse answers with an error in the control API's form.
func refuse(w http.ResponseWriter, status int, reason string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": reason}) // the client has gone: nobody is left to tell
}
