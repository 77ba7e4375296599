package main

import (
	"context"
	"net/http"

	lark "github.com/larksuite/oapi-sdk-go/v3"
	larkcore "github.com/larksuite/oapi-sdk-go/v3/core"
	"github.com/larksuite/oapi-sdk-go/v3/core/httpserverext"
	larkevent "github.com/larksuite/oapi-sdk-go/v3/event"
	"github.com/larksuite/oapi-sdk-go/v3/event/dispatcher"
	larkim "github.com/larksuite/oapi-sdk-go/v3/service/im/v1"

	"github.com/nanxiashu/gridbot/config"
)

// newEcho is the yardstick of answers: a bot of nothing but the platform's SDK
// that replies to every message with the same card. It remembers nothing.
func newEcho(app config.Feishu, card string) http.Handler {
	client := lark.NewClient(app.AppID, app.AppSecret,
		lark.WithOpenBaseUrl(app.BaseURL), lark.WithLogLevel(larkcore.LogLevelError))
	events := dispatcher.NewEventDispatcher(app.VerificationToken, app.EncryptKey).
		OnP2MessageReceiveV1(func(ctx context.Context, event *larkim.P2MessageReceiveV1) error {
			_, err := client.Im.Message.Reply(ctx, larkim.NewReplyMessageReqBuilder().
				MessageId(*event.Event.Message.MessageId).
				Body(larkim.NewReplyMessageReqBodyBuilder().MsgType("interactive").Content(card).Build()).
				Build())
			return err
		})
	return http.HandlerFunc(httpserverext.NewEventHandlerFunc(events, larkevent.WithLogLevel(larkcore.LogLevelError)))
}
