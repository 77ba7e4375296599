package stage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"

	"github.com/gorilla/websocket"
)

// lineService is the service_id that frames of the stand-in carry.
const lineService = 7

// line is one open long connection.
type line struct {
	socket *websocket.Conn
	config map[string]int // repeated in every pong
	gone   chan struct{}  // closed once it is no longer among those open

	writing sync.Mutex             // the socket takes one message at a time
	mu      sync.Mutex             // guards what follows
	awaited map[string]chan []byte // payloads of answers, by message_id
}

func newLine(socket *websocket.Conn, config map[string]int) *line {
	return &line{socket: socket, config: config, gone: make(chan struct{}), awaited: map[string]chan []byte{}}
}

func (l *line) hangUp() { l.socket.Close() }

// listen reads what the bot says until the connection breaks.
func (l *line) listen() {
	for {
		_, message, err := l.socket.ReadMessage()
		if err != nil {
			return
		}
		f, err := decodeFrame(message)
		switch {
		case err != nil:
			return
		case f.method == frameData:
			l.answered(f)
		case f.headers["type"] == "ping":
			l.pong(f)
		}
	}
}

func (l *line) pong(ping frame) {
	config, err := json.Marshal(l.config)
	if err != nil {
		return // numbers under names: it cannot be
	}
	ping.headers["type"], ping.payload = "pong", config
	_ = l.write(ping) // a broken connection is seen by listen
}

// answered hands an answer to whom it is for, if they still wait.
func (l *line) answered(f frame) {
	l.mu.Lock()
	defer l.mu.Unlock()
	id := f.headers["message_id"]
	if arrived, waiting := l.awaited[id]; waiting {
		arrived <- f.payload // has room for the one answer there is
		delete(l.awaited, id)
	}
}

func (l *line) write(f frame) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	return l.socket.WriteMessage(websocket.BinaryMessage, f.encode())
}

var errHungUp = errors.New("the long connection broke")

// ask gives the bot an event or callback and waits for its answer. Any status
// but 200 is an error.
func (l *line) ask(ctx context.Context, payload []byte) (status int, answer []byte, err error) {
	id := newID("")
	arrived := make(chan []byte, 1)
	l.await(id, arrived)
	defer l.await(id, nil)
	err = l.write(frame{service: lineService, method: frameData, payload: payload, headers: map[string]string{
		"type": "event", "message_id": id, "trace_id": newID(""), "sum": "1", "seq": "0",
	}})
	if err != nil {
		return 0, nil, fmt.Errorf("%w: %w", errHungUp, err)
	}
	select {
	case raw := <-arrived:
		return readLineAnswer(raw)
	case <-l.gone:
		return 0, nil, errHungUp
	case <-ctx.Done():
		return 0, nil, ctx.Err()
	}
}

// await expects the answer to a message; nil stops to.
func (l *line) await(id string, arrived chan []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if arrived == nil {
		delete(l.awaited, id)
	} else {
		l.awaited[id] = arrived
	}
}

func readLineAnswer(raw []byte) (status int, answer []byte, err error) {
	var a struct {
		Code int    `json:"code"`
		Data []byte `json:"data"` // in base64
	}
	if err := json.Unmarshal(raw, &a); err != nil {
		return 0, nil, errors.New("the bot's answer over the long connection is unreadable")
	}
	if a.Code != http.StatusOK {
		return a.Code, nil, &statusError{a.Code}
	}
	return a.Code, a.Data, nil
}
