package rehearse

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"storyteller/internal/fakediscord"
)

// script answers as a small bot: "Slow" is never answered, "Write" and
// /story write open a form, the rest is noted privately.
func script(i interaction) any {
	form := object{"type": 9, "data": object{"custom_id": "1:ab:form", "title": "Your own words", "components": []object{
		{"type": 18, "label": "What happens next?", "description": "A sentence", "component": object{"type": 4, "custom_id": "words", "style": 2, "max_length": 200}},
	}}}
	switch {
	case i.Type == 4:
		return object{"type": 8, "data": object{"choices": []object{{"name": "The Last Dance", "value": "last-dance"}, {"name": "The Lamp", "value": "lamp"}}}}
	case i.Data.CustomID == "1:ab:slow":
		return nil
	case i.Data.CustomID == "1:ab:write", strings.Contains(string(i.Data.Options), `"write"`):
		return form
	case i.Type == 5:
		return private("You wrote: " + string(i.Data.Components))
	case i.Data.CustomID == "1:ab:v1:0":
		return private("You chose **Up**.")
	}
	return private("Noted: " + i.Data.Name + i.Data.CustomID + strings.Join(i.Data.Values, "+"))
}

var storyCommand = object{"name": "story", "description": "Stories", "type": 1, "options": []object{
	{"type": 1, "name": "start", "description": "Start a story in this channel", "options": []object{
		{"type": 3, "name": "story", "description": "Which story", "required": true, "autocomplete": true},
		{"type": 4, "name": "pace", "description": "Percent of the usual pause", "min_value": 50, "max_value": 200},
		{"type": 3, "name": "votes", "description": "How long a vote stays open", "choices": []object{{"name": "30 seconds", "value": "30s"}, {"name": "1 minute", "value": "60s"}}},
	}},
	{"type": 1, "name": "write", "description": "Add a sentence"},
}}

func (s *stage) registerCommands() {
	s.bot.rest("PUT", "/applications/"+s.fake.Bot().ID+"/commands", []object{storyCommand})
}

// waitPress waits until the bot has got an interaction that ok accepts.
func (s *stage) waitInteraction(t *testing.T, p *tab, ok func(interaction) bool) interaction {
	t.Helper()
	var found interaction
	for range 200 {
		for _, i := range s.bot.interactions() {
			if ok(i) {
				found = i
				return found
			}
		}
		p.do(chromedp.Sleep(patience / 600)) // the page's own time, not ours, must pass
	}
	t.Fatalf("the bot got no such interaction, only %v", s.bot.interactions())
	return found
}

