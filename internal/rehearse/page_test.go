package rehearse

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"storyteller/internal/rehearse/browsertest"
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

// atOnce is how many browser tests run at once: they wait for a browser more than
// they compute, so there may be more of them than processors.
const atOnce = 6

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", strconv.Itoa(atOnce)); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// TestThePageInABrowser plays people at the page; each case has a Discord, a
// bot and tabs of its own.
func TestThePageInABrowser(t *testing.T) {
	browser := browsertest.Start(t)
	// It takes the time, so it has the browser to itself.
	t.Run("markdown is shown as people know it", func(t *testing.T) { shownMarkdown(t, browser) })
	for _, c := range []struct {
		name string
		test func(*testing.T, context.Context)
	}{
		{"two tabs are two members", twoTabs},
		{"more tabs than a browser has connections", manyTabs},
		{"a reload keeps who one is", reload},
		{"someone taken is not offered", takenPeople},
		{"a command by keyboard alone", keyboardCommand},
		{"a slash begins a command from anywhere", slash},
		{"a command lacks what it requires", incompleteCommand},
		{"silence is shown as failure", silence},
		{"a form", form},
		{"a select by keyboard", selectMenu},
		{"a lost connection comes back", lostConnection},
		{"scrolled up, the newest waits", scrolledUp},
		{"hostile text stays text", hostileText},
		{"two people are told apart", toldApart},
		{"the frame never scrolls", stillFrame},
		{"everybody can use it", accessible},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.test(t, browser)
		})
	}
}

func twoTabs(t *testing.T, browser context.Context) {
	s := newStage(t, script)
	anna := browsertest.Open(t, browser, s.url).Join("Anna")
	ben := browsertest.Open(t, browser, s.url).Join("Ben")
	id := s.bot.post(s.channel, container(0x0f6a5f, text("### Where to?"), row(press(1, "Up", "1:ab:v1:0"), press(2, "Down", "1:ab:v1:1"))))
	anna.SeeText("Where to?")
	ben.SeeText("Where to?")
	anna.Click("Up")
	anna.SeeText("You chose Up.")
	anna.SeeText("Only you can see this")
	if strings.Contains(browsertest.Eval[string](ben, `document.getElementById("messages").textContent`), "You chose") {
		t.Error("Ben sees Anna's private answer")
	}
	if got := s.pressed(); got["1:ab:v1:0"] != 1 {
		t.Errorf("presses: %v", got)
	}
	s.bot.edit(s.channel, id, text("### Where to?"), text("Chosen: **Up**"))
	for _, p := range []*browsertest.Tab{anna, ben} {
		p.SeeText("Chosen: Up")
		if n := browsertest.Eval[int](p, `document.querySelectorAll("#messages .button").length`); n != 0 {
			t.Errorf("%d buttons are left on the closed vote", n)
		}
	}
	if err := s.fake.DeleteMessage(s.channel, id); err != nil {
		t.Fatal(err)
	}
	ben.See("the deletion", `!document.getElementById("messages").textContent.includes("Chosen")`)
	anna.Click("Dismiss")
	anna.See("the dismissal", `!document.getElementById("messages").textContent.includes("You chose")`)
	names := browsertest.Eval[string](ben, `document.getElementById("people-list").textContent`)
	if !strings.Contains(names, "Anna") || !strings.Contains(names, "Ben") {
		t.Errorf("members: %s", names)
	}
}

func manyTabs(t *testing.T, browser context.Context) {
	s := newStage(t, script)
	var tabs []*browsertest.Tab
	for i := range 7 { // one more than a browser's connections to a server
		tabs = append(tabs, browsertest.Open(t, browser, s.url).Join(fmt.Sprintf("Reader %d", i)))
	}
	s.bot.post(s.channel, row(press(1, "Up", "1:ab:v1:0")))
	for _, p := range tabs {
		p.Click("Up")
		p.SeeText("You chose Up.")
	}
	if got := s.pressed()["1:ab:v1:0"]; got != len(tabs) {
		t.Errorf("%d of %d presses arrived", got, len(tabs))
	}
}

