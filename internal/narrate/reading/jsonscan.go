package reading

import "bytes"

// What follows finds its way through JSON as json.Marshal writes it, without blanks. It says false to what it does not
// expect, and need not be right about what is not JSON at all: encoding/json judges that.

// fields calls yield with each key and value of an object, as they are written, until it says false. It returns whether
// all of it was an object and yield never said false.
func fields(object []byte, yield func(key, value []byte) bool) bool {
	if len(object) < 2 || object[0] != '{' {
		return false
	}
	if string(object) == "{}" {
		return true
	}
	for at := 0; ; {
		at++ // the brace, or a comma
		key := skip(object, at)
		if key < 0 || object[at] != '"' || key >= len(object) || object[key] != ':' {
			return false
		}
		end := skip(object, key+1)
		if end < 0 || end >= len(object) || !yield(object[at+1:key-1], object[key+1:end]) {
			return false
		}
		if object[end] != ',' {
			return object[end] == '}' && end == len(object)-1
		}
		at = end
	}
}

// elements is to an array as fields is to an object.
func elements(array []byte, yield func(value []byte) bool) bool {
	if len(array) < 2 || array[0] != '[' {
		return false
	}
	if string(array) == "[]" {
		return true
	}
	for at := 0; ; {
		at++
		end := skip(array, at)
		if end < 0 || end >= len(array) || !yield(array[at:end]) {
			return false
		}
		if array[end] != ',' {
			return array[end] == ']' && end == len(array)-1
		}
		at = end
	}
}

// skip returns the index after the value that begins at an index, or -1.
func skip(b []byte, at int) int {
	depth := 0
	for i := at; i < len(b); i++ {
		switch b[i] {
		case '"':
			if i = closing(b, i); i < 0 {
				return -1
			}
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
			if depth < 0 {
				return bare(at, i)
			}
		case ',', ':':
			if depth == 0 {
				return bare(at, i)
			}
		}
	}
	return -1
}

// bare is the end of a value that is neither in brackets nor in quotation marks, unless nothing is there.
func bare(at, end int) int {
	if at == end {
		return -1
	}
	return end
}

// closing returns the index of the quotation mark that ends the string that begins at an index, or -1.
func closing(b []byte, at int) int {
	for i := at + 1; ; i++ {
		next := bytes.IndexByte(b[i:], '"')
		if next < 0 {
			return -1
		}
		i += next
		escapes := 0
		for b[i-1-escapes] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return i
		}
	}
}
