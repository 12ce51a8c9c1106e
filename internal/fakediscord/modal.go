package fakediscord

import (
	"errors"
	"fmt"
)

// SubmitModal sends a form off and returns the new interaction's id. Fields
// that Values leaves out keep what they were opened with.
func (s *Server) SubmitModal(in ModalInput) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	opener := s.interactions[in.InteractionID]
	switch {
	case opener == nil || opener.modal == nil:
		return "", fmt.Errorf("interaction %q opened no form", in.InteractionID)
	case opener.user.ID != in.User:
		return "", errors.New("the form was opened for someone else")
	case opener.used:
		return "", errors.New("the form was sent off already")
	case in.CustomID != "" && in.CustomID != opener.modal.CustomID:
		return "", fmt.Errorf("the form is %q, not %q", opener.modal.CustomID, in.CustomID)
	}
	c, m, err := s.actor(in.User, opener.channelID)
	if err != nil {
		return "", err
	}
	f := formInput{s: s, channel: c, values: in.Values, resolved: jsonMap{}, known: map[string]bool{}}
	components, err := f.fill(opener.modal.Components)
	if err != nil {
		return "", err
	}
	for key := range in.Values {
		if !f.known[key] {
			return "", fmt.Errorf("the form has no field %q", key)
		}
	}
	data := jsonMap{"custom_id": opener.modal.CustomID, "components": components}
	if len(f.resolved) > 0 {
		data["resolved"] = f.resolved
	}
	opener.used = true
	i := &interaction{kind: interactionModal, user: m.user, sourceID: opener.sourceID, parent: opener.id}
	return s.begin(i, c, data, c.message(opener.sourceID)).id, nil
}

// formInput fills the components of a form.
type formInput struct {
	s        *Server
	channel  *channelState
	values   map[string]any
	resolved jsonMap
	known    map[string]bool
}

// fill are the components as a submission carries them.
func (f *formInput) fill(cs []Component) ([]jsonMap, error) {
	out := []jsonMap{}
	for i := range cs {
		c := &cs[i]
		w := jsonMap{"type": c.Type, "id": c.ID}
		switch c.Type {
		case TypeActionRow:
			kids := []jsonMap{}
			for j := range c.Components {
				kid, err := f.field(&c.Components[j])
				if err != nil {
					return nil, err
				}
				kids = append(kids, kid)
			}
			w["components"] = kids
		case TypeLabel:
			kid, err := f.field(c.Component)
			if err != nil {
				return nil, err
			}
			w["component"] = kid
		}
		out = append(out, w)
	}
	return out, nil
}

// field is one filled field.
func (f *formInput) field(c *Component) (jsonMap, error) {
	f.known[c.CustomID] = true
	w := jsonMap{"type": c.Type, "id": c.ID, "custom_id": c.CustomID}
	given, typed := f.values[c.CustomID]
	switch c.Type {
	case TypeTextInput:
		text := c.Value
		if typed {
			str, isString := given.(string)
			if !isString {
				return nil, fmt.Errorf("%q takes a text", c.CustomID)
			}
			text = str
		}
		w["value"] = text
		return w, fits(c, text)
	case TypeCheckbox:
		checked := c.Default
		if b, isBool := given.(bool); isBool {
			checked = b
		}
		w["value"] = checked
		return w, nil
	}
	values, err := list1(given)
	if err != nil {
		return nil, fmt.Errorf("%q: %w", c.CustomID, err)
	}
	return w, f.choose(w, c, values)
}

// choose puts the chosen values of a select, group or upload into w.
func (f *formInput) choose(w jsonMap, c *Component, values []string) error {
	least := 1
	if c.Required != nil && !*c.Required {
		least = 0
	}
	if len(values) > 0 || least > 0 {
		if err := chosen(c, values, least); err != nil {
			return err
		}
	}
	if c.Type == TypeRadioGroup {
		w["value"] = nil
		if len(values) > 0 {
			w["value"] = values[0]
		}
		return nil
	}
	w["values"] = values
	for _, v := range values {
		if kinds := entityKinds[c.Type]; kinds != nil {
			if err := f.s.resolve(f.resolved, f.channel, v, kinds...); err != nil {
				return err
			}
		}
		if c.Type == TypeFileUpload {
			if err := f.s.resolveUpload(f.resolved, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// list1 is a list of strings, or one string as a list.
func list1(v any) ([]string, error) {
	switch v := v.(type) {
	case nil:
		return []string{}, nil
	case string:
		return []string{v}, nil
	case []string:
		return v, nil
	case []any:
		l := texts(v)
		if len(l) == len(v) {
			return l, nil
		}
	}
	return nil, errors.New("a string or a list of strings is expected")
}

// fits checks a text against its input's limits.
func fits(c *Component, text string) error {
	n := runes(text)
	lo, hi := 0, maxInputText
	if c.MinLength != nil {
		lo = *c.MinLength
	}
	if c.MaxLength != nil {
		hi = *c.MaxLength
	}
	required := c.Required == nil || *c.Required
	switch {
	case n == 0 && !required:
		return nil
	case n == 0:
		return fmt.Errorf("%q must be filled in", c.CustomID)
	case n < lo || n > hi:
		return fmt.Errorf("%q takes %d to %d characters, not %d", c.CustomID, lo, hi, n)
	}
	return nil
}