func reload(t *testing.T, browser context.Context) {
	s := newStage(t, script)
	anna := browsertest.Open(t, browser, s.url).Join("Anna")
	anna.Do(chromedp.Reload())
	anna.See("Anna again", `document.getElementById("me").textContent.includes("Anna")`)
	if browsertest.Eval[bool](anna, `document.getElementById("who").open`) {
		t.Error("the dialog asks again")
	}
	anna.Keys("hello")
	anna.See("what Anna types", `document.getElementById("write").value === "hello"`)
}

func takenPeople(t *testing.T, browser context.Context) {
	s := newStage(t, script)
	if _, err := AddReaders(s.fake, 1); err != nil {
		t.Fatal(err)
	}
	browsertest.Open(t, browser, s.url).Join("Anna")
	other := browsertest.Open(t, browser, s.url)
	other.See("the dialog", `document.getElementById("who").open`)
	free := browsertest.Eval[string](other, `document.querySelector(".who-free")?.textContent ?? ""`)
	if strings.Contains(free, "Anna") || strings.Contains(free, readerNames[0]) || !strings.Contains(free, "Owner") {
		t.Errorf("free to be: %q", free)
	}
}

func keyboardCommand(t *testing.T, browser context.Context) {
	s := newStage(t, script)
	s.registerCommands()
	anna := browsertest.Open(t, browser, s.url).Join("Anna")
	anna.Keys("hello\r") // who has joined can type at once
	anna.See("the refusal", `document.getElementById("composer-note").textContent === "This room only takes commands: type /"`)
	anna.Keys("\u001b/sta")
	anna.See("the list", `document.querySelector("#suggestions [aria-selected=true]")?.textContent.startsWith("/story start")`)
	if got := browsertest.Eval[string](anna, `document.getElementById("write").getAttribute("aria-activedescendant") + document.getElementById("write").getAttribute("aria-expanded")`); got != "suggestion-0true" {
		t.Errorf("the combobox says %q", got)
	}
	anna.Keys("\r")
	anna.See("the bot's completion", `document.activeElement.dataset.option === "story" && document.querySelectorAll("#suggestions [role=option]").length === 2`)
	anna.Keys("\u0301\r") // arrow down, take it
	anna.See("the choice", `document.querySelector("[data-option=story]").value === "The Lamp"`)
	anna.Keys("votes")
	anna.See("the optional one", `document.querySelector("#suggestions [aria-selected=true]")?.textContent.startsWith("votes")`)
	anna.Keys("\t")
	anna.See("its choices", `document.activeElement.dataset.option === "votes" && document.querySelectorAll("#suggestions [role=option]").length === 2`)
	anna.Keys("1 m\r")
	anna.See("the field behind", `document.activeElement.id === "write"`)
	anna.Keys("\r")
	anna.SeeText("Noted: story")
	all := s.bot.interactions() // the answer is on screen, so the bot has it
	i := all[slices.IndexFunc(all, func(i interaction) bool { return i.Type == 2 })]
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
}

func slash(t *testing.T, browser context.Context) {
	s := newStage(t, script)
	s.registerCommands()
	anna := browsertest.Open(t, browser, s.url)
	anna.See("the dialog", `document.getElementById("who").open`)
	anna.Keys("/")
	anna.See("a name that is typed", `document.getElementById("who-name").value === "/" && document.getElementById("write").value === ""`)
	anna.Keys("\bAnna\r")
	anna.See("being Anna", `document.getElementById("me").textContent.includes("Anna")`)
	for _, from := range []string{"document.activeElement.blur()", `document.getElementById("people-toggle").focus()`, `document.getElementById("me").click()`} {
		anna.Do(chromedp.Evaluate[chromedp.Void](from))
		anna.Keys("/sta")
		anna.See("the command begun after "+from, `document.querySelector("#suggestions [aria-selected=true]")?.textContent.startsWith("/story start") && document.getElementById("write").value === "/sta" && document.getElementById("me-menu").hidden`)
		anna.Keys("\u001b\u001b")
		anna.See("an empty line", `document.getElementById("write").value === ""`)
	}
	anna.Keys("/story start")
	anna.Keys("\r")
	anna.See("its first field", `document.activeElement.dataset.option === "story"`)
	anna.Do(chromedp.Evaluate[chromedp.Void]("document.activeElement.blur()"))
	anna.Keys("/")
	anna.See("the field again", `document.activeElement.dataset.option === "story"`)
}

