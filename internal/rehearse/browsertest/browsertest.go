// Package browsertest drives a headless Chromium in tests of the rehearsal: a tab is a member, and a page that does not do as
// it should ends the test.
package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// patience is how long a browser may take to show what a test waits for.
const patience = 30 * time.Second

// find is the path of a Chromium. Without one the test is skipped, but
// never in CI, where that would hide that nothing was tested.
func find(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if ci, _ := strconv.ParseBool(os.Getenv("CI")); ci {
		t.Fatal("no Chromium found: install chromium to test the page")
	}
	t.Skip("no Chromium found: the page is not tested; install chromium to test it")
	return ""
}

// Start starts a headless browser that ends with the test.
func Start(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(find(t)), chromedp.NoSandbox)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	return ctx
}

// Tab is one browser tab, and so one member. Its methods end the test when the
// page does not do as it should in time.
type Tab struct {
	t   *testing.T
	ctx context.Context
}

// Open opens an address in a new tab of the browser. Everything the page
// writes to the console as an error fails the test.
func Open(t *testing.T, browser context.Context, url string) *Tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	p := &Tab{t: t, ctx: ctx}
	p.Do(chromedp.EmulateViewport(1200, 800))
	console := chromedp.Console(ctx)
	go func() {
		for m, err := range console {
			if err != nil {
				return
			}
			if m.IsException() || m.Source == "security" {
				t.Errorf("the page says: %v", m)
			}
		}
	}()
	p.Do(chromedp.Navigate(url))
	return p
}

// Join takes a new name in the dialog of a fresh tab.
func (p *Tab) Join(name string) *Tab {
	p.t.Helper()
	p.See("the dialog", `document.getElementById("who").open`)
	p.Keys(name + "\r")
	p.See("being "+name, `document.getElementById("me").textContent.includes(`+Quote(name)+`)`)
	return p
}

// Do runs actions of chromedp.
func (p *Tab) Do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx := p.ctx
	if chromedp.FromContext(ctx).Target != nil { // a tab's first call must have no deadline: it would be the tab's
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, patience)
		defer cancel()
	}
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatalf("browser: %v", err)
	}
}

// See waits until a JavaScript expression is true.
func (p *Tab) See(what, expression string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingInterval(20*time.Millisecond), chromedp.WithPollingTimeout(patience))); err != nil {
		log, _ := chromedp.Run(p.ctx, chromedp.Evaluate[string](`document.getElementById("messages").innerText + " | " + document.getElementById("composer").innerText`))
		p.t.Fatalf("waiting for %s: %v; on screen: %s", what, err, log)
	}
}

// SeeText waits until the message list holds a text.
func (p *Tab) SeeText(text string) {
	p.t.Helper()
	p.See(fmt.Sprintf("%q", text), `document.getElementById("messages").textContent.includes(`+Quote(text)+`)`)
}

// Eval is the value of a JavaScript expression.
func Eval[T any](p *Tab, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("evaluate %s: %v", expression, err)
	}
	return v
}

// Click presses the first control with a label.
func (p *Tab) Click(label string) {
	p.t.Helper()
	const find = `[...document.querySelectorAll("button, a")].filter((b) => b.offsetParent).find((b) => b.textContent.trim() === %s)`
	p.See("the button "+label, "!!"+fmt.Sprintf(find, Quote(label)))
	p.Do(chromedp.Click(chromedp.JSPath(fmt.Sprintf(find, Quote(label)))))
}

// Keys types on the keyboard, wherever the focus is.
func (p *Tab) Keys(keys string) {
	p.t.Helper()
	p.Do(chromedp.KeyEvent(keys))
}

// Quote writes a string as JavaScript does.
func Quote(s string) string {
	b, _ := json.Marshal(s) // a string always encodes
	return string(b)
}

// Node is what assistive technology is told of an element.
type Node struct{ Role, Name string }

// Accessible lists the page's accessibility tree.
func (p *Tab) Accessible() []Node {
	p.t.Helper()
	tree, err := chromedp.Call(p.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		p.t.Fatalf("accessibility tree: %v", err)
	}
	var out []Node
	for _, n := range tree.Nodes {
		if n.Ignored || n.Role == nil {
			continue
		}
		out = append(out, Node{axValue(n.Role), strings.TrimSpace(axValue(n.Name))})
	}
	return out
}

func axValue(v *accessibility.Value) string {
	if v == nil {
		return ""
	}
	var s string
	_ = json.Unmarshal(v.Value, &s) // a value of another kind has no words
	return s
}

// Emulate sets media features by name and value, such as the preferred colours.
func (p *Tab) Emulate(pairs ...string) {
	p.t.Helper()
	var features []*emulation.MediaFeature
	for i := 0; i+1 < len(pairs); i += 2 {
		features = append(features, &emulation.MediaFeature{Name: pairs[i], Value: pairs[i+1]})
	}
	if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		p.t.Fatalf("emulate %v: %v", pairs, err)
	}
}

// Shoot keeps a picture of the tab in the folder that SCREENSHOTS names, for eyes.
func (p *Tab) Shoot(name string) {
	p.t.Helper()
	folder := os.Getenv("SCREENSHOTS")
	if folder == "" {
		return
	}
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o666); err != nil {
		p.t.Fatal(err)
	}
}
