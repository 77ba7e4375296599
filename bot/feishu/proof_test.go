package feishu

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	larkevent "github.com/larksuite/oapi-sdk-go/v3/event"
)

// The vectors tie us to the platform's algorithms, not to the SDK's reading.
func TestSignatureIsThePlatforms(t *testing.T) {
	const signature = "768fa89daafd229dbaf6b635f77fa8676b8bc8434b86fbe5c6b8ff18ae4f4498" // sha256sum of the four parts
	header := http.Header{}
	header.Set("X-Lark-Request-Timestamp", "1700000000")
	header.Set("X-Lark-Request-Nonce", "nonce-1")
	header.Set("X-Lark-Signature", signature)
	p := proof{key: "test key", now: func() time.Time { return time.Unix(1700000000, 0) }}
	if refusal := p.checkSignature(header, []byte(`{"encrypt":"x"}`)); refusal != nil {
		t.Errorf("the right signature: %v", refusal)
	}
	if refusal := p.checkSignature(header, []byte(`{"encrypt":"y"}`)); refusal == nil {
		t.Error("a changed body is believed")
	}
}

func TestDecryptionIsThePlatforms(t *testing.T) {
	// Published with the documentation of the receiving of events.
	plain, err := decrypt([]byte(`{"encrypt":"P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk="}`), "test key")
	if err != nil || !strings.HasPrefix(string(plain), "hello world") {
		t.Errorf("decrypt = %q, %v", plain, err)
	}
}

func TestDecryptRefuses(t *testing.T) {
	for name, body := range map[string]string{
		"no JSON":                  `hello`,
		"a plain event":            `{"schema":"2.0"}`,
		"no base64":                `{"encrypt":"***"}`,
		"too short":                `{"encrypt":"YWJj"}`,
		"half a block":             `{"encrypt":"P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReE="}`,
		"braces the other way":     encrypted(t, "} {", "test key"),
		"something not a string":   `{"encrypt":{}}`,
		"an empty encrypted value": `{"encrypt":""}`,
	} {
		if plain, err := decrypt([]byte(body), "test key"); err == nil {
			t.Errorf("%s: decrypted to %q", name, plain)
		}
	}
}

func TestRequestsThatAreNotBelieved(t *testing.T) {
	other := func(change func(*Config)) Config { c := sealed; change(&c); return c }
	message := notified(messageReceived, hello)
	for name, c := range map[string]struct {
		config Config // as whom the sender signs and we listen
		post   post
		status int
	}{
		"eight hours old is a late redelivery": {sealed, post{body: message, stamp: now.Add(-8 * time.Hour)}, 200},
		"more than eight hours old":            {sealed, post{body: message, stamp: now.Add(-8*time.Hour - time.Second)}, 401},
		"a little ahead of our clock":          {sealed, post{body: message, stamp: now.Add(5 * time.Minute)}, 200},
		"from the future":                      {sealed, post{body: message, stamp: now.Add(5*time.Minute + time.Second)}, 401},
		"a signature of something else": {sealed, post{body: message, twist: func(r *http.Request) {
			r.Header.Set(larkevent.EventSignature, strings.Repeat("0", 64))
		}}, 401},
		"a timestamp changed after signing": {sealed, post{body: message, twist: func(r *http.Request) {
			r.Header.Set(larkevent.EventRequestTimestamp, "1763887200")
		}}, 401},
		"no signature": {sealed, post{body: message, twist: func(r *http.Request) {
			r.Header.Del(larkevent.EventSignature)
		}}, 401},
		"not encrypted although a key is set": {sealed, post{twist: func(r *http.Request) {
			sign(r, message, sealed.EncryptKey, now)
			replaceBody(message)(r)
		}}, 400},
		"encrypted with another key": {sealed, post{twist: func(r *http.Request) {
			// {"schema":"2.0"} under another key. Always the same one: now and then a
			// new one, wrongly decrypted, happens to hold a JSON object.
			const body = `{"encrypt":"HtZnt7HeJOfeeyJqyoYd7i/ltSJEd/qbdDmWcYOXfx7MpP/LrEUFlqy9EPRE8H9s"}`
			sign(r, body, sealed.EncryptKey, now)
			replaceBody(body)(r)
		}}, 400},
		"wrong verification token":               {sealed, post{body: strings.Replace(message, "v-token", "w-token", 1)}, 403},
		"another app's event":                    {sealed, post{body: strings.Replace(message, "cli_gridbot", "cli_other", 1)}, 403},
		"without a key, the token still counts":  {open, post{body: strings.Replace(message, "v-token", "w-token", 1)}, 403},
		"without a key, the right token is fine": {open, post{body: message}, 200},
		"without a key, an encrypted body":       {open, post{body: encrypted(t, message, "k")}, 400},
		"no token configured, none in the event": {other(func(c *Config) { c.VerificationToken = "" }),
			post{body: strings.Replace(message, "v-token", "", 1)}, 403},
		"not JSON":                  {open, post{body: `{"schema":`}, 400},
		"JSON, but not an envelope": {open, post{body: `[]`}, 400},
		"a header of another shape": {open, post{body: `{"schema":"2.0","header":7}`}, 400},
	} {
		t.Run(name, func(t *testing.T) {
			box := new(inbox)
			w := c.post.to(t, c.config, newTestHandler(c.config, box, nobodyPresses))
			if w.Code != c.status {
				t.Errorf("status %d, want %d", w.Code, c.status)
			}
			if believed := len(box.taken) > 0; believed != (c.status == 200) {
				t.Errorf("taken: %v", box.taken)
			}
			if body := w.Body.String(); len(body) > 80 || strings.Contains(body, "token") || strings.Contains(body, "key") {
				t.Errorf("the answer tells too much: %s", body)
			}
		})
	}
}