func toldApart(t *testing.T, browser context.Context) {
	s := newStage(t, script)
	if _, err := AddReaders(s.fake, 8); err != nil {
		t.Fatal(err)
	}
	browsertest.Open(t, browser, s.url).Join("Anna")
	other := browsertest.Open(t, browser, s.url)
	other.See("the dialog", `document.getElementById("who").open`)
	try := func(name, says string) {
		other.Keys(name + "\r")
		other.See(says, `document.getElementById("who-failure").checkVisibility() && document.getElementById("who-failure").textContent.includes(`+browsertest.Quote(says)+`)`)
		if browsertest.Eval[bool](other, `document.activeElement.id !== "who-name" || !document.getElementById("who").open`) {
			t.Errorf("after %q the next name cannot be typed", name)
		}
	}
	try("  aNNA", "Anna is someone in another tab.")
	try(readerNames[0], readerNames[0]+" is a simulated reader.")
	try(s.fake.Bot().Username, "is an app in this room.")
	try("owner", "nobody is Owner at the moment")
	other.Shoot("taken")
	other.Click("Be Owner")
	other.See("being the owner", `document.getElementById("me").textContent.includes("Owner") && document.activeElement.id === "write"`)
	other.See("what the owner is for", `document.querySelector("#people-list .role").textContent === "may manage messages, to try what moderators can do"`)
	const look = `[...document.querySelectorAll("#people-list .avatar")].map((a) => getComputedStyle(a).backgroundColor)`
	colours := browsertest.Eval[[]string](other, look)
	slices.Sort(colours)
	if n := len(slices.Compact(colours)); n != 11 {
		t.Errorf("11 members have %d colours", n)
	}
	other.Shoot("members")
}

func stillFrame(t *testing.T, browser context.Context) {
	s := newStage(t, script)
	anna := browsertest.Open(t, browser, s.url).Join("Anna")
	for i := range 4 {
		s.bot.post(s.channel, text(strings.Repeat(fmt.Sprintf("Line of beat %d.\n", i), 20)))
	}
	anna.SeeText("beat 3")
	for _, size := range [][2]int64{{360, 740}, {1200, 800}} {
		anna.Do(chromedp.EmulateViewport(size[0], size[1]))
		for _, moved := range browsertest.Eval[[]string](anna, `[...document.querySelectorAll("body *")].flatMap((e) => {
			for (const block of ["start", "end"]) e.scrollIntoView({ block });
			for (const box of [document.documentElement, document.body]) box.scrollTo(0, 1000);
			const at = document.querySelector(".bar").getBoundingClientRect(), end = document.querySelector(".composer").getBoundingClientRect();
			return at.top === 0 && at.left === 0 && Math.round(end.bottom) === innerHeight ? [] : [e.outerHTML.slice(0, 60) + " moves the title bar to " + at.top + ", the line's end to " + end.bottom];
		})`) {
			t.Error(moved)
		}
		anna.Shoot(fmt.Sprintf("frame-%d", size[0]))
	}
}

func incompleteCommand(t *testing.T, browser context.Context) {
	s := newStage(t, script)
	s.registerCommands()
	anna := browsertest.Open(t, browser, s.url).Join("Anna")
	paste := func(line string) {
		anna.Do(chromedp.Evaluate[chromedp.Void](`(() => { const w = document.getElementById("write"); w.focus(); w.value = ` + browsertest.Quote(line) + `; w.dispatchEvent(new Event("input")); })()`))
	}
	wrong := func(option, why string) {
		anna.See(why, `document.querySelector(".field.wrong [data-option=`+option+`]") !== null && document.activeElement.dataset.option === "`+option+`" && document.getElementById("composer-note").textContent === `+browsertest.Quote(why))
	}
	paste("/story start pace:900")
	anna.Do(chromedp.Click(chromedp.CSS("#send")))
	wrong("story", "story is required")
	anna.Keys("\u001b\u001b")
	paste("/story start story:lamp pace:900")
	anna.Do(chromedp.Click(chromedp.CSS("#send")))
	wrong("pace", "pace: 200 or less")
	if n := len(s.bot.interactions()); slices.ContainsFunc(s.bot.interactions(), func(i interaction) bool { return i.Type == 2 }) {
		t.Errorf("%d interactions were sent", n)
	}
}

