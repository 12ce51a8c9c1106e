package rehearse

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
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

// findBrowser is the path of a Chromium. Without one the test is skipped, but
// never in CI, where that would hide that nothing was tested.
func findBrowser(t *testing.T) string {
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

// startBrowser starts a headless browser that ends with the test.
func startBrowser(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(findBrowser(t)), chromedp.NoSandbox)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	return ctx
}

// tab is one browser tab, and so one member. Its methods end the test when the
// page does not do as it should in time.
type tab struct {
	t   *testing.T
	ctx context.Context
}

// openTab opens an address in a new tab of the browser. Everything the page
// writes to the console as an error fails the test.
func openTab(t *testing.T, browser context.Context, url string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	p := &tab{t: t, ctx: ctx}
	p.do(chromedp.EmulateViewport(1200, 800))
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
	p.do(chromedp.Navigate(url))
	return p
}

// join takes a new name in the dialog of a fresh tab.
func (p *tab) join(name string) *tab {
	p.t.Helper()
	p.see("the dialog", `document.getElementById("who").open`)
	p.keys(name + "\r")
	p.see("being "+name, `document.getElementById("me").textContent.includes(`+quote(name)+`)`)
	return p
}

func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
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

// see waits until a JavaScript expression is true.
func (p *tab) see(what, expression string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingInterval(20*time.Millisecond), chromedp.WithPollingTimeout(patience))); err != nil {
		log, _ := chromedp.Run(p.ctx, chromedp.Evaluate[string](`document.getElementById("messages").innerText + " | " + document.getElementById("composer").innerText`))
		p.t.Fatalf("waiting for %s: %v; on screen: %s", what, err, log)
	}
}

// seeText waits until the message list holds a text.
func (p *tab) seeText(text string) {
	p.t.Helper()
	p.see(fmt.Sprintf("%q", text), `document.getElementById("messages").textContent.includes(`+quote(text)+`)`)
}

// eval is the value of a JavaScript expression.
func eval[T any](p *tab, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("evaluate %s: %v", expression, err)
	}
	return v
}

// click presses the first control with a label.
func (p *tab) click(label string) {
	p.t.Helper()
	const find = `[...document.querySelectorAll("button, a")].filter((b) => b.offsetParent).find((b) => b.textContent.trim() === %s)`
	p.see("the button "+label, "!!"+fmt.Sprintf(find, quote(label)))
	p.do(chromedp.Click(chromedp.JSPath(fmt.Sprintf(find, quote(label)))))
}

// keys types on the keyboard, wherever the focus is.
func (p *tab) keys(keys string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(keys))
}

func quote(s string) string {
	b, _ := json.Marshal(s) // a string always encodes
	return string(b)
}

// stage is a rehearsal on a port, with a scripted bot.
type stage struct {
	*room
	url  string
	addr string
	stop func()
}

func newStage(t *testing.T, answer func(interaction) any) *stage {
	t.Helper()
	s := &stage{room: newRoom(t, answer), addr: "127.0.0.1:0"}
	s.open(t)
	t.Cleanup(func() { s.stop() })
	return s
}

// open serves the page, at the same address again after a stop.
func (s *stage) open(t *testing.T) {
	t.Helper()
	l, err := net.Listen("tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	s.addr, s.url = l.Addr().String(), URL(l.Addr())
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- New(s.fake, Options{}).Serve(ctx, l) }()
	s.stop = func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("serve: %v", err)
		}
		ended <- nil
	}
}

// accessibleNode is what assistive technology is told of an element.
type accessibleNode struct{ role, name string }

// accessible lists the page's accessibility tree.
func (p *tab) accessible() []accessibleNode {
	p.t.Helper()
	tree, err := chromedp.Call(p.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		p.t.Fatalf("accessibility tree: %v", err)
	}
	var out []accessibleNode
	for _, n := range tree.Nodes {
		if n.Ignored || n.Role == nil {
			continue
		}
		out = append(out, accessibleNode{axValue(n.Role), strings.TrimSpace(axValue(n.Name))})
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

// emulate sets media features by name and value, such as the preferred colours.
func (p *tab) emulate(pairs ...string) {
	p.t.Helper()
	var features []*emulation.MediaFeature
	for i := 0; i+1 < len(pairs); i += 2 {
		features = append(features, &emulation.MediaFeature{Name: pairs[i], Value: pairs[i+1]})
	}
	if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		p.t.Fatalf("emulate %v: %v", pairs, err)
	}
}
