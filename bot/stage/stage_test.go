package stage

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	testKey   = "test encrypt key"
	testToken = "test verification token"
)

// clock is a clock that moves when told.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }
func (c *clock) Forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// testOptions is a street of three people and two groups, without a bot.
func testOptions(c *clock) Options {
	return Options{
		AppID: "cli_test", AppSecret: "secret", VerificationToken: testToken, EncryptKey: testKey, Now: c.Now, Ticks: c.Now,
		People: []Person{
			{Name: "张三", OpenID: "ou_zhang", Mobile: "13800000001", Role: "网格员", Grid: "1号网格"},
			{Name: "李四", OpenID: "ou_li", Mobile: "13800000002", Role: "街道领导"},
			{Name: "王五", OpenID: "ou_wang", Mobile: "13800000003", Outside: true},
			{Name: "赵六", OpenID: "ou_zhao", Mobile: "13800000004", Resigned: true},
			{Name: "钱七", OpenID: "ou_qian", Mobile: "13800000005", Muted: true},
		},
		Groups: []Group{
			{ChatID: "oc_hy", Name: "华阳社区网格群", Members: []string{"张三", "李四"}},
			{ChatID: "oc_without", Name: "没有机器人的群", Members: []string{"李四"}, Without: true},
		},
	}
}

// platform is a stand-in under test, called as the bot calls it.
type platform struct {
	*Server
	t     *testing.T
	clock *clock
	token string
}

func newPlatform(t *testing.T, change func(*Options)) *platform {
	t.Helper()
	c := newClock()
	o := testOptions(c)
	if change != nil {
		change(&o)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	p := &platform{Server: s, t: t, clock: c}
	p.login()
	return p
}

func (p *platform) login() {
	p.t.Helper()
	got := p.call("POST", "/open-apis/auth/v3/tenant_access_token/internal", `{"app_id":"cli_test","app_secret":"secret"}`)
	p.token, _ = got.body["tenant_access_token"].(string)
	if got.code != 0 || p.token == "" || got.body["expire"].(float64) <= 180 {
		p.t.Fatalf("token answer %v", got.body)
	}
}

// answered is what an API call brought.
type answered struct {
	status int
	code   int
	header http.Header
	body   map[string]any
}

func (a answered) data() map[string]any { data, _ := a.body["data"].(map[string]any); return data }
func (a answered) id() string           { id, _ := a.data()["message_id"].(string); return id }
func (a answered) msg() string          { msg, _ := a.body["msg"].(string); return msg }

func (p *platform) call(method, path, body string) answered {
	p.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	if p.token != "" {
		r.Header.Set("Authorization", "Bearer "+p.token)
	}
	return p.do(r)
}

func (p *platform) do(r *http.Request) answered {
	p.t.Helper()
	w := httptest.NewRecorder()
	p.Handler().ServeHTTP(w, r)
	if kind := w.Header().Get("Content-Type"); !strings.HasPrefix(kind, "application/json") {
		p.t.Errorf("%s %s: content type %q", r.Method, r.URL.Path, kind)
	}
	got := answered{status: w.Code, header: w.Header()}
	if err := json.Unmarshal(w.Body.Bytes(), &got.body); err != nil {
		p.t.Fatalf("%s %s: %v in %s", r.Method, r.URL.Path, err, w.Body)
	}
	code, _ := got.body["code"].(float64)
	got.code = int(code)
	return got
}

// send sends a message as the bot does.
func (p *platform) send(idType, to, msgType, content, uuid string) answered {
	p.t.Helper()
	return p.call("POST", "/open-apis/im/v1/messages?receive_id_type="+idType,
		object(map[string]any{"receive_id": to, "msg_type": msgType, "content": content, "uuid": uuid}))
}

func (p *platform) text(to, text, uuid string) answered {
	p.t.Helper()
	return p.send("open_id", to, "text", object(map[string]any{"text": text}), uuid)
}

func object(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// fakeBot is a webhook that checks what it gets as a careful bot does.
type fakeBot struct {
	t      *testing.T
	server *httptest.Server
	clock  *clock

	mu       sync.Mutex
	received []delivered
	answer   func(n int, e delivered) (status int, body string)
}

// delivered is an opened event or callback.
type delivered struct {
	Header struct {
		EventID   string `json:"event_id"`
		EventType string `json:"event_type"`
		Token     string `json:"token"`
		AppID     string `json:"app_id"`
	}
	Event     map[string]any
	Challenge string
	Token     string

	at      time.Time
	problem error // of signature, freshness or token
}

func newFakeBot(t *testing.T, p *platform) *fakeBot {
	b := &fakeBot{t: t, clock: p.clock}
	b.server = httptest.NewServer(b)
	t.Cleanup(b.server.Close)
	p.SetBotURL(b.server.URL + "/feishu/events")
	return b
}

func (b *fakeBot) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the stand-in gave up
	}
	e := b.open(r.Header, body)
	b.mu.Lock()
	b.received = append(b.received, e)
	n, answer := len(b.received), b.answer
	b.mu.Unlock()
	status, text := http.StatusOK, "{}"
	switch {
	case e.Challenge != "":
		text = object(map[string]string{"challenge": e.Challenge})
	case answer != nil:
		status, text = answer(n, e)
	}
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}