func TestChallenge(t *testing.T) {
	challenge := `{"challenge":"ajls\"384kdjx","token":"v-token","type":"url_verification"}`
	unsigned := func(r *http.Request) { r.Header = http.Header{} }
	for name, c := range map[string]struct {
		config Config
		body   string
		status int
	}{
		"encrypted and unsigned": {sealed, challenge, 200},
		"without a key":          {open, challenge, 200},
		"wrong token":            {sealed, strings.Replace(challenge, "v-token", "w-token", 1), 403},
		"an event dressed up as a challenge": {sealed,
			strings.Replace(notified(messageReceived, hello), `{"schema"`, `{"type":"url_verification","token":"v-token","schema"`, 1), 401},
	} {
		t.Run(name, func(t *testing.T) {
			box := new(inbox)
			w := post{body: c.body, twist: unsigned}.to(t, c.config, newTestHandler(c.config, box, nobodyPresses))
			if w.Code != c.status {
				t.Fatalf("status %d, want %d", w.Code, c.status)
			}
			if got := w.Body.String(); c.status == 200 && got != `{"challenge":"ajls\"384kdjx"}` {
				t.Errorf("answer %s", got)
			}
			if len(box.taken) > 0 {
				t.Errorf("taken: %v", box.taken)
			}
		})
	}
}

func TestBodyAndMethod(t *testing.T) {
	handler := newTestHandler(open, new(inbox), nobodyPresses)
	for name, c := range map[string]struct {
		method, body string
		status       int
	}{
		"GET":             {http.MethodGet, "", 405},
		"PUT":             {http.MethodPut, "{}", 405},
		"longer than 1 M": {http.MethodPost, strings.Repeat(" ", MaxBody+1), 413},
		"empty":           {http.MethodPost, "", 400},
	} {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(c.method, "/feishu/events", strings.NewReader(c.body)))
		if w.Code != c.status {
			t.Errorf("%s: status %d, want %d", name, w.Code, c.status)
		}
		if got := w.Header().Get("Content-Type"); got != "application/json; charset=utf-8" {
			t.Errorf("%s: Content-Type %q", name, got)
		}
		if allow := w.Header().Get("Allow"); (c.status == 405) != (allow == http.MethodPost) {
			t.Errorf("%s: Allow %q", name, allow)
		}
	}
	exact := notified(messageReceived, hello)
	exact += strings.Repeat(" ", MaxBody-len(exact))
	if w := (post{body: exact}).to(t, open, handler); w.Code != 200 {
		t.Errorf("exactly 1 MiB: status %d", w.Code)
	}
}