func TestThePageInABrowser(t *testing.T) {
	browser := startBrowser(t)
	t.Run("two tabs are two members", func(t *testing.T) {
		s := newStage(t, script)
		anna := openTab(t, browser, s.url).join("Anna")
		ben := openTab(t, browser, s.url).join("Ben")
		id := s.bot.post(s.channel, container(0x0f6a5f, text("### Where to?"), row(press(1, "Up", "1:ab:v1:0"), press(2, "Down", "1:ab:v1:1"))))
		anna.seeText("Where to?")
		ben.seeText("Where to?")
		anna.click("Up")
		anna.seeText("You chose Up.")
		anna.seeText("Only you can see this")
		if eval[string](ben, `document.getElementById("messages").textContent`); strings.Contains(eval[string](ben, `document.getElementById("messages").textContent`), "You chose") {
			t.Error("Ben sees Anna's private answer")
		}
		if got := s.pressed(); got["1:ab:v1:0"] != 1 {
			t.Errorf("presses: %v", got)
		}
		s.bot.edit(s.channel, id, text("### Where to?"), text("Chosen: **Up**"))
		for _, p := range []*tab{anna, ben} {
			p.seeText("Chosen: Up")
			if n := eval[int](p, `document.querySelectorAll("#messages .button").length`); n != 0 {
				t.Errorf("%d buttons are left on the closed vote", n)
			}
		}
		if err := s.fake.DeleteMessage(s.channel, id); err != nil {
			t.Fatal(err)
		}
		ben.see("the deletion", `!document.getElementById("messages").textContent.includes("Chosen")`)
		anna.click("Dismiss")
		anna.see("the dismissal", `!document.getElementById("messages").textContent.includes("You chose")`)
		names := eval[string](ben, `document.getElementById("people-list").textContent`)
		if !strings.Contains(names, "Anna") || !strings.Contains(names, "Ben") {
			t.Errorf("members: %s", names)
		}
	})
	t.Run("a reload keeps who one is", func(t *testing.T) {
		s := newStage(t, script)
		anna := openTab(t, browser, s.url).join("Anna")
		anna.do(chromedp.Reload())
		anna.see("Anna again", `document.getElementById("me").textContent.includes("Anna")`)
		if eval[bool](anna, `document.getElementById("who").open`) {
			t.Error("the dialog asks again")
		}
	})
	t.Run("someone taken is not offered", func(t *testing.T) {
		s := newStage(t, script)
		if _, err := AddReaders(s.fake, 1); err != nil {
			t.Fatal(err)
		}
		openTab(t, browser, s.url).join("Anna")
		other := openTab(t, browser, s.url)
		other.see("the dialog", `document.getElementById("who").open`)
		free := eval[string](other, `document.querySelector(".who-free")?.textContent ?? ""`)
		if strings.Contains(free, "Anna") || strings.Contains(free, readerNames[0]) || !strings.Contains(free, "Owner") {
			t.Errorf("free to be: %q", free)
		}
	})
	t.Run("a command by keyboard alone", func(t *testing.T) {
		s := newStage(t, script)
		s.registerCommands()
		anna := openTab(t, browser, s.url).join("Anna")
		anna.do(chromedp.Focus(chromedp.CSS("#write")))
		anna.keys("hello\r")
		anna.see("the refusal", `document.getElementById("composer-note").textContent === "This room only takes commands: type /"`)
		anna.keys("\u001b/sta")
		anna.see("the list", `document.querySelector("#suggestions [aria-selected=true]")?.textContent.startsWith("/story start")`)
		if got := eval[string](anna, `document.getElementById("write").getAttribute("aria-activedescendant") + document.getElementById("write").getAttribute("aria-expanded")`); got != "suggestion-0true" {
			t.Errorf("the combobox says %q", got)
		}
		anna.keys("\r")
		anna.see("the bot's completion", `document.activeElement.dataset.option === "story" && document.querySelectorAll("#suggestions [role=option]").length === 2`)
		anna.keys("\u0301\r") // arrow down, take it
		anna.see("the choice", `document.querySelector("[data-option=story]").value === "The Lamp"`)
		anna.keys("votes")
		anna.see("the optional one", `document.querySelector("#suggestions [aria-selected=true]")?.textContent.startsWith("votes")`)
		anna.keys("\t")
		anna.see("its choices", `document.activeElement.dataset.option === "votes" && document.querySelectorAll("#suggestions [role=option]").length === 2`)
		anna.keys("1 m\r")
		anna.see("the field behind", `document.activeElement.id === "write"`)
		anna.keys("\r")
		anna.seeText("Noted: story")
		i := s.waitInteraction(t, anna, func(i interaction) bool { return i.Type == 2 })
		var options []struct {
			Name    string
			Options []struct{ Name, Value string }
		}
		if err := json.Unmarshal(i.Data.Options, &options); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(options); got != "[{start [{story lamp} {votes 60s}]}]" {
			t.Errorf("the bot got %s", got)
		}
	})
	t.Run("a command lacks what it requires", func(t *testing.T) {
		s := newStage(t, script)
		s.registerCommands()
		anna := openTab(t, browser, s.url).join("Anna")
		paste := func(line string) {
			anna.do(chromedp.Evaluate[chromedp.Void](`(() => { const w = document.getElementById("write"); w.focus(); w.value = ` + quote(line) + `; w.dispatchEvent(new Event("input")); })()`))
		}
		wrong := func(option, why string) {
			anna.see(why, `document.querySelector(".field.wrong [data-option=`+option+`]") !== null && document.activeElement.dataset.option === "`+option+`" && document.getElementById("composer-note").textContent === `+quote(why))
		}
		paste("/story start pace:900")
		anna.do(chromedp.Click(chromedp.CSS("#send")))
		wrong("story", "story is required")
		anna.keys("\u001b\u001b")
		paste("/story start story:lamp pace:900")
		anna.do(chromedp.Click(chromedp.CSS("#send")))
		wrong("pace", "pace: 200 or less")
		if n := len(s.bot.interactions()); slices.ContainsFunc(s.bot.interactions(), func(i interaction) bool { return i.Type == 2 }) {
			t.Errorf("%d interactions were sent", n)
		}
	})
	t.Run("silence is shown as failure", func(t *testing.T) {
		s := newStage(t, script)
		anna := openTab(t, browser, s.url).join("Anna")
		s.bot.post(s.channel, row(press(2, "Slow", "1:ab:slow"), press(2, "Other", "1:ab:other")))
		anna.click("Slow")
		anna.see("the waiting", `document.querySelector(".button.pending[aria-busy=true]")?.textContent === "Slow"`)
		anna.seeText("This interaction failed")
		if eval[bool](anna, `document.querySelector(".button.pending, .button[aria-disabled]") !== null`) {
			t.Error("the button still waits")
		}
		anna.click("Other")
		anna.seeText("Noted: 1:ab:other")
	})
	t.Run("a form", func(t *testing.T) {
		s := newStage(t, script)
		s.registerCommands()
		anna := openTab(t, browser, s.url).join("Anna")
		s.bot.post(s.channel, row(press(2, "Write", "1:ab:write")))
		anna.click("Write")
		anna.see("the form", `document.getElementById("form").open && document.activeElement.tagName === "TEXTAREA"`)
		anna.keys("The door opens")
		anna.click("Submit")
		anna.seeText("The door opens")
		anna.see("it closed", `!document.getElementById("form").open`)
	})
	t.Run("a select by keyboard", func(t *testing.T) {
		s := newStage(t, script)
		anna := openTab(t, browser, s.url).join("Anna")
		s.bot.post(s.channel, row(object{"type": 3, "custom_id": "1:ab:pick", "placeholder": "Choose", "options": []object{{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}}}))
		anna.seeText("Choose")
		anna.do(chromedp.Focus(chromedp.CSS(".select-button")))
		anna.keys("\u0301") // arrow down opens
		anna.see("the list", `document.activeElement.role === "listbox"`)
		anna.keys("\u0301\r")
		anna.seeText("Noted: 1:ab:pick2")
	})
	t.Run("a lost connection comes back", func(t *testing.T) {
		s := newStage(t, script)
		anna := openTab(t, browser, s.url).join("Anna")
		s.bot.post(s.channel, text("Before."))
		anna.seeText("Before.")
		s.stop()
		anna.see("the note", `!document.getElementById("connection").hidden`)
		s.bot.post(s.channel, text("Meanwhile."))
		s.open(t)
		anna.seeText("Meanwhile.")
		anna.see("no note", `document.getElementById("connection").hidden`)
		if n := eval[int](anna, `document.querySelectorAll(".message").length`); n != 2 {
			t.Errorf("%d messages on screen, want 2", n)
		}
	})
	t.Run("scrolled up, the newest waits", func(t *testing.T) {
		s := newStage(t, script)
		anna := openTab(t, browser, s.url).join("Anna")
		for i := range 4 { // Discord takes five messages in five seconds
			s.bot.post(s.channel, text(strings.Repeat(fmt.Sprintf("Line of beat %d.\n", i), 20)))
		}
		anna.seeText("beat 3")
		const bottom = `document.getElementById("scroller").scrollHeight - document.getElementById("scroller").scrollTop - document.getElementById("scroller").clientHeight`
		anna.see("the bottom", bottom+" < 5")
		anna.do(chromedp.Evaluate[chromedp.Void](`document.getElementById("scroller").scrollTop = 0`))
		anna.see("the way down", `!document.getElementById("new-messages").hidden`)
		s.bot.post(s.channel, text("The newest."))
		anna.click("1 new message")
		anna.see("the bottom again", bottom+" < 5 && document.getElementById('new-messages').hidden")
	})
	t.Run("hostile text stays text", func(t *testing.T) {
		s := newStage(t, script)
		anna := openTab(t, browser, s.url).join(`<b onclick=x>"Eve"`)
		s.bot.post(s.channel, text("<img src=x onerror=\"window.hacked=1\"> <script>window.hacked=1</script> [x](javascript:window.hacked=1) **<i>b</i>**"))
		anna.seeText(`<img src=x onerror="window.hacked=1">`)
		if eval[bool](anna, `window.hacked !== undefined || document.querySelector("#messages img, #messages script, #messages i, #messages a, #me b") !== null`) {
			t.Error("a message's text became markup")
		}
	})
}

