package feishu

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	larkcore "github.com/larksuite/oapi-sdk-go/v3/core"
)

// lookupChunk is how many mobiles the platform takes at once.
const lookupChunk = 50

// Lookup asks who has these mobiles and returns the open_ids by mobile.
// Somebody unknown, resigned, or outside the app's contact range (通讯录权限范围)
// is simply missing.
func (c *Client) Lookup(ctx context.Context, mobiles []string) (map[string]string, error) {
	found := make(map[string]string, len(mobiles))
	for chunk := range slices.Chunk(mobiles, lookupChunk) {
		if err := c.lookup(ctx, chunk, found); err != nil {
			return nil, fmt.Errorf("feishu: look up %d people: %w", len(mobiles), err)
		}
	}
	return found, nil
}

func (c *Client) lookup(ctx context.Context, mobiles []string, found map[string]string) error {
	got, err := c.call(ctx, larkcore.ApiReq{
		HttpMethod:  http.MethodPost,
		ApiPath:     "/open-apis/contact/v3/users/batch_get_id",
		QueryParams: larkcore.QueryParams{"user_id_type": {ToPerson}},
		Body: struct {
			Mobiles         []string `json:"mobiles"`
			IncludeResigned bool     `json:"include_resigned"`
		}{Mobiles: mobiles},
	})
	if err != nil {
		return err
	}
	var data struct {
		UserList []struct {
			UserID string `json:"user_id"` // an open_id, as asked for
			Mobile string `json:"mobile"`
		} `json:"user_list"`
	}
	if err := json.Unmarshal(got.Data, &data); err != nil {
		return strangeAnswer(http.StatusOK, got.Error.LogID)
	}
	for _, user := range data.UserList {
		if user.UserID != "" && user.Mobile != "" {
			found[user.Mobile] = user.UserID
		}
	}
	return nil
}

type botInfo struct {
	ActivateStatus int    `json:"activate_status"`
	OpenID         string `json:"open_id"`
}

// botEnabled is the activate_status of a bot that is in use.
const botEnabled = 2

func (c *Client) bot(ctx context.Context) (botInfo, error) {
	got, err := c.call(ctx, larkcore.ApiReq{HttpMethod: http.MethodGet, ApiPath: "/open-apis/bot/v3/info"})
	if err != nil {
		return botInfo{}, fmt.Errorf("feishu: ask who the bot is: %w", err)
	}
	if got.Bot.OpenID == "" {
		return botInfo{}, fmt.Errorf("feishu: ask who the bot is: %w", strangeAnswer(http.StatusOK, got.Error.LogID))
	}
	return got.Bot, nil
}

// Me returns the bot's own open_id, by which mentions of it are known. It asks
// the platform once: an app's bot keeps its open_id.
func (c *Client) Me(ctx context.Context) (string, error) {
	if known := c.self.Load(); known != nil {
		return *known, nil
	}
	bot, err := c.bot(ctx)
	if err != nil {
		return "", err
	}
	c.self.Store(&bot.OpenID)
	return bot.OpenID, nil
}
