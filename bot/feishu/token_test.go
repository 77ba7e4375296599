package feishu

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"
)

func TestARefusedTokenIsReplacedOnce(t *testing.T) {
	refuse := map[string]bool{"Bearer t-1": true}
	calls := 0
	a := newAPI(t, func(w http.ResponseWriter, r *http.Request) {
		calls++
		if refuse[r.Header.Get("Authorization")] {
			say(w, 400, `{"code":99991663,"msg":"Invalid access token for authorization."}`)
			return
		}
		say(w, 200, sentMessage)
	})
	if _, err := a.client.Send(t.Context(), ToPerson, "ou_1", nil, "u-1"); err != nil || calls != 2 {
		t.Fatalf("after %d calls: %v", calls, err)
	}
	refuse["Bearer t-2"], refuse["Bearer t-3"] = true, true
	_, err := a.client.Send(t.Context(), ToPerson, "ou_1", nil, "u-1")
	var e *Error
	if !errors.As(err, &e) || e.Code != codeTokenInvalid || calls != 4 {
		t.Errorf("after %d calls: %v", calls, err)
	}
}

func TestTokenIsFetchedOnceByMany(t *testing.T) {
	a := newAPI(t, func(w http.ResponseWriter, r *http.Request) { say(w, 200, sentMessage) })
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := a.client.Send(context.Background(), ToPerson, "ou_1", nil, ""); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := a.tokens.Load(); n != 1 {
		t.Errorf("%d tokens fetched", n)
	}
}

func TestTokenIsRenewedBeforeItEnds(t *testing.T) {
	at := now
	tokens := newTokens(func() time.Time { return at })
	fetched := 0
	fetch := func(context.Context) (string, time.Duration, error) {
		fetched++
		return fmt.Sprint("t-", fetched), 2 * time.Hour, nil
	}
	for _, step := range []struct {
		after time.Duration
		want  string
	}{{0, "t-1"}, {time.Hour, "t-1"}, {115*time.Minute - 1, "t-1"}, {115 * time.Minute, "t-2"}} {
		at = now.Add(step.after)
		if got, err := tokens.get(t.Context(), fetch); got != step.want || err != nil {
			t.Errorf("after %v: %q, %v", step.after, got, err)
		}
	}
}
