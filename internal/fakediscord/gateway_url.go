package fakediscord

import (
	"net"
	"net/http"
	"net/url"
	"strings"
)

const (
	gatewayPath = "/gateway-ws"
	// resumePath is where sessions resume: another address than the one to
	// identify at, as with Discord.
	resumePath = gatewayPath + "/resume"
	// resumePort is where sessions of this process resume. Nothing listens
	// there: DialGateway takes any address.
	resumePort = "8443"
)

// gatewayURL is the address of the gateway on the host that a request is for.
// Requests in this process are told a plain one: their dialler has no TLS.
func gatewayURL(r *http.Request, path string) string {
	scheme := "ws"
	if r.TLS != nil {
		scheme = "wss"
	}
	return scheme + "://" + r.Host + path
}

// resumeURL is where the session of a connection is told to resume.
func (s *Server) resumeURL(r *http.Request) string {
	switch {
	case s.opts.ResumeURL != "":
		return s.opts.ResumeURL + resumePath
	case inProcess(r.Context()):
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		return "ws://" + net.JoinHostPort(strings.Trim(host, "[]"), resumePort) + resumePath
	}
	return gatewayURL(r, resumePath)
}

// isResumeURL reports whether a connection came to where sessions resume.
func (s *Server) isResumeURL(r *http.Request) bool {
	if strings.TrimSuffix(r.URL.Path, "/") != resumePath {
		return false
	}
	u, err := url.Parse(s.resumeURL(r))
	return err == nil && u.Host == r.Host
}
