package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The demo is tried as a newcomer would: the program is started, and everything
// else goes through the page it names.

func TestANewcomersFirstMinutes(t *testing.T) {
	d := startDemo(t, t.TempDir())
	const member, leader, group = "朱景行", "陆见川", "云溪社区网格群"

	d.say(member, "", "我的本月分数")
	if card := d.answer(member, "", 1); !strings.Contains(card, "云溪第二网格") || !strings.Contains(card, "得分") {
		t.Errorf("my score: %s", card)
	}
	d.say(member, "", "还差什么")
	if card := d.answer(member, "", 2); !strings.Contains(card, "还差什么") {
		t.Errorf("shortfall: %s", card)
	}
	d.say(leader, group, "排行榜")
	if card := d.answer(leader, group, 1); !strings.Contains(strings.ReplaceAll(card, " ", ""), `"tag":"table"`) || !strings.Contains(card, "云溪第一网格") {
		t.Errorf("ranking: %s", card)
	}
	d.say(member, group, "排行榜")
	if card := d.answer(member, group, 2); strings.Contains(card, "云溪第一网格") {
		t.Errorf("a member sees the ranking: %s", card)
	}
	if n := d.press1640(); n == 0 {
		t.Fatal("no reminder was sent")
	}
	if card := d.answer(leader, group, 3); !strings.Contains(card, "云溪第二网格") {
		t.Errorf("the group's shortfall: %s", card)
	}
	if n := d.press1640(); n != 0 {
		t.Errorf("%d reminders were sent a second time", n)
	}
	d.stop(syscall.SIGINT)
	if _, err := os.Stat(filepath.Join(d.dir, "postgres", "data", "postmaster.pid")); err == nil {
		t.Error("the database is still running")
	}
}

// However often the program is killed while it answers and reminds, every
// question is answered once and every reminder arrives once.
func TestKilledWhileSending(t *testing.T) {
	dir := t.TempDir()
	asked := map[string]int{} // questions by who asked
	sent := 0
	for round := range 3 {
		d := startDemo(t, dir)
		for _, who := range []string{"陈立安", "杨采薇", "林晓禾", "朱景行", "周文远"} {
			d.say(who, "", "我的本月分数")
			asked[who]++
		}
		if round == 0 {
			sent = d.press1640()
		}
		d.stop(syscall.SIGKILL) // in the middle of it: the jobs have just been queued
	}
	d := startDemo(t, dir)
	if again := d.press1640(); again != 0 || sent == 0 {
		t.Errorf("%d reminders at first, %d again", sent, again)
	}
	want, got := map[string]int{"reminders": sent}, map[string]int{}
	for who, n := range asked {
		want[who] = n
	}
	d.until("every answer and reminder is there", func() bool {
		got = map[string]int{}
		for chat, cards := range d.everything() {
			for _, card := range cards {
				if strings.Contains(card, "我的分数") {
					got[chat]++
				} else {
					got["reminders"]++
				}
			}
		}
		total := 0
		for _, n := range got {
			total += n
		}
		return total >= sent+15
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// demoProcess is a running demo and its page.
type demoProcess struct {
	t       *testing.T
	dir     string
	command *exec.Cmd
	page    string
	ended   chan error

	people, groups map[string]string // chat ids by name
	ids            map[string]string // open ids by name
}

const demoPatience = time.Minute // on a machine that does much else

func startDemo(t *testing.T, dir string) *demoProcess {
	t.Helper()
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // as root: the database's own user must get in
		t.Fatal(err)
	}
	d := &demoProcess{t: t, dir: dir, ended: make(chan error, 1)}
	d.command = exec.Command("gridbot", "demo", "--data", dir, "--listen", "127.0.0.1:0")
	var problems bytes.Buffer
	d.command.Stderr = &problems
	out, err := d.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.stop(syscall.SIGKILL) })
	line, err := bufio.NewReader(out).ReadString('\n')
	go func() { d.ended <- d.command.Wait() }()
	if err != nil {
		<-d.ended
		t.Fatalf("the demo did not start: %s", problems.String())
	}
	d.page = strings.TrimSuffix(strings.TrimSpace(line), "/")
	d.lookAround()
	return d
}

