package feishu

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLookupAsksFiftyAtATime(t *testing.T) {
	var asked []int
	a := newAPI(t, func(w http.ResponseWriter, r *http.Request) {
		var req struct {
			Mobiles []string `json:"mobiles"`
		}
		if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
			t.Error(err)
		}
		asked = append(asked, len(req.Mobiles))
		var users []string
		for i, mobile := range req.Mobiles {
			if i == 0 { // the platform does not know everybody's first
				users = append(users, fmt.Sprintf(`{"mobile":"%s"}`, mobile))
				continue
			}
			users = append(users, fmt.Sprintf(`{"mobile":"%s","user_id":"ou_%s"}`, mobile, mobile))
		}
		say(w, 200, `{"code":0,"data":{"user_list":[`+strings.Join(users, ",")+`]}}`)
	})
	mobiles := make([]string, 101)
	for i := range mobiles {
		mobiles[i] = fmt.Sprintf("139%08d", i)
	}
	found, err := a.client.Lookup(t.Context(), mobiles)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{50, 50, 1}, asked); diff != "" {
		t.Error(diff)
	}
	if len(found) != 98 || found[mobiles[1]] != "ou_"+mobiles[1] {
		t.Errorf("%d found", len(found))
	}
	if _, known := found[mobiles[0]]; known {
		t.Error("somebody unknown is found")
	}
}

func TestNobodyIsLookedUpWithoutACall(t *testing.T) {
	a := newAPI(t, func(http.ResponseWriter, *http.Request) { t.Error("called") })
	if found, err := a.client.Lookup(t.Context(), nil); err != nil || len(found) != 0 {
		t.Errorf("%v, %v", found, err)
	}
}

func TestMeAndCheck(t *testing.T) {
	calls, status := 0, 2
	a := newAPI(t, func(w http.ResponseWriter, r *http.Request) {
		calls++
		say(w, 200, fmt.Sprintf(`{"code":0,"msg":"ok","bot":{"activate_status":%d,"open_id":"ou_bot"}}`, status))
	})
	for range 3 {
		if me, err := a.client.Me(t.Context()); me != "ou_bot" || err != nil {
			t.Fatalf("%q, %v", me, err)
		}
	}
	if calls != 1 {
		t.Errorf("asked %d times who the bot is", calls)
	}
	if err := a.client.Check(t.Context()); err != nil || a.tokens.Load() != 2 {
		t.Errorf("check: %v after %d tokens", err, a.tokens.Load())
	}
	status = 1
	var e *Error
	if err := a.client.Check(t.Context()); !errors.As(err, &e) || e.Verdict != Operator {
		t.Errorf("check of a disabled bot: %v", err)
	}
}

func TestCheckOfAWrongSecret(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		say(w, 200, `{"code":10015,"msg":"app secret invalid"}`)
	}))
	defer server.Close()
	client := NewClient(Config{AppID: "cli_gridbot", AppSecret: "s3cret", BaseURL: server.URL}, clock)
	defer client.Close()
	var e *Error
	err := client.Check(t.Context())
	if !errors.As(err, &e) || e.Verdict != Operator || e.Meaning() != "应用的密钥不对" {
		t.Errorf("%v", err)
	}
}
