package ink

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"sync"

	"storyteller/internal/ink/compile"
	"storyteller/internal/ink/ir"
	"storyteller/internal/ink/vm"
)

// Program is a compiled story. It is immutable and safe for concurrent use.
type Program struct {
	ir       *ir.Program
	vm       *vm.Program
	warnings Errors
	json     func() []byte
	hash     func() string
}

// Compile reads the ink source called name in fsys, with what it INCLUDEs, and
// compiles it. The error is of type Errors if the author is at fault; it then has
// every error that was found.
func Compile(fsys fs.FS, name string) (*Program, error) {
	src, diagnostics := compile.Compile(fsys, name)
	found := errorsOf(diagnostics)
	if src == nil || found.fatal() {
		return nil, found
	}
	p, err := newProgram(src)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	p.warnings = found
	return p, nil
}

// LoadProgram reads a story that was compiled before, by JSON or by another ink
// compiler: ink JSON of version 19 to 21. The error says what is wrong with it.
func LoadProgram(json []byte) (*Program, error) {
	src, err := ir.Decode(json)
	if err != nil {
		return nil, err
	}
	return newProgram(src)
}

func newProgram(src *ir.Program) (*Program, error) {
	run, err := vm.Load(src)
	if err != nil {
		return nil, err
	}
	p := &Program{ir: src, vm: run}
	p.json = sync.OnceValue(func() []byte { return src.AppendJSON(nil) })
	p.hash = sync.OnceValue(func() string {
		sum := sha256.Sum256(p.json())
		return hex.EncodeToString(sum[:])
	})
	return p, nil
}

// Warnings returns the warnings and TODOs of a compile that succeeded, in order
// of place.
func (p *Program) Warnings() Errors { return append(Errors(nil), p.warnings...) }

// JSON returns the program as ink JSON, version 21, which any ink runtime plays.
// The bytes depend on the program alone.
func (p *Program) JSON() []byte { return append([]byte(nil), p.json()...) }

// Hash returns the SHA-256 of JSON in lower-case hex: the program's identity.
func (p *Program) Hash() string { return p.hash() }

// GlobalTags returns the tags at the top of the story, before its first line.
func (p *Program) GlobalTags() []string {
	c := p.ir.Root
	for len(c.Content) > 0 {
		first, ok := c.Content[0].(*ir.Container)
		if !ok {
			break
		}
		c = first
	}
	var w tagWalker
	for _, o := range c.Content {
		_, old := o.(ir.Tag)
		if !w.open && !old && o != ir.Object(ir.BeginTag) && o != ir.Object(ir.Newline) {
			break
		}
		w.object(o)
	}
	return w.texts()
}
