package openapi

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
)

// absent says why nothing is checked where the description is not at hand.
const absent = "Discord's OpenAPI description is not beside the repository; it is at https://github.com/discord/discord-api-spec"

// location is where the description is, empty if it is not there.
var location = sync.OnceValue(func() string {
	dir, err := os.Getwd()
	for err == nil {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			file := filepath.Join(dir, "..", "shared", "discord", "openapi.json")
			if _, missing := os.Stat(file); errors.Is(missing, fs.ErrNotExist) {
				return ""
			}
			return file
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	return ""
})

// present reports whether there is a description to check against.
func present() bool { return location() != "" }

// description is the loaded document, with its paths cut into segments.
type description struct {
	doc   *openapi3.T
	paths []template
}

type template struct {
	path     string
	segments []string
}

// load reads the description, once for all.
var load = sync.OnceValues(func() (*description, error) {
	doc, err := openapi3.NewLoader().LoadFromFile(location())
	if err != nil {
		return nil, fmt.Errorf("the description cannot be read: %w", err)
	}
	d := &description{doc: doc}
	for path := range doc.Paths.Map() {
		d.paths = append(d.paths, template{path, strings.Split(path, "/")})
	}
	return d, nil
})

// operation finds the described operation of a request and its name; words of a path win over its variables.
func (d *description) operation(method, path string) (string, *openapi3.Operation) {
	parts := strings.Split(path, "/")
	best, most := "", -1
	for _, t := range d.paths {
		words, fits := 0, len(t.segments) == len(parts)
		for i := 0; fits && i < len(parts); i++ {
			if t.segments[i] == parts[i] {
				words++
			} else {
				fits = strings.HasPrefix(t.segments[i], "{")
			}
		}
		if fits && words > most && d.doc.Paths.Value(t.path).GetOperation(method) != nil {
			best, most = t.path, words
		}
	}
	if best == "" {
		return "", nil
	}
	return method + " " + best, d.doc.Paths.Value(best).GetOperation(method)
}

// answer is the described content of a status, nil if there is none; ok is false for a status that is not described.
func answer(op *openapi3.Operation, status int) (content openapi3.Content, ok bool) {
	for _, key := range []string{strconv.Itoa(status), strconv.Itoa(status/100) + "XX", "default"} {
		if r := op.Responses.Value(key); r != nil {
			return r.Value.Content, true
		}
	}
	return nil, false
}

// component is a named schema.
func (d *description) component(name string) *openapi3.Schema {
	if ref := d.doc.Components.Schemas[name]; ref != nil {
		return ref.Value
	}
	return nil
}
