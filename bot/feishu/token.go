package feishu

import (
	"context"
	"net/http"
	"time"

	larkcore "github.com/larksuite/oapi-sdk-go/v3/core"
)

// spareLife is taken off a token's life, for the request that is on its way
// when it ends. The platform keeps an old token valid while it hands out a new one.
const spareLife = 5 * time.Minute

// tokens keeps the app's access token (tenant_access_token). One goroutine
// fetches it, the others wait.
type tokens struct {
	now   func() time.Time
	turn  chan struct{} // holds one element: the right to read and change what follows
	value string
	until time.Time
}

func newTokens(now func() time.Time) *tokens {
	t := &tokens{now: now, turn: make(chan struct{}, 1)}
	t.turn <- struct{}{}
	return t
}

type fetchFunc func(context.Context) (value string, life time.Duration, err error)

func (t *tokens) get(ctx context.Context, fetch fetchFunc) (string, error) {
	select {
	case <-t.turn:
	case <-ctx.Done():
		return "", noAnswer(ctx, ctx.Err())
	}
	defer func() { t.turn <- struct{}{} }()
	if t.value != "" && t.now().Before(t.until) {
		return t.value, nil
	}
	value, life, err := fetch(ctx)
	if err != nil {
		return "", err
	}
	t.value, t.until = value, t.now().Add(max(life-spareLife, life/2))
	return value, nil
}

// drop forgets a token that was refused, unless it has been replaced meanwhile.
func (t *tokens) drop(refused string) {
	<-t.turn
	if t.value == refused {
		t.value = ""
	}
	t.turn <- struct{}{}
}

func (t *tokens) forget() {
	<-t.turn
	t.value = ""
	t.turn <- struct{}{}
}

func (c *Client) fetchToken(ctx context.Context) (string, time.Duration, error) {
	got, err := c.request(ctx, larkcore.ApiReq{
		HttpMethod: http.MethodPost,
		ApiPath:    "/open-apis/auth/v3/tenant_access_token/internal",
		Body: struct {
			AppID     string `json:"app_id"`
			AppSecret string `json:"app_secret"`
		}{c.sdk.AppId, c.sdk.AppSecret},
	})
	if err != nil {
		return "", 0, err
	}
	if got.TenantAccessToken == "" {
		return "", 0, strangeAnswer(http.StatusOK, got.Error.LogID)
	}
	return got.TenantAccessToken, time.Duration(got.Expire) * time.Second, nil
}
