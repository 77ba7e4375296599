package feishu

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	larkevent "github.com/larksuite/oapi-sdk-go/v3/event"
	"github.com/larksuite/oapi-sdk-go/v3/event/dispatcher"
	"github.com/larksuite/oapi-sdk-go/v3/event/dispatcher/callback"
	larkws "github.com/larksuite/oapi-sdk-go/v3/ws"
)

// LongConnection is the other way in (长连接): we call the platform, and events
// and callbacks come back over one WebSocket, so that the bot needs no public
// address. Several replicas may each have one: the platform gives every event
// to any one of them.
//
// It takes the SDK's client for the connection and nothing else: what comes is
// read by the same code as what is posted to the Handler.
type LongConnection struct {
	reception reception
	proof     proof
	config    Config
}

// NewLongConnection returns the app's long connection; Run opens it. Of the
// config the verification token and the encrypt key may be empty. me is as for
// NewHandler.
func NewLongConnection(config Config, me func(context.Context) (string, error), inbox Inbox, presser Presser, now func() time.Time, log *slog.Logger) *LongConnection {
	return &LongConnection{reception{me, inbox, presser, now, log}, newProof(config, now), config}
}

// lastWord is how long the SDK may take to write an answer that it was given; it
// does not say when it has.
const lastWord = 100 * time.Millisecond

// Run keeps the connection open until the context ends, and returns nil then,
// with nothing left running. Presses under way are answered first: the platform
// sends an event again, but never a press. A connection that breaks is opened
// again, after as long as the platform says. The error is one that trying again
// would not mend: a wrong id or secret, or more connections than an app may have
// (50).
func (l *LongConnection) Run(ctx context.Context) error {
	bootstrap := newHTTPClient()
	defer bootstrap.CloseIdleConnections()
	log := l.reception.log
	var answering sync.RWMutex // a press under way holds it for reading
	line, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	defer hangUp()
	defer context.AfterFunc(ctx, func() {
		answering.Lock() // for good: no further press is taken
		time.Sleep(lastWord)
		hangUp()
	})()
	client := larkws.NewClient(l.config.AppID, l.config.AppSecret,
		larkws.WithDomain(l.config.BaseURL),
		larkws.WithHttpClient(bootstrap),
		larkws.WithWebSocketDialer(dialer(line)),
		larkws.WithEventHandler(l.dispatcher(&answering)),
		larkws.WithLogger(connectionLog{log}),
		larkws.WithOnError(func(err error) { log.Warn("feishu: long connection not opened", "error", err) }))
	err := client.Start(line)
	if ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("feishu: long connection: %w", err)
}

// dispatcher sends every type that somebody waits for to us as it came. The SDK
// itself refuses the others; the platform sends them only to an app that
// subscribed to them.
func (l *LongConnection) dispatcher(answering *sync.RWMutex) *dispatcher.EventDispatcher {
	d := dispatcher.NewEventDispatcher("", "") // frames are neither encrypted nor signed
	for _, eventType := range eventTypes {
		d.OnCustomizedEvent(eventType, func(ctx context.Context, event *larkevent.EventReq) error {
			_, err := l.receive(ctx, event.Body)
			return err
		})
	}
	return d.OnP2CardActionTrigger(func(ctx context.Context, event *callback.CardActionTriggerEvent) (*pressReply, error) {
		if !answering.TryRLock() { // we are going: an error would be shown to the presser
			return sorry(), nil
		}
		defer answering.RUnlock()
		reply, err := l.receive(ctx, event.Body)
		answer, _ := reply.(*pressReply)
		return answer, err
	})
}

// errNotAccepted makes the SDK answer 500. The reason is in our log already, so
// connectionLog leaves out what the SDK says of it.
var errNotAccepted = errors.New("event not accepted")

// receive answers one frame's payload.
func (l *LongConnection) receive(ctx context.Context, payload []byte) (reply any, err error) {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	status, reply, err := l.handle(ctx, payload)
	if err != nil {
		l.reception.log.Warn("feishu: event not accepted", "status", status, "error", err)
		return nil, errNotAccepted
	}
	return reply, nil
}

func (l *LongConnection) handle(ctx context.Context, payload []byte) (status int, reply any, err error) {
	notice, err := readNotice(payload)
	if err != nil {
		return http.StatusBadRequest, nil, err
	}
	if refusal := l.proof.checkFrame(notice); refusal != nil {
		return refusal.status, nil, refusal
	}
	return l.reception.receive(ctx, notice)
}
