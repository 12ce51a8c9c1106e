package rehearse

import (
	"embed"
	"net/http"
	"path"
	"strconv"
)

//go:embed page
var pageFiles embed.FS

// pageTypes are the content types of the page's files. They are told here and
// not asked of the system, whose tables differ from machine to machine.
var pageTypes = map[string]string{
	".html": "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".svg":  "image/svg+xml",
}

// pagePolicy lets the page run its own scripts and talk to its own server, and
// nothing else: not even a story's text that slipped into markup could act.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// attachmentPolicy disarms what a bot attached: a page or picture with scripts
// would otherwise run with this origin's rights when opened by itself.
const attachmentPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

// servePage answers with one embedded file; "/" is index.html.
func servePage(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		refuse(w, http.StatusMethodNotAllowed, "the page can only be read")
		return
	}
	name := path.Clean(r.URL.Path)
	if name == "/" {
		name = "/index.html"
	}
	kind, known := pageTypes[path.Ext(name)]
	data, err := pageFiles.ReadFile("page" + name)
	if err != nil || !known {
		refuse(w, http.StatusNotFound, "there is no such page")
		return
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.Itoa(len(data)))
	h.Set("Content-Security-Policy", pagePolicy)
	// A browser that kept an older page would talk to a newer server.
	h.Set("Cache-Control", "no-store")
	if r.Method == http.MethodGet {
		_, _ = w.Write(data) // a failed write means the reader has gone: nobody is left to tell
	}
}
