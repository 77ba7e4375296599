package stage

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// again closes a stand-in with a journal and starts another one on it.
func again(t *testing.T, p *platform, path string) *platform {
	t.Helper()
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	return newPlatform(t, func(o *Options) { o.Journal, o.Now = path, p.clock.Now })
}

func journalled(t *testing.T) (*platform, string) {
	path := filepath.Join(t.TempDir(), "journal")
	return newPlatform(t, func(o *Options) { o.Journal = path }), path
}

func TestWhatWasSaidOutlivesTheProcess(t *testing.T) {
	p, path := journalled(t)
	if _, err := p.User("张三").Say(t.Context(), "在吗"); err != nil {
		t.Fatal(err)
	}
	card := p.send("open_id", "ou_zhang", "interactive", helloCard, "u1").id()
	p.patch(card, changedCard)
	p.call("DELETE", "/open-apis/im/v1/messages/"+p.text("ou_zhang", "收回", "").id(), "")
	if err := p.User("李四").AddBot("oc_without"); err != nil {
		t.Fatal(err)
	}
	before := p.Messages(p.User("张三").Chat())

	q := again(t, p, path)
	if diff := cmp.Diff(before, q.Messages(q.User("张三").Chat()), cmp.AllowUnexported(Message{})); diff != "" {
		t.Error(diff)
	}
	if got := q.send("open_id", "ou_zhang", "interactive", helloCard, "u1"); got.id() != card {
		t.Errorf("the uuid is forgotten: %v", got.body)
	}
	if got := q.send("chat_id", "oc_without", "text", `{"text":"好"}`, ""); got.code != 0 {
		t.Errorf("the bot is out of the group again: %d", got.code)
	}
}

func TestAnEventThatWasNotTakenIsSentAfterARestart(t *testing.T) {
	p, path := journalled(t)
	first := newFakeBot(t, p)
	first.answers(func(int, delivered) (int, string) { return 503, "" })
	if _, err := p.User("张三").Say(t.Context(), "在吗"); err != nil {
		t.Fatal(err)
	}
	q := again(t, p, path)
	second := newFakeBot(t, q)
	p.clock.Forward(time.Second)
	q.Redeliver()
	if got := second.got(); len(got) != 1 || got[0].Header.EventID != first.got()[0].Header.EventID {
		t.Errorf("the bot got %+v", got)
	}
	r := again(t, q, path)
	third := newFakeBot(t, r)
	r.clock.Forward(24 * time.Hour)
	r.Redeliver()
	if n := len(third.got()); n != 0 {
		t.Errorf("an event that was taken came %d times more", n)
	}
}

func TestALineCutShortIsDropped(t *testing.T) {
	p, path := journalled(t)
	p.text("ou_zhang", "一", "")
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(whole, `{"message":{"id":"om_half`...), 0o600); err != nil {
		t.Fatal(err)
	}
	q := again(t, p, path)
	q.text("ou_zhang", "二", "")
	r := again(t, q, path)
	if n := len(r.Sent(r.User("张三").Chat())); n != 2 {
		t.Errorf("%d messages, want 2", n)
	}
}

func TestABrokenJournalIsRefused(t *testing.T) {
	for name, text := range map[string]string{"no JSON": "x\n", "an entry of nothing": "{}\n"} {
		path := filepath.Join(t.TempDir(), "journal")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		o := testOptions(newClock())
		o.Journal = path
		if _, err := New(o); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestOptionsThatContradictEachOther(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"no app":                    func(o *Options) { o.AppID = "" },
		"two people of one id":      func(o *Options) { o.People = append(o.People, o.People[0]) },
		"two groups of one id":      func(o *Options) { o.Groups = append(o.Groups, o.Groups[0]) },
		"a member who is nobody":    func(o *Options) { o.Groups[0].Members = []string{"没有此人"} },
		"a journal in no directory": func(o *Options) { o.Journal = "/nowhere/at/all" },
	} {
		o := testOptions(newClock())
		change(&o)
		if _, err := New(o); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
