package feishu

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever comes in is answered as the platform expects, and only what carries
// the right token is taken.
func FuzzHandler(f *testing.F) {
	for _, event := range []string{hello, pressed, `{}`, `null`, `{"message":{"message_id":"om_1","mentions":[{}]}}`} {
		for _, eventType := range []string{messageReceived, menuPressed, botAdded, userDeleted, cardPressed, "x"} {
			f.Add(notified(eventType, event))
		}
	}
	f.Add(`{"challenge":"a","token":"v-token","type":"url_verification"}`)
	f.Add(`{"encrypt":"P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk="}`)
	f.Fuzz(func(t *testing.T, body string) {
		for _, config := range []Config{open, sealed} {
			box := new(inbox)
			handler := newTestHandler(config, box, nobodyPresses)
			for _, raw := range []bool{true, false} {
				w := httptest.NewRecorder()
				if raw {
					handler.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/feishu/events", strings.NewReader(body)))
				} else {
					w = post{body: body}.to(t, config, handler)
				}
				if w.Code == http.StatusInternalServerError {
					t.Fatalf("a panic: %s", w.Body)
				}
				if len(box.taken) > 0 && !strings.Contains(body, "v-token") && !strings.Contains(body, `\`) {
					t.Fatalf("taken without the token: %v", box.taken)
				}
			}
		}
	})
}

// The text of any message is valid, storable, and without the bot's mention.
func FuzzText(f *testing.F) {
	f.Add("text", `{"text":"@_user_1 还差什么"}`, "@_user_1")
	f.Add("post", `{"title":"问","content":[[{"tag":"at","user_id":"@_user_1"},{"tag":"text","text":"分数"}]]}`, "@_user_1")
	f.Add("image", `{"image_key":"img"}`, "")
	f.Add("text", `{"text":"\u0000\ud800"}`, "@_all")
	f.Fuzz(func(t *testing.T, messageType, content, key string) {
		own := mention{Key: key, ID: userID{"ou_bot"}}
		text := plainText(typed(messageType, content), []mention{own, {Key: key + "0", Name: "张三"}}, "ou_bot")
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			t.Errorf("%q", text)
		}
		if text != strings.TrimSpace(text) {
			t.Errorf("untrimmed: %q", text)
		}
	})
}

// Nothing that is posted makes the decryption panic or succeed without a key's work.
func FuzzDecrypt(f *testing.F) {
	f.Add(`{"encrypt":"P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk="}`, "test key")
	f.Add(`{"encrypt":""}`, "")
	f.Fuzz(func(t *testing.T, body, key string) {
		plain, err := decrypt([]byte(body), key)
		if err != nil && plain != nil {
			t.Errorf("%q along with %v", plain, err)
		}
		if errors.Is(err, errUnencrypted) && strings.Contains(body, "P37w") && len(body) < 64 {
			t.Errorf("%q is encrypted", body)
		}
	})
}
