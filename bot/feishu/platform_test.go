package feishu

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	larkcore "github.com/larksuite/oapi-sdk-go/v3/core"
	larkevent "github.com/larksuite/oapi-sdk-go/v3/event"
	"go.uber.org/goleak"

	"github.com/nanxiashu/gridbot/bot"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, sdkCache) }

// sdkCache is a goroutine that the SDK's client of the long connection starts to
// sweep a cache, and never ends.
var sdkCache = goleak.IgnoreTopFunction("github.com/larksuite/oapi-sdk-go/v3/cache.(*cron).start")

var now = time.Date(2026, 11, 23, 16, 40, 0, 0, time.FixedZone("Asia/Shanghai", 8*3600))

func clock() time.Time { return now }

var quiet = slog.New(slog.DiscardHandler)

var sealed = Config{AppID: "cli_gridbot", VerificationToken: "v-token", EncryptKey: "test key"}

// open is an app without an encrypt key.
var open = Config{AppID: "cli_gridbot", VerificationToken: "v-token"}

func meIsBot() (string, error) { return "ou_bot", nil }

// inbox keeps what it takes.
type inbox struct {
	taken []bot.Event
	err   error
}

func (i *inbox) Take(_ context.Context, event bot.Event) error {
	if i.err == nil {
		i.taken = append(i.taken, event)
	}
	return i.err
}

type presser func(context.Context, bot.Press) (bot.PressAnswer, error)

func (p presser) Press(ctx context.Context, press bot.Press) (bot.PressAnswer, error) {
	return p(ctx, press)
}

func nobodyPresses(context.Context, bot.Press) (bot.PressAnswer, error) {
	return bot.PressAnswer{}, nil
}

func newTestHandler(config Config, inbox Inbox, p presser) *Handler {
	me := func(context.Context) (string, error) { return meIsBot() }
	return NewHandler(config, me, inbox, p, clock, quiet)
}

// post is what the platform sends: sealed and signed if the app has a key.
type post struct {
	body  string
	stamp time.Time
	twist func(*http.Request) // changes the finished request
}

func (p post) to(t testing.TB, config Config, handler http.Handler) *httptest.ResponseRecorder {
	t.Helper()
	body := p.body
	if config.EncryptKey != "" {
		body = encrypted(t, body, config.EncryptKey)
	}
	req := httptest.NewRequest(http.MethodPost, "/feishu/events", strings.NewReader(body))
	if config.EncryptKey != "" {
		if p.stamp.IsZero() {
			p.stamp = now
		}
		sign(req, body, config.EncryptKey, p.stamp)
	}
	if p.twist != nil {
		p.twist(req)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, req)
	return w
}

func encrypted(t testing.TB, body, key string) string {
	t.Helper()
	text, err := larkcore.EncryptedEventMsg(context.Background(), body, key)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(map[string]string{"encrypt": text})
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func sign(req *http.Request, body, key string, at time.Time) {
	stamp := strconv.FormatInt(at.Unix(), 10)
	req.Header.Set(larkevent.EventRequestTimestamp, stamp)
	req.Header.Set(larkevent.EventRequestNonce, "nonce")
	req.Header.Set(larkevent.EventSignature, larkevent.Signature(stamp, "nonce", key, body))
}

func replaceBody(body string) func(*http.Request) {
	return func(req *http.Request) { req.Body = io.NopCloser(strings.NewReader(body)) }
}

// notified is an event of version 2.0 in its envelope.
func notified(eventType, event string) string {
	return `{"schema":"2.0","header":{"event_id":"e-1","event_type":"` + eventType +
		`","create_time":"1608725989000","token":"v-token","app_id":"cli_gridbot","tenant_key":"2ca1"},"event":` + event + `}`
}

const hello = `{"sender":{"sender_id":{"open_id":"ou_zhang"},"sender_type":"user"},
	"message":{"message_id":"om_1","chat_id":"oc_1","chat_type":"p2p","message_type":"text","content":"{\"text\":\"我的本月分数\"}"}}`
