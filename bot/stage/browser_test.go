package stage

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// artefacts is where pictures of the page go, for people to look at.
const artefacts = "../../.artefacts"

// newBrowser starts a headless Chromium for a test and its subtests.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	path, err := findBrowser()
	if err != nil {
		t.Fatal(err)
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.NoFirstRun,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("lang", "zh-CN"), chromedp.WSURLReadTimeout(time.Minute),
	}
	for _, flag := range []string{
		"disable-gpu", "disable-quic", "disable-background-networking", "disable-component-update", "disable-sync",
		"disable-dev-shm-usage", "hide-scrollbars", "disable-background-timer-throttling", "disable-renderer-backgrounding",
	} {
		options = append(options, chromedp.Flag(flag, true))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	browser, _ := chromedp.NewContext(allocator)
	if err := chromedp.Do(browser); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	t.Cleanup(func() { _ = chromedp.Cancel(browser) })
	return browser
}

func findBrowser() (string, error) {
	for _, name := range []string{
		os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
	} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("these tests need a browser: run `.tools/install chromium fonts` at the root of the repository, or set CHROMIUM to its path")
}

// chatPage is a tab with the chat page of a stand-in.
type chatPage struct {
	*platform
	ctx context.Context

	mu       sync.Mutex
	problems []string // what the console complained about
}

// newPage serves a stand-in and opens its page in a tab of its own.
func newPage(t *testing.T, browser context.Context, width, height int64, change func(*Options)) *chatPage {
	t.Helper()
	p := newPlatform(t, change)
	server := httptest.NewServer(p.Handler())
	ctx, cancel := chromedp.NewContext(browser)
	tab := &chatPage{platform: p, ctx: ctx}
	t.Cleanup(func() {
		cancel() // first: its stream would keep the server waiting
		server.CloseClientConnections()
		server.Close()
		tab.mu.Lock()
		defer tab.mu.Unlock()
		if len(tab.problems) > 0 {
			t.Errorf("the console says:\n%s", strings.Join(tab.problems, "\n"))
		}
	})
	tab.do(chromedp.EmulateViewport(width, height))
	if err := chromedp.Listen(ctx, tab.listen); err != nil {
		t.Fatal(err)
	}
	tab.do(chromedp.Navigate(server.URL))
	tab.until("the page is connected", `document.body.dataset.ready !== undefined`)
	return tab
}

func (p *chatPage) listen(event any) {
	problem := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		problem = e.ExceptionDetails.Text + " " + e.ExceptionDetails.Exception.Description
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			problem = fmt.Sprintf("console.error %s", e.Args[0].Description)
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			problem = e.Entry.Text + " " + e.Entry.URL
		}
	}
	if problem != "" {
		p.mu.Lock()
		p.problems = append(p.problems, problem)
		p.mu.Unlock()
	}
}

func (p *chatPage) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// until waits until a condition in JavaScript holds.
func (p *chatPage) until(what, condition string) {
	p.t.Helper()
	_, err := chromedp.Run(p.ctx, chromedp.Poll[bool](condition, chromedp.WithPollingTimeout(10*time.Second)))
	if err != nil {
		p.shot("failed-" + strings.ReplaceAll(p.t.Name(), "/", "-"))
		p.t.Fatalf("waited in vain until %s: %v\n%s", what, err, condition)
	}
}

// sees waits until the part of the page that a selector names holds a text.
func (p *chatPage) sees(selector, text string) {
	p.t.Helper()
	p.until(fmt.Sprintf("%s says %q", selector, text),
		fmt.Sprintf(`[...document.querySelectorAll(%q)].some(n => n.checkVisibility() && n.textContent.includes(%q))`, selector, text))
}

// press clicks the element that a selector names (".btn has 上月": with these words),
// once it can be seen and nothing lies over it.
func (p *chatPage) press(selector string) {
	p.t.Helper()
	p.until("one can press "+selector, `(() => {
		const node = `+element(selector)+`;
		if (!node || node.disabled) return false;
		node.scrollIntoView({ block: "center", inline: "center" });
		const box = node.getBoundingClientRect();
		if (!node.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2))) return false;
		node.click();
		return true;
	})()`)
}

// element is JavaScript for the last element of a selector, with its words if given.
func element(selector string) string {
	css, text, _ := strings.Cut(selector, " has ")
	return fmt.Sprintf(`[...document.querySelectorAll(%q)].filter(n => n.checkVisibility() && n.textContent.includes(%q)).at(-1)`, css, text)
}

// say types a text and sends it.
func (p *chatPage) say(text string) {
	p.t.Helper()
	p.do(chromedp.SendKeys(chromedp.CSS("#write"), text))
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
		enter := input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13}
		if _, err := chromedp.Call(p.ctx, input.DispatchKeyEvent, enter); err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *chatPage) dark(dark bool) {
	p.t.Helper()
	scheme := map[bool]string{true: "dark", false: "light"}[dark]
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

// shot takes a picture of the page as it is, for people to look at.
func (p *chatPage) shot(name string) {
	p.t.Helper()
	picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.MkdirAll(artefacts, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(artefacts, name+".png"), picture, 0o644)
	}
	if err != nil {
		p.t.Error(err)
	}
}

// fits checks that nothing sticks out of the page sideways.
func (p *chatPage) fits() {
	p.t.Helper()
	wide, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]string](`[document.documentElement, document.body, ...document.querySelectorAll(".top, .people-list, .chat, #scroll, .card, .composer, .log")]
		.filter(n => n.checkVisibility() && n.scrollWidth > n.clientWidth + 1).map(n => n.className || n.id || n.tagName)`))
	if err != nil || len(wide) > 0 {
		p.shot("too-wide-" + strings.ReplaceAll(p.t.Name(), "/", "-"))
		p.t.Errorf("too wide: %v, %v", wide, err)
	}
}
