// Package feishu is the door to the Feishu (飞书) open platform: events and
// callbacks come in through the handler or over the long connection, messages go
// out through the client. It is the only package that knows the platform's SDK.
//
// Of the SDK it uses the transport, the decryption, the signature, and the
// client of the long connection. The SDK's token cache is one variable for the
// whole process and keeps sending a token that was refused, and its dispatcher
// checks neither freshness nor the token of an event; these parts are here
// instead.
package feishu

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	larkcore "github.com/larksuite/oapi-sdk-go/v3/core"
)

// Config is the self-built app (企业自建应用) that speaks and listens.
type Config struct {
	AppID     string
	AppSecret string
	// VerificationToken proves that a posted event is the platform's. Without one
	// the Handler accepts none.
	VerificationToken string
	// EncryptKey encrypts and signs posted events. Empty means that they come in
	// clear text, with nothing but the verification token as proof.
	EncryptKey string
	// BaseURL is the platform, such as https://open.feishu.cn.
	BaseURL string
}

// Client sends to the platform and asks it. It is safe for use by several
// goroutines. Every error of its methods wraps an *Error.
type Client struct {
	sdk    *larkcore.Config
	http   *http.Client
	tokens *tokens
	self   atomic.Pointer[string] // the bot's own open_id, once known
}

// NewClient returns a client of the app. The clock is asked only for the age of
// the access token. Nothing is sent before it is needed.
func NewClient(config Config, now func() time.Time) *Client {
	c := &Client{http: newHTTPClient(), tokens: newTokens(now)}
	c.sdk = &larkcore.Config{
		BaseUrl:      config.BaseURL,
		AppId:        config.AppID,
		AppSecret:    config.AppSecret,
		AppType:      larkcore.AppTypeSelfBuilt,
		HttpClient:   c.http,
		Serializable: serializer{},
		Logger:       silence{},
	}
	return c
}

// Close gives up the connections kept open for the next call.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Check asks the platform for a new access token and for the bot's state, as
// gridbot doctor does: it fails when the app's id or secret is wrong, when the
// app is disabled, or when the platform cannot be reached.
func (c *Client) Check(ctx context.Context) error {
	c.tokens.forget()
	bot, err := c.bot(ctx)
	if err != nil {
		return err
	}
	if bot.ActivateStatus != botEnabled {
		return &Error{Code: codeBotDisabled, Message: "the bot is not enabled in this organisation", Verdict: Operator}
	}
	return nil
}

// answer is the envelope of the platform's answers. Most carry data, the two
// oldest interfaces carry their result beside it.
type answer struct {
	Code  *int   `json:"code"`
	Msg   string `json:"msg"`
	Error struct {
		LogID string `json:"log_id"`
	} `json:"error"`
	Data json.RawMessage `json:"data"`

	Bot               botInfo `json:"bot"`
	TenantAccessToken string  `json:"tenant_access_token"`
	Expire            int     `json:"expire"` // seconds
}

// call makes one request in the app's name. A token that the platform no longer
// accepts is replaced and the request made once more.
func (c *Client) call(ctx context.Context, req larkcore.ApiReq) (*answer, error) {
	req.SupportedAccessTokenTypes = []larkcore.AccessTokenType{larkcore.AccessTokenTypeTenant}
	for again := true; ; again = false {
		token, err := c.tokens.get(ctx, c.fetchToken)
		if err != nil {
			return nil, err
		}
		got, err := c.request(ctx, req, larkcore.WithTenantAccessToken(token))
		if again && isStaleToken(err) {
			c.tokens.drop(token)
			continue
		}
		return got, err
	}
}

// request makes one request and reads its answer. Whatever is not an answer
// with code 0 is an *Error.
func (c *Client) request(ctx context.Context, req larkcore.ApiReq, options ...larkcore.RequestOptionFunc) (*answer, error) {
	resp, err := larkcore.Request(ctx, &req, c.sdk, options...)
	if err != nil {
		return nil, noAnswer(ctx, err)
	}
	var got answer
	if err := json.Unmarshal(resp.RawBody, &got); err != nil || got.Code == nil {
		return nil, strangeAnswer(resp.StatusCode, resp.LogId())
	}
	if *got.Code == 0 && resp.StatusCode < http.StatusBadRequest {
		return &got, nil
	}
	if got.Error.LogID == "" {
		got.Error.LogID = resp.LogId()
	}
	return nil, refused(resp.StatusCode, &got, resetAfter(resp.Header))
}

// resetAfter is how long the gateway asks callers to wait, zero if it does not.
func resetAfter(header http.Header) time.Duration {
	seconds, err := strconv.Atoi(header.Get("X-Ogw-Ratelimit-Reset"))
	if err != nil || seconds < 0 {
		return 0
	}
	return min(time.Duration(seconds)*time.Second, longestWait)
}