func silence(t *testing.T, browser context.Context) {
	s := newStage(t, script)
	anna := browsertest.Open(t, browser, s.url).Join("Anna")
	s.bot.post(s.channel, row(press(2, "Slow", "1:ab:slow"), press(2, "Other", "1:ab:other")))
	anna.Click("Slow")
	anna.See("the waiting", `document.querySelector(".button.pending[aria-busy=true]")?.textContent === "Slow"`)
	anna.SeeText("This interaction failed")
	if browsertest.Eval[bool](anna, `document.querySelector(".button.pending, .button[aria-disabled]") !== null`) {
		t.Error("the button still waits")
	}
	anna.Click("Other")
	anna.SeeText("Noted: 1:ab:other")
}

func form(t *testing.T, browser context.Context) {
	s := newStage(t, script)
	s.registerCommands()
	anna := browsertest.Open(t, browser, s.url).Join("Anna")
	s.bot.post(s.channel, row(press(2, "Write", "1:ab:write")))
	anna.Click("Write")
	anna.See("the form", `document.getElementById("form").open && document.activeElement.tagName === "TEXTAREA"`)
	anna.Keys("The door opens")
	anna.Click("Submit")
	anna.SeeText("The door opens")
	anna.See("it closed", `!document.getElementById("form").open`)
}

func selectMenu(t *testing.T, browser context.Context) {
	s := newStage(t, script)
	anna := browsertest.Open(t, browser, s.url).Join("Anna")
	s.bot.post(s.channel, row(object{"type": 3, "custom_id": "1:ab:pick", "placeholder": "Choose", "options": []object{{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}}}))
	anna.SeeText("Choose")
	anna.Do(chromedp.Focus(chromedp.CSS(".select-button")))
	anna.Keys("\u0301") // arrow down opens
	anna.See("the list", `document.activeElement.role === "listbox"`)
	anna.Keys("\u0301\r")
	anna.SeeText("Noted: 1:ab:pick2")
}

func lostConnection(t *testing.T, browser context.Context) {
	s := newStage(t, script)
	anna := browsertest.Open(t, browser, s.url).Join("Anna")
	s.bot.post(s.channel, text("Before."))
	anna.SeeText("Before.")
	s.stop()
	anna.See("the note", `!document.getElementById("connection").hidden`)
	s.bot.post(s.channel, text("Meanwhile."))
	s.open(t)
	anna.SeeText("Meanwhile.")
	anna.See("no note", `document.getElementById("connection").hidden`)
	if n := browsertest.Eval[int](anna, `document.querySelectorAll(".message").length`); n != 2 {
		t.Errorf("%d messages on screen, want 2", n)
	}
}

func scrolledUp(t *testing.T, browser context.Context) {
	s := newStage(t, script)
	anna := browsertest.Open(t, browser, s.url).Join("Anna")
	for i := range 4 { // Discord takes five messages in five seconds
		s.bot.post(s.channel, text(strings.Repeat(fmt.Sprintf("Line of beat %d.\n", i), 20)))
	}
	anna.SeeText("beat 3")
	const bottom = `document.getElementById("scroller").scrollHeight - document.getElementById("scroller").scrollTop - document.getElementById("scroller").clientHeight`
	anna.See("the bottom", bottom+" < 5")
	anna.Do(chromedp.Evaluate[chromedp.Void](`document.getElementById("scroller").scrollTop = 0`))
	anna.See("the way down", `!document.getElementById("new-messages").hidden`)
	s.bot.post(s.channel, text("The newest."))
	anna.Click("1 new message")
	anna.See("the bottom again", bottom+" < 5 && document.getElementById('new-messages').hidden")
}

func hostileText(t *testing.T, browser context.Context) {
	s := newStage(t, script)
	anna := browsertest.Open(t, browser, s.url).Join(`<b onclick=x>"Eve"`)
	s.bot.post(s.channel, text("<img src=x onerror=\"window.hacked=1\"> <script>window.hacked=1</script> [x](javascript:window.hacked=1) **<i>b</i>**"))
	anna.SeeText(`<img src=x onerror="window.hacked=1">`)
	if browsertest.Eval[bool](anna, `window.hacked !== undefined || document.querySelector("#messages img, #messages script, #messages i, #messages a, #me b") !== null`) {
		t.Error("a message's text became markup")
	}
}
