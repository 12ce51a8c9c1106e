package openapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// complaints compares all traffic so far with the description, and tells each deviation in a line or more.
func (t *Traffic) complaints() []string {
	if !present() {
		return nil
	}
	t.mu.Lock()
	calls, events := slices.Clone(t.calls), slices.Clone(t.events)
	t.mu.Unlock()
	if len(calls)+len(events) == 0 {
		return nil
	}
	d, err := load()
	if err != nil {
		return []string{err.Error()}
	}
	c := &check{description: d, piles: map[string]*pile{}}
	for _, one := range calls {
		c.call(one)
	}
	for _, one := range events {
		c.event(one)
	}
	for _, name := range c.order {
		c.compare(name, c.piles[name])
	}
	return c.wrong
}

// check sorts values by what they must be.
type check struct {
	*description
	piles map[string]*pile
	order []string
	wrong []string
}

// pile are the values of one schema, which are compared together: to prepare the schema takes most of the time.
type pile struct {
	schema *openapi3.Schema
	values []any
	whence []string
}

func (c *check) complain(where, format string, args ...any) {
	c.wrong = append(c.wrong, where+": "+fmt.Sprintf(format, args...))
}

func (c *check) call(one call) {
	name, op := c.operation(one.method, one.path)
	if op == nil {
		if one.status != http.StatusNotFound && one.status != http.StatusMethodNotAllowed {
			c.complain(one.where, "%s %s is not described", one.method, one.path)
		}
		return
	}
	refused := one.status >= 400 && one.status < 500
	if !refused { // what is refused may well be wrong
		c.query(one, name, op)
		c.request(one, name, op)
	}
	content, described := answer(op, one.status)
	switch {
	case one.status == 0 || one.status >= 500 || len(one.got) == 0: // nothing that Discord's API itself says
	case !described:
		c.complain(one.where, "%s: the status %d is not described", name, one.status)
	case content.Get("application/json") == nil:
		c.complain(one.where, "%s: an answer with the status %d has no body: %s", name, one.status, one.got)
	default:
		if refused {
			name = "refusals" // the same for all
		}
		c.add(fmt.Sprintf("%s answer %d", name, one.status), content.Get("application/json").Schema.Value, one.where, one.got)
	}
}

func (c *check) query(one call, name string, op *openapi3.Operation) {
	for _, key := range one.query {
		if !slices.ContainsFunc(op.Parameters, func(p *openapi3.ParameterRef) bool { return p.Value.In == "query" && p.Value.Name == key }) {
			c.complain(one.where, "%s: there is no parameter %s", name, key)
		}
	}
}

func (c *check) request(one call, name string, op *openapi3.Operation) {
	switch {
	case len(one.sent) == 0:
	case op.RequestBody == nil:
		c.complain(one.where, "%s takes no body, but got %s", name, one.sent)
	case op.RequestBody.Value.Content.Get("application/json") == nil:
		c.complain(one.where, "%s takes no JSON, but got %s", name, one.sent)
	default:
		c.add(name+" request", op.RequestBody.Value.Content.Get("application/json").Schema.Value, one.where, one.sent)
	}
}

// add puts a value on its pile. What is no JSON was broken on purpose, by a fault.
func (c *check) add(name string, schema *openapi3.Schema, where string, raw []byte) {
	var v any
	if json.Unmarshal(raw, &v) == nil {
		mend(name, v)
		c.put(name, schema, where, v)
	}
}

func (c *check) put(name string, schema *openapi3.Schema, where string, v any) {
	p := c.piles[name]
	if p == nil {
		p = &pile{schema: schema}
		c.piles[name] = p
		c.order = append(c.order, name)
	}
	p.values, p.whence = append(p.values, v), append(p.whence, where)
}

// maxTold is how many values of a pile are told when they do not fit, and how long a complaint about one may be.
const (
	maxTold = 3
	maxText = 3000
)

// compare finds the values of a pile that do not fit.
func (c *check) compare(name string, p *pile) {
	if p.fits(p.values) == nil {
		return
	}
	told := 0
	for i, v := range p.values {
		err := p.fits([]any{v})
		if err == nil {
			continue
		}
		if told++; told > maxTold {
			break
		}
		raw, _ := json.Marshal(v)
		c.complain(p.whence[i], "%s: %s\n%s", name, cut(err.Error()), cut(string(raw)))
	}
}

func cut(text string) string { return text[:min(len(text), maxText)] }

// fits compares values with the pile's schema.
func (p *pile) fits(values []any) error {
	list := openapi3.NewArraySchema()
	list.Items = openapi3.NewSchemaRef("", p.schema)
	return list.VisitJSON(values, openapi3.EnableJSONSchema2020())
}
