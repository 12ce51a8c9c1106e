package rehearse

import (
	"context"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"storyteller/internal/fakediscord"

	"storyteller/internal/rehearse/browsertest"
)

func accessible(t *testing.T, browser context.Context) {
	s := newStage(t, script)
	s.registerCommands()
	s.conversation(t)
	anna := browsertest.Open(t, browser, s.url).Join("Anna")
	anna.SeeText("An ending")
	t.Run("everything that acts has a name", func(t *testing.T) { everythingIsNamed(t, anna) })
	t.Run("every text can be told from its ground", func(t *testing.T) { contrast(t, anna) })
	t.Run("a phone's width is enough", func(t *testing.T) { phoneWidth(t, anna) })
	t.Run("the tab key reaches everything", func(t *testing.T) { tabKey(t, anna) })
}

func everythingIsNamed(t *testing.T, anna *browsertest.Tab) {
	roles := map[string]int{}
	for _, n := range anna.Accessible() {
		roles[n.Role]++
		switch n.Role {
		case "button", "link", "textbox", "combobox", "listbox", "option", "image", "dialog", "log", "menuitem", "navigation", "complementary":
			if n.Name == "" {
				t.Errorf("a %s has no name", n.Role)
			}
		}
	}
	for _, role := range []string{"log", "combobox", "complementary", "main", "banner", "image", "heading", "button"} {
		if roles[role] == 0 {
			t.Errorf("there is no %s", role)
		}
	}
	if roles["heading"] < 3 {
		t.Errorf("%d headings", roles["heading"])
	}
}

func contrast(t *testing.T, anna *browsertest.Tab) {
	for _, scheme := range []string{"light", "dark"} {
		anna.Emulate("prefers-color-scheme", scheme, "prefers-reduced-motion", "reduce") // colours fade else
		for _, bad := range browsertest.Eval[[]string](anna, contrastCheck) {
			t.Errorf("%s: %s", scheme, bad)
		}
	}
}

func phoneWidth(t *testing.T, anna *browsertest.Tab) {
	anna.Do(chromedp.EmulateViewport(360, 740))
	anna.See("the members make room", `getComputedStyle(document.getElementById("people")).visibility === "hidden"`) // the page learns of its width with the next frame
	for _, bad := range browsertest.Eval[[]string](anna, `[...document.querySelectorAll("body *")].filter((e) => e.offsetParent && !e.closest("pre, .visually-hidden, .byline, .me-lead, [inert]") && e.getBoundingClientRect().right > 361).map((e) => e.outerHTML.slice(0, 90))`) {
		t.Errorf("too wide: %s", bad)
	}
	if n := browsertest.Eval[int](anna, `document.documentElement.scrollWidth`); n > 360 {
		t.Errorf("the page is %d pixels wide", n)
	}
	anna.Do(chromedp.Click(chromedp.CSS("#people-toggle")))
	anna.See("the members", `document.getElementById("people").getBoundingClientRect().left < 360 && getComputedStyle(document.getElementById("people")).visibility === "visible"`)
	anna.Keys("\u001b")
	anna.See("them gone", `getComputedStyle(document.getElementById("people")).visibility === "hidden" && document.activeElement.id === "people-toggle"`)
}

func tabKey(t *testing.T, anna *browsertest.Tab) {
	anna.Do(chromedp.EmulateViewport(1200, 800), chromedp.Evaluate[chromedp.Void](`document.activeElement.blur(); document.querySelector(".skip").focus()`))
	var seen []string
	for range 40 {
		name := browsertest.Eval[string](anna, `(document.activeElement.id || document.activeElement.textContent.trim())`)
		seen = append(seen, name)
		if ring := browsertest.Eval[string](anna, `(() => { const e = document.activeElement, s = getComputedStyle(e); return e.matches(":focus-visible") && (s.outlineStyle !== "none" || getComputedStyle(e.closest(".line") ?? e).boxShadow !== "none") ? "ring" : "" })()`); ring == "" && name != "" && browsertest.Eval[bool](anna, `document.activeElement !== document.body`) {
			t.Errorf("no focus is seen on %q", name)
		}
		anna.Keys("\t")
	}
	for _, want := range []string{"theme-toggle", "people-toggle", "me", "scroller", "I'm in", "write", "send", "Transcript"} {
		if !slices.Contains(seen, want) {
			t.Errorf("the tab key does not reach %q; it went %q", want, seen)
		}
	}
}

// contrastCheck lists texts with less than 4.5:1 against the nearest ground.
const contrastCheck = `(() => {
  const parse = (c) => (c.match(/[\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => { const f = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
  const ground = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0.5) return c; } return [255, 255, 255]; };
  const out = [];
  for (const e of document.querySelectorAll("body *")) {
    if (!e.checkVisibility?.({ visibilityProperty: true }) || e.closest(":disabled, .spoiler, dialog:not([open])")) continue;
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.nodeValue.trim())) continue;
    const a = light(parse(getComputedStyle(e).color)), b = light(ground(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) out.push(e.className + " " + e.textContent.slice(0, 30) + " " + ratio.toFixed(2));
  }
  return out;
})()`

// conversation posts a whole small reading: title card, beats, a closed and an
// open vote, an ending.
func (s *stage) conversation(t *testing.T) {
	t.Helper()
	alt := "A harbour at dusk, the lighthouse lamp out"
	s.bot.postFile(s.channel, "cover.png", alt, onePixel, container(0x9a5b2a,
		object{"type": fakediscord.TypeMediaGallery, "items": []object{{"media": object{"url": "attachment://cover.png"}, "description": alt}}},
		text("# The Lighthouse Keeper's Debt\n*by Ida Verne*"),
		text("On the night the lamp goes out, somebody in the village already knows why."),
		object{"type": fakediscord.TypeSeparator},
		text("-# About 25 minutes · 5 endings"),
		row(press(3, "I'm in", "1:ab:join"), press(2, "Begin", "1:ab:begin"))))
	s.bot.post(s.channel, text("## The lamp\nThe lamp goes out at ten past nine. > not a quote\n> a quote\n`code` ||spoiler|| [a link](https://example.com)"))
	s.bot.post(s.channel, container(0x5a6b7a, text("### What do you do?\n**1.** Go up — 3 votes\n**2.** Row out — 1 vote"), text("-# Chosen: **Go up**")))
	s.bot.post(s.channel, container(0x0f6a5f, text("### The coat is still warm."), row(press(1, "Take the keys", "1:ab:v2:0"), press(2, "Search the pockets first; whatever he left…", "1:ab:v2:1"), press(4, "Turn back", "1:ab:v2:2")), text("-# Closes <t:4102444800:R> · 2 of 5 have voted")))
	s.bot.post(s.channel, container(0xb08a2e, text("# An ending: The lamp relit\n-# Ending 2 of 5"), row(press(1, "Read again", "1:ab:again"), press(2, "Transcript", "1:ab:transcript"))))
}

// onePixel is the smallest PNG.
var onePixel = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82")
