package feishu

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	larkcore "github.com/larksuite/oapi-sdk-go/v3/core"
)

// Kinds of receiver of a new message.
const (
	ToPerson = "open_id"
	ToChat   = "chat_id"
)

// MaxUUID is the longest key, in bytes, by which the platform knows a message
// again.
const MaxUUID = 50

const messagesPath = "/open-apis/im/v1/messages"

type message struct {
	ReceiveID string `json:"receive_id,omitempty"`
	MsgType   string `json:"msg_type,omitempty"`
	Content   string `json:"content"`
	UUID      string `json:"uuid,omitempty"`
}

// Send sends a card to a person (ToPerson) or a chat (ToChat) and returns the
// message's id. Within an hour the platform sends at most one message for a
// uuid and answers a repetition with the first one's id; after that it has
// forgotten.
func (c *Client) Send(ctx context.Context, receiverType, receiver string, card json.RawMessage, uuid string) (string, error) {
	id, err := c.post(ctx, larkcore.ApiReq{
		ApiPath:     messagesPath,
		QueryParams: larkcore.QueryParams{"receive_id_type": {receiverType}},
		Body:        message{ReceiveID: receiver, MsgType: "interactive", Content: string(card), UUID: uuid},
	})
	if err != nil {
		return "", fmt.Errorf("feishu: send to %s: %w", receiverType, err)
	}
	return id, nil
}

// Reply answers a message with a card and returns the new message's id. The
// uuid is as in Send.
func (c *Client) Reply(ctx context.Context, messageID string, card json.RawMessage, uuid string) (string, error) {
	id, err := c.post(ctx, larkcore.ApiReq{
		ApiPath:    messagesPath + "/:message_id/reply",
		PathParams: larkcore.PathParams{"message_id": messageID},
		Body:       message{MsgType: "interactive", Content: string(card), UUID: uuid},
	})
	if err != nil {
		return "", fmt.Errorf("feishu: reply to %s: %w", messageID, err)
	}
	return id, nil
}

func (c *Client) post(ctx context.Context, req larkcore.ApiReq) (string, error) {
	req.HttpMethod = http.MethodPost
	got, err := c.call(ctx, req)
	if err != nil {
		return "", err
	}
	var data struct {
		MessageID string `json:"message_id"`
	}
	if err := json.Unmarshal(got.Data, &data); err != nil || data.MessageID == "" {
		return "", strangeAnswer(http.StatusOK, got.Error.LogID)
	}
	return data.MessageID, nil
}

// Update replaces a card that the bot sent within the last 14 days, for
// everybody who sees it.
func (c *Client) Update(ctx context.Context, messageID string, card json.RawMessage) error {
	_, err := c.call(ctx, larkcore.ApiReq{
		HttpMethod: http.MethodPatch,
		ApiPath:    messagesPath + "/:message_id",
		PathParams: larkcore.PathParams{"message_id": messageID},
		Body:       message{Content: string(card)},
	})
	if err != nil {
		return fmt.Errorf("feishu: update %s: %w", messageID, err)
	}
	return nil
}
