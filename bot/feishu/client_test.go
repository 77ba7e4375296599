package feishu

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// api is a platform that hands out the tokens t-1, t-2, … and answers what the
// test says.
type api struct {
	*httptest.Server
	client *Client
	tokens atomic.Int32
}

func newAPI(t *testing.T, answer http.HandlerFunc) *api {
	t.Helper()
	a := new(api)
	mux := http.NewServeMux()
	mux.HandleFunc("POST /open-apis/auth/v3/tenant_access_token/internal", func(w http.ResponseWriter, r *http.Request) {
		say(w, 200, fmt.Sprintf(`{"code":0,"msg":"ok","tenant_access_token":"t-%d","expire":7200}`, a.tokens.Add(1)))
	})
	mux.HandleFunc("/", answer)
	a.Server = httptest.NewServer(mux)
	a.client = NewClient(Config{AppID: "cli_gridbot", AppSecret: "s3cret", BaseURL: a.URL}, clock)
	t.Cleanup(func() {
		a.client.Close()
		a.Close()
	})
	return a
}

func say(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-Tt-Logid", "log-1")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

const sentMessage = `{"code":0,"msg":"success","data":{"message_id":"om_new"}}`

func TestRequestsAreThePlatforms(t *testing.T) {
	card := json.RawMessage(`{"schema":"2.0","body":{"elements":[{"tag":"markdown","content":"<font color='red'>-4 分</font>"}]}}`)
	content := `"content":` + quote(string(card))
	for name, c := range map[string]struct {
		do   func(context.Context, *Client) (string, error)
		want string // method, path and body
	}{
		"send to a person": {func(ctx context.Context, c *Client) (string, error) {
			return c.Send(ctx, ToPerson, "ou_1", card, "u-1")
		}, `POST /open-apis/im/v1/messages?receive_id_type=open_id {"receive_id":"ou_1","msg_type":"interactive",` + content + `,"uuid":"u-1"}`},
		"send to a chat": {func(ctx context.Context, c *Client) (string, error) {
			return c.Send(ctx, ToChat, "oc_1", card, "u-1")
		}, `POST /open-apis/im/v1/messages?receive_id_type=chat_id {"receive_id":"oc_1","msg_type":"interactive",` + content + `,"uuid":"u-1"}`},
		"reply": {func(ctx context.Context, c *Client) (string, error) {
			return c.Reply(ctx, "om_1", card, "u-1")
		}, `POST /open-apis/im/v1/messages/om_1/reply {"msg_type":"interactive",` + content + `,"uuid":"u-1"}`},
		"an id of somebody's making stays one segment": {func(ctx context.Context, c *Client) (string, error) {
			return c.Reply(ctx, "../../x?y", card, "u-1")
		}, `POST /open-apis/im/v1/messages/..%2F..%2Fx%3Fy/reply {"msg_type":"interactive",` + content + `,"uuid":"u-1"}`},
		"update": {func(ctx context.Context, c *Client) (string, error) {
			return "om_new", c.Update(ctx, "om_1", card)
		}, `PATCH /open-apis/im/v1/messages/om_1 {` + content + `}`},
	} {
		t.Run(name, func(t *testing.T) {
			var got string
			a := newAPI(t, func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				got = r.Method + " " + r.RequestURI + " " + string(body)
				if auth := r.Header.Get("Authorization"); auth != "Bearer t-1" {
					t.Errorf("Authorization %q", auth)
				}
				say(w, 200, sentMessage)
			})
			id, err := c.do(t.Context(), a.client)
			if err != nil || id != "om_new" {
				t.Errorf("%q, %v", id, err)
			}
			if got != c.want {
				t.Error(cmp.Diff(c.want, got))
			}
		})
	}
}

// quote is a JSON string without escapes for < and >.
func quote(s string) string {
	raw, _ := serializer{}.Serialize(s)
	return string(raw)
}

func TestFailures(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   Verdict
		text   string
	}{
		"limited, with the time to wait": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("x-ogw-ratelimit-reset", "7")
			say(w, 429, `{"code":99991400,"msg":"request trigger frequency limit"}`)
		}, Retry, "code 99991400: request trigger frequency limit (log id log-1)"},
		"the platform's own log id": {func(w http.ResponseWriter, _ *http.Request) {
			say(w, 400, `{"code":230002,"msg":"Bot/User can NOT be out of the chat.","error":{"log_id":"log-2"}}`)
		}, Unbind, "code 230002: Bot/User can NOT be out of the chat. (log id log-2)"},
		"a proxy's page": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Secret", r.Header.Get("Authorization"))
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(502)
			_, _ = io.WriteString(w, "<html>Bearer t-1</html>")
		}, Retry, "HTTP 502 with an unreadable answer"},
		"the gateway gave up": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(504) }, Retry, "no answer: server time out error"},
		"half an answer":      {func(w http.ResponseWriter, _ *http.Request) { say(w, 200, `{"code":0,"da`) }, Retry, "unexpected end of JSON input"},
		"an empty object":     {func(w http.ResponseWriter, _ *http.Request) { say(w, 200, `{}`) }, Retry, "HTTP 200 with an unreadable answer (log id log-1)"},
		"no message id":       {func(w http.ResponseWriter, _ *http.Request) { say(w, 200, `{"code":0,"data":{}}`) }, Retry, "HTTP 200 with an unreadable answer"},
		"an endless answer": {func(w http.ResponseWriter, _ *http.Request) {
			say(w, 200, `{"code":0,"msg":"`+strings.Repeat("x", maxAnswer)+`"}`)
		}, Retry, "no answer: the answer is too long"},
		"sent elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://example.com/", http.StatusTemporaryRedirect)
		}, Operator, "HTTP 307 with an unreadable answer"},
		"connection cut": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, Retry, "EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t, c.answer)
			_, err := a.client.Send(t.Context(), ToPerson, "ou_1", json.RawMessage(`{"content":"走访张三"}`), "u-1")
			var e *Error
			if !errors.As(err, &e) || e.Verdict != c.want {
				t.Fatalf("%v, want verdict %v", err, c.want)
			}
			if !strings.HasSuffix(err.Error(), c.text) {
				t.Errorf("%v, want …%s", err, c.text)
			}
			for _, secret := range []string{"t-1", "s3cret", "张三", "Bearer"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("the error tells %s: %v", secret, err)
				}
			}
			if name == "limited, with the time to wait" && e.After != 7*time.Second {
				t.Errorf("After %v", e.After)
			}
		})
	}
}

func TestACancelledCallEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	a := newAPI(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // unread, it would hide from the server that the caller left
		cancel()
		<-r.Context().Done()
	})
	if _, err := a.client.Send(ctx, ToPerson, "ou_1", nil, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestAServerThatIsNotThere(t *testing.T) {
	a := newAPI(t, http.NotFound)
	a.Server.Close()
	_, err := a.client.Send(t.Context(), ToPerson, "ou_1", nil, "")
	var e *Error
	if !errors.As(err, &e) || e.Verdict != Retry || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("%v", err)
	}
}
