package syntax

import (
	"strings"
	"unicode/utf8"
)

// withoutComments takes out "// to the end of the line" and "/* any text */" wherever they stand, also within strings, as the language
// has it, and makes "\r\n" into "\n". Line ends inside a comment stay, so that lines keep their numbers; the cuts keep the columns.
func withoutComments(text string) (string, []cut) {
	if !strings.Contains(text, "//") && !strings.Contains(text, "/*") && !strings.Contains(text, "\r\n") {
		return text, nil
	}
	c := commentCutter{}
	c.out.Grow(len(text))
	for i := 0; i < len(text); {
		n := strings.IndexAny(text[i:], "/\r")
		if n < 0 {
			c.out.WriteString(text[i:])
			break
		}
		c.out.WriteString(text[i : i+n])
		i += n
		rest := text[i:]
		switch {
		case strings.HasPrefix(rest, "\r\n"):
			i++
		case strings.HasPrefix(rest, "//"):
			end := strings.IndexByte(rest, '\n')
			if end < 0 {
				end = len(rest)
			}
			i += end
		case strings.HasPrefix(rest, "/*"):
			end := len(rest)
			if n := strings.Index(rest[2:], "*/"); n >= 0 {
				end = n + 4
			}
			c.block(rest[:end])
			i += end
		default:
			c.out.WriteByte(text[i])
			i++
		}
	}
	return c.out.String(), c.cuts
}

type commentCutter struct {
	out  strings.Builder
	cuts []cut
}

func (c *commentCutter) block(comment string) {
	if n := strings.Count(comment, "\n"); n > 0 {
		for range n {
			c.out.WriteByte('\n')
		}
		comment = comment[strings.LastIndexByte(comment, '\n')+1:]
	}
	c.cuts = append(c.cuts, cut{at: int32(c.out.Len()), runes: int32(utf8.RuneCountInString(comment))})
}