func TestThePageIsAccessible(t *testing.T) {
	browser := startBrowser(t)
	s := newStage(t, script)
	s.registerCommands()
	s.conversation(t)
	anna := openTab(t, browser, s.url).join("Anna")
	anna.seeText("An ending")
	t.Run("everything that acts has a name", func(t *testing.T) {
		roles := map[string]int{}
		for _, n := range anna.accessible() {
			roles[n.role]++
			switch n.role {
			case "button", "link", "textbox", "combobox", "listbox", "option", "image", "dialog", "log", "menuitem", "navigation", "complementary":
				if n.name == "" {
					t.Errorf("a %s has no name", n.role)
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
	})
	t.Run("every text can be told from its ground", func(t *testing.T) {
		for _, scheme := range []string{"light", "dark"} {
			anna.emulate("prefers-color-scheme", scheme, "prefers-reduced-motion", "reduce") // colours fade else
			for _, bad := range eval[[]string](anna, contrastCheck) {
				t.Errorf("%s: %s", scheme, bad)
			}
		}
	})
	t.Run("a phone's width is enough", func(t *testing.T) {
		anna.do(chromedp.EmulateViewport(360, 740))
		for _, bad := range eval[[]string](anna, `[...document.querySelectorAll("body *")].filter((e) => e.offsetParent && !e.closest("pre, .visually-hidden, .byline, .me-lead, [inert]") && e.getBoundingClientRect().right > 361).map((e) => e.outerHTML.slice(0, 90))`) {
			t.Errorf("too wide: %s", bad)
		}
		if n := eval[int](anna, `document.documentElement.scrollWidth`); n > 360 {
			t.Errorf("the page is %d pixels wide", n)
		}
		anna.do(chromedp.Click(chromedp.CSS("#people-toggle")))
		anna.see("the members", `document.getElementById("people").getBoundingClientRect().left < 360 && getComputedStyle(document.getElementById("people")).visibility === "visible"`)
		anna.keys("\u001b")
		anna.see("them gone", `getComputedStyle(document.getElementById("people")).visibility === "hidden" && document.activeElement.id === "people-toggle"`)
	})
	t.Run("the tab key reaches everything", func(t *testing.T) {
		anna.do(chromedp.EmulateViewport(1200, 800), chromedp.Evaluate[chromedp.Void](`document.activeElement.blur(); document.querySelector(".skip").focus()`))
		var seen []string
		for range 40 {
			name := eval[string](anna, `(document.activeElement.id || document.activeElement.textContent.trim())`)
			seen = append(seen, name)
			if ring := eval[string](anna, `(() => { const e = document.activeElement, s = getComputedStyle(e); return e.matches(":focus-visible") && (s.outlineStyle !== "none" || getComputedStyle(e.closest(".line") ?? e).boxShadow !== "none") ? "ring" : "" })()`); ring == "" && name != "" && eval[bool](anna, `document.activeElement !== document.body`) {
				t.Errorf("no focus is seen on %q", name)
			}
			anna.keys("\t")
		}
		for _, want := range []string{"theme-toggle", "people-toggle", "me", "scroller", "I'm in", "write", "send", "Transcript"} {
			if !slices.Contains(seen, want) {
				t.Errorf("the tab key does not reach %q; it went %q", want, seen)
			}
		}
	})
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