// stop ends the demo and waits until it has ended; a gentle end must be clean.
func (d *demoProcess) stop(signal syscall.Signal) {
	if d.command == nil {
		return
	}
	_ = d.command.Process.Signal(signal) // it may have ended by itself: Wait tells
	select {
	case err := <-d.ended:
		if signal == syscall.SIGINT && err != nil {
			d.t.Errorf("after Ctrl-C: %v", err)
		}
	case <-time.After(demoPatience):
		d.t.Error("the demo does not end")
	}
	d.command = nil
}

func (d *demoProcess) lookAround() {
	d.t.Helper()
	var world struct {
		People []struct {
			Name, Role string
			OpenID     string `json:"open_id"`
			ChatID     string `json:"chat_id"`
		}
		Groups []struct {
			Name   string
			ChatID string `json:"chat_id"`
		}
	}
	d.get("/page/world", &world)
	d.people, d.groups, d.ids = map[string]string{}, map[string]string{}, map[string]string{}
	for _, p := range world.People {
		d.people[p.Name], d.ids[p.Name] = p.ChatID, p.OpenID
	}
	for _, g := range world.Groups {
		d.groups[g.Name] = g.ChatID
	}
}

// say writes in private, or in a group with a mention of the bot.
func (d *demoProcess) say(who, group, text string) {
	d.t.Helper()
	chat := d.people[who]
	if group != "" {
		chat = d.groups[group]
	}
	d.post("/page/say", map[string]any{"as": d.ids[who], "chat_id": chat, "text": text, "mention": group != ""}, nil)
}

// answer waits for the bot's nth card in a chat.
func (d *demoProcess) answer(who, group string, n int) (card string) {
	d.t.Helper()
	chat := d.people[who]
	if group != "" {
		chat = d.groups[group]
	}
	d.until(fmt.Sprintf("card %d for %s %s", n, who, group), func() bool {
		cards := d.cards(who, chat)
		if len(cards) >= n {
			card = cards[n-1]
		}
		return card != ""
	})
	return card
}

// cards are the bot's cards in a chat.
func (d *demoProcess) cards(who, chat string) (cards []string) {
	d.t.Helper()
	var said struct {
		Messages []struct {
			FromBot bool `json:"from_bot"`
			Content string
		}
	}
	d.get("/page/chat?as="+url.QueryEscape(d.ids[who])+"&chat_id="+url.QueryEscape(chat), &said)
	for _, m := range said.Messages {
		if m.FromBot {
			cards = append(cards, m.Content)
		}
	}
	return cards
}

// everything is all that the bot has sent, by the name of the person or group.
func (d *demoProcess) everything() map[string][]string {
	d.t.Helper()
	all := map[string][]string{}
	for who, chat := range d.people {
		all[who] = d.cards(who, chat)
	}
	for group, chat := range d.groups {
		all[group] = d.cards("陆见川", chat)
	}
	return all
}

// press1640 presses the clock's button and returns how many reminders it says
// were sent.
func (d *demoProcess) press1640() (n int) {
	d.t.Helper()
	var told struct{ Sentence string }
	d.post("/page/clock", map[string]any{"label": "16:40"}, &told)
	_, number, _ := strings.Cut(told.Sentence, "发出 ")
	fmt.Sscan(number, &n)
	return n
}

func (d *demoProcess) until(what string, done func() bool) {
	d.t.Helper()
	deadline := time.After(demoPatience)
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for !done() {
		select {
		case <-deadline:
			d.t.Errorf("waited in vain until %s", what)
			return
		case <-again.C:
		}
	}
}

func (d *demoProcess) get(path string, into any) {
	d.t.Helper()
	resp, err := http.Get(d.page + path)
	d.read(resp, err, into)
}

func (d *demoProcess) post(path string, body, into any) {
	d.t.Helper()
	content, err := json.Marshal(body)
	if err != nil {
		d.t.Fatal(err)
	}
	resp, err := http.Post(d.page+path, "application/json", bytes.NewReader(content))
	d.read(resp, err, into)
}

func (d *demoProcess) read(resp *http.Response, err error, into any) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		d.t.Fatalf("%s: %s", resp.Request.URL, resp.Status)
	}
	if into == nil {
		return
	}
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		d.t.Fatalf("%s: %v", resp.Request.URL, err)
	}
}