// open decrypts and verifies, with code of its own (AES-CBC, SHA-256).
func (b *fakeBot) open(h http.Header, body []byte) (e delivered) {
	e.at = b.clock.Now()
	plain, err := unseal(body)
	if err == nil {
		err = json.Unmarshal(plain, &e)
	}
	sum := sha256.Sum256([]byte(h.Get("X-Lark-Request-Timestamp") + h.Get("X-Lark-Request-Nonce") + testKey + string(body)))
	switch {
	case err != nil:
		e.problem = err
	case e.Challenge != "":
		if h.Get("X-Lark-Signature") != "" || e.Token != testToken {
			e.problem = errors.New("challenge signed or with a wrong token")
		}
	case h.Get("X-Lark-Signature") != hex.EncodeToString(sum[:]):
		e.problem = errors.New("signature")
	case e.Header.Token != testToken || e.Header.AppID != "cli_test":
		e.problem = errors.New("token")
	case e.at.Sub(unixSeconds(h.Get("X-Lark-Request-Timestamp"))) > time.Minute:
		e.problem = errors.New("stale")
	}
	return e
}

func unixSeconds(s string) time.Time {
	var n int64
	_ = json.Unmarshal([]byte(s), &n)
	return time.Unix(n, 0)
}

func unseal(body []byte) ([]byte, error) {
	var sealed struct{ Encrypt string }
	if err := json.Unmarshal(body, &sealed); err != nil || sealed.Encrypt == "" {
		return nil, errors.New("not encrypted")
	}
	raw, err := base64.StdEncoding.DecodeString(sealed.Encrypt)
	if err != nil {
		return nil, err
	}
	key := sha256.Sum256([]byte(testKey))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	plain := bytes.Clone(raw[aes.BlockSize:])
	cipher.NewCBCDecrypter(block, raw[:aes.BlockSize]).CryptBlocks(plain, plain)
	return plain[:len(plain)-int(plain[len(plain)-1])], nil
}

// got returns what the bot received so far.
func (b *fakeBot) got() []delivered {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]delivered(nil), b.received...)
}

// answers sets what the bot answers from now on.
func (b *fakeBot) answers(f func(n int, e delivered) (int, string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.answer = f
}

// helloCard is a card with a button.
const helloCard = `{"schema":"2.0","header":{"title":{"tag":"plain_text","content":"你好"}},"body":{"elements":[` +
	`{"tag":"markdown","content":"**96 分**"},` +
	`{"tag":"button","text":{"tag":"plain_text","content":"明细"},"behaviors":[{"type":"callback","value":{"do":"details"}}]}]}}`
