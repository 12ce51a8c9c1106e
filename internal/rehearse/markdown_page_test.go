package rehearse

import (
	"context"
	"strings"
	"testing"

	"storyteller/internal/rehearse/browsertest"
)

// markdownCases are Discord's markdown and the elements the page makes of it.
var markdownCases = []struct{ name, in, want string }{
	{"emphasis", "**b** *i* _i_ __u__ ~~s~~", "<p><strong>b</strong> <em>i</em> <em>i</em> <u>u</u> <s>s</s></p>"},
	{"nested", "***x*** **a *b***", "<p><strong><em>x</em></strong> <strong>a <em>b</em></strong></p>"},
	{"over a line's end", "**a\nb**", "<p><strong>a<br>b</strong></p>"},
	{"escapes", `\*a\* \# \<b\>`, "<p>*a* # &lt;b&gt;</p>"},
	{"no emphasis", "2 * 3 * 4 snake_case_word", "<p>2 * 3 * 4 snake_case_word</p>"},
	{"unclosed", "**a *b", "<p>**a *b</p>"},
	{"paragraphs", "a\nb\n\nc", "<p>a<br>b</p><p>c</p>"},
	{"headings", "# A\n## B\n### C\n#### D", "<h3>A</h3><h4>B</h4><h5>C</h5><p>#### D</p>"},
	{"subtext", "-# small *x*", `<p class="subtext">small <em>x</em></p>`},
	{"lists", "- a\n  - b\n- c\n3. d", `<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol start="3"><li>d</li></ol>`},
	{"subtext begins its line", "- **A**: b\n  -# c\n x -# y", "<ul><li><strong>A</strong>: b</li></ul><p>  -# c<br> x -# y</p>"},
	{"quotes", "> a\n> b\nc", "<blockquote><p>a<br>b</p></blockquote><p>c</p>"},
	{"quote to the end", "x\n>>> a\n\n- b", "<p>x</p><blockquote><p>a</p><ul><li>b</li></ul></blockquote>"},
	{"code", "`*a*` ``b`c``", "<p><code>*a*</code> <code>b`c</code></p>"},
	{"code block", "```go\nx := **y**\n```", `<pre tabindex="0" aria-label="Code"><code>x := **y**</code></pre>`},
	{"markup", "<b>&amp;</b>", "<p>&lt;b&gt;&amp;amp;&lt;/b&gt;</p>"},
	{"mentions", "<@1> <@2> <#3> <@&4>", `<p><span class="mention">@Anna</span> <span class="mention self">@Ben</span> <a class="mention" href="#3">#room</a> <span class="mention">@role</span></p>`},
	{"links", "[a](https://x.example) https://y.example/p(q). [b](javascript:1)", `<p><a href="https://x.example" target="_blank" rel="noopener noreferrer nofollow">a</a> <a href="https://y.example/p(q)" target="_blank" rel="noopener noreferrer nofollow">https://y.example/p(q)</a>. [b](javascript:1)</p>`},
	{"spoiler", "||x||", `<p><span class="spoiler" role="button" tabindex="0" aria-expanded="false" aria-label="Spoiler: show"><span class="spoiler-text" aria-hidden="true">x</span></span></p>`},
	{"moments that are none", "<t:9999999999999:R> <t:x>", "<p>Invalid date &lt;t:x&gt;</p>"},
}

func shownMarkdown(t *testing.T, browser context.Context) {
	s := newStage(t, script)
	p := browsertest.Open(t, browser, s.url)
	const render = `import("/text.js").then(({ markdown }) => {
		const names = { 1: "Anna", 2: "Ben" };
		const room = { me: "2", name: (id) => names[id], channels: new Map([["3", { name: "room" }]]), emit() {} };
		return markdown(%s, room).innerHTML;
	})`
	for _, c := range markdownCases {
		t.Run(c.name, func(t *testing.T) {
			if got := browsertest.Eval[string](p, strings.Replace(render, "%s", browsertest.Quote(c.in), 1)); got != c.want {
				t.Errorf("%q\n got %s\nwant %s", c.in, got, c.want)
			}
		})
	}
	t.Run("nothing is too deep or too long", func(t *testing.T) {
		for _, source := range []string{strings.Repeat("*", 3000) + "a" + strings.Repeat("*", 3000), strings.Repeat("> ", 1500) + "a", strings.Repeat("**a *", 1300), strings.Repeat("[", 4000), strings.Repeat("`", 4000), strings.Repeat("||", 2000)} {
			took := browsertest.Eval[float64](p, `(async () => { const from = performance.now(); await `+strings.Replace(render, "%s", browsertest.Quote(source), 1)+`; return performance.now() - from; })()`)
			if took > 500 {
				t.Errorf("%.20q… took %.0f ms", source, took)
			}
		}
	})
}
