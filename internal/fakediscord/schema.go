package fakediscord

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A check looks at one JSON value (as decoded with UseNumber) and writes what
// is wrong with it to p.
type check func(p *problem, v any)

// field is one key of an object. An optional one may also be null.
type field struct {
	check    check
	required bool
}

// object are the keys that an object may have; any other key is refused.
type object map[string]field

func opt(c check) field  { return field{check: c} }
func need(c check) field { return field{check: c, required: true} }

// with is o with more keys.
func (o object) with(more object) object {
	all := maps.Clone(o)
	maps.Copy(all, more)
	return all
}

func (o object) check(p *problem, v any) {
	m, ok := v.(map[string]any)
	if !ok {
		p.add("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
		return
	}
	for _, key := range slices.Sorted(maps.Keys(o)) {
		f := o[key]
		value := m[key]
		switch {
		case value != nil:
			f.check(p.at(key), value)
		case f.required:
			p.at(key).add("BASE_TYPE_REQUIRED", "This field is required")
		}
	}
	for key := range m {
		if _, known := o[key]; !known {
			p.at(key).add("UNKNOWN_FIELD", "Discord has no such field here and would ignore it")
		}
	}
}

// text is a string of lo to hi code points; hi 0 means no upper limit.
func text(lo, hi int) check {
	return func(p *problem, v any) {
		s, ok := v.(string)
		if !ok {
			p.add("STRING_TYPE_CONVERT", fmt.Sprintf("Could not interpret \"%v\" as string.", v))
			return
		}
		n := utf8.RuneCountInString(s)
		switch {
		case lo > 0 && n == 0:
			p.add("BASE_TYPE_REQUIRED", "This field is required")
		case lo > 0 && hi > 0 && (n < lo || n > hi):
			p.add("BASE_TYPE_BAD_LENGTH", fmt.Sprintf("Must be between %d and %d in length.", lo, hi))
		case hi > 0 && n > hi:
			p.add("BASE_TYPE_MAX_LENGTH", fmt.Sprintf("Must be %d or fewer in length.", hi))
		}
	}
}

// integer is a whole number from lo to hi.
func integer(lo, hi int64) check {
	return func(p *problem, v any) {
		n, ok := wholeNumber(v)
		switch {
		case !ok:
			p.add("NUMBER_TYPE_COERCE", fmt.Sprintf("Value \"%v\" is not int.", v))
		case n < lo:
			p.add("NUMBER_TYPE_MIN", fmt.Sprintf("int value should be greater than or equal to %d.", lo))
		case n > hi:
			p.add("NUMBER_TYPE_MAX", fmt.Sprintf("int value should be less than or equal to %d.", hi))
		}
	}
}

// number is any JSON number.
func number(p *problem, v any) {
	if _, ok := v.(json.Number); !ok {
		p.add("NUMBER_TYPE_COERCE", fmt.Sprintf("Value \"%v\" is not float.", v))
	}
}

func wholeNumber(v any) (int64, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	i, err := n.Int64()
	return i, err == nil
}

// intOf is a whole number that has been checked, or 0.
func intOf(v any) int {
	n, _ := wholeNumber(v)
	return int(n)
}

func boolean(p *problem, v any) {
	if _, ok := v.(bool); !ok {
		p.add("BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
	}
}

// snowflake is an id, written as a string.
func snowflake(p *problem, v any) {
	s, ok := v.(string)
	if ok && isSnowflake(s) {
		return
	}
	p.add("NUMBER_TYPE_COERCE", fmt.Sprintf("Value \"%v\" is not snowflake.", v))
}

func isSnowflake(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil
}

// list is an array of lo to hi items.
func list(lo, hi int, item check) check {
	return func(p *problem, v any) {
		l, ok := v.([]any)
		if !ok {
			p.add("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
			return
		}
		if len(l) < lo || len(l) > hi {
			if lo == 0 {
				p.add("BASE_TYPE_MAX_LENGTH", fmt.Sprintf("Must be %d or fewer in length.", hi))
			} else {
				p.add("BASE_TYPE_BAD_LENGTH", fmt.Sprintf("Must be between %d and %d in length.", lo, hi))
			}
		}
		for i, x := range l {
			item(p.index(i), x)
		}
	}
}

// oneOf is one of some whole numbers or strings.
func oneOf[T int | string](values ...T) check {
	return func(p *problem, v any) {
		for _, want := range values {
			if fmt.Sprint(v) == fmt.Sprint(want) {
				if _, isString := v.(string); isString == isText(want) {
					return
				}
			}
		}
		p.add("BASE_TYPE_CHOICES", "Value must be one of "+choiceList(values)+".")
	}
}

func isText(v any) bool { _, ok := v.(string); return ok }

func choiceList[T int | string](values []T) string {
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprint(&b, v)
	}
	return "{" + b.String() + "}"
}

// bits is an integer that has no other bits than those allowed.
func bits(allowed int) check {
	return func(p *problem, v any) {
		n, ok := wholeNumber(v)
		switch {
		case !ok:
			p.add("NUMBER_TYPE_COERCE", fmt.Sprintf("Value \"%v\" is not int.", v))
		case n < 0 || int(n)&^allowed != 0:
			p.add("BASE_TYPE_CHOICES", fmt.Sprintf("Only these flags may be set here: %d.", allowed))
		}
	}
}

// webURL is an address of the given schemes, up to hi code points.
func webURL(hi int, schemes ...string) check {
	return func(p *problem, v any) {
		text(1, hi)(p, v)
		s, _ := v.(string)
		u, err := url.Parse(s)
		switch {
		case err != nil || u.Scheme == "" || (u.Host == "" && u.Scheme != "attachment"):
			p.add("URL_TYPE_INVALID_URL", "Not a well formed URL.")
		case !slices.Contains(schemes, u.Scheme):
			p.add("URL_TYPE_INVALID_SCHEME", fmt.Sprintf("Scheme %q is not supported. Scheme must be one of ('%s').", u.Scheme, strings.Join(schemes, "', '")))
		}
	}
}

// iso8601 is a time as RFC 3339 writes it.
func iso8601(p *problem, v any) {
	s, _ := v.(string)
	if _, err := time.Parse(time.RFC3339, s); err != nil {
		p.add("DATETIME_TYPE_INVALID", fmt.Sprintf("Could not parse %v. Should be ISO8601.", v))
	}
}

// permissionBits is a bitset: a string, as the documentation has it, or a
// number, as the API's description does.
func permissionBits(p *problem, v any) {
	if s, ok := v.(string); ok && isSnowflake(s) {
		return
	}
	if n, ok := wholeNumber(v); !ok || n < 0 {
		p.add("BITSET_TYPE_COERCE", "Must be a bitset written as a string.")
	}
}

// all applies several checks to one value.
func all(checks ...check) check {
	return func(p *problem, v any) {
		for _, c := range checks {
			c(p, v)
		}
	}
}

// unsupported refuses a field that Discord has and this server does not speak.
func unsupported(p *problem, _ any) {
	p.add("UNSUPPORTED_HERE", "fakediscord does not speak this field; leave it out")
}

const maxInt32 = math.MaxInt32
