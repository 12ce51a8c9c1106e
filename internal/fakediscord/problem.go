package fakediscord

import "strconv"

// problem is a node of the errors tree of code 50035: the path to a field, and
// what is wrong there.
type problem struct {
	errs []fieldError
	kids map[string]*problem
}

type fieldError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// at is the node of a field below p.
func (p *problem) at(key string) *problem {
	if k := p.kids[key]; k != nil {
		return k
	}
	if p.kids == nil {
		p.kids = map[string]*problem{}
	}
	k := &problem{}
	p.kids[key] = k
	return k
}

// index is the node of a list's item below p.
func (p *problem) index(i int) *problem { return p.at(strconv.Itoa(i)) }

func (p *problem) add(code, message string) {
	p.errs = append(p.errs, fieldError{code, message})
}

// empty reports whether neither p nor any node below holds an error.
func (p *problem) empty() bool {
	if len(p.errs) > 0 {
		return false
	}
	for _, k := range p.kids {
		if !k.empty() {
			return false
		}
	}
	return true
}

// json is the tree in Discord's form; nodes without errors are left out. What
// is wrong with a whole is told before what is wrong with its parts.
func (p *problem) json() map[string]any {
	if len(p.errs) > 0 {
		return map[string]any{"_errors": p.errs}
	}
	m := map[string]any{}
	for key, k := range p.kids {
		if !k.empty() {
			m[key] = k.json()
		}
	}
	return m
}

// formError is the refusal that p amounts to, nil when there is none.
func (p *problem) formError() error {
	if p.empty() {
		return nil
	}
	return invalidForm(p)
}
