package stage

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"
)

// invite asks where to open a long connection.
func (p *platform) invite(server *httptest.Server) (url string) {
	p.t.Helper()
	got := p.call("POST", server.URL+"/callback/ws/endpoint", `{"AppID":"cli_test","AppSecret":"secret"}`)
	url, _ = got.data()["URL"].(string)
	if got.status != 200 || got.code != 0 || url == "" {
		p.t.Fatalf("endpoint: HTTP %d, %v", got.status, got.body)
	}
	return url
}

// dial opens a long connection that answers nothing of itself.
func (p *platform) dial(server *httptest.Server) *websocket.Conn {
	p.t.Helper()
	return p.dialAt(p.invite(server))
}

func (p *platform) dialAt(url string) *websocket.Conn {
	p.t.Helper()
	before := p.LongConnections()
	conn, _, err := websocket.DefaultDialer.Dial(url, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { conn.Close() })
	ctx, cancel := context.WithTimeout(p.t.Context(), 10*time.Second)
	defer cancel()
	if err := p.Wait(ctx, func() bool { return p.LongConnections() > before }); err != nil {
		p.t.Fatal(err)
	}
	return conn
}

func serve(t *testing.T, p *platform) *httptest.Server {
	server := httptest.NewServer(p.Handler())
	t.Cleanup(server.Close)
	return server
}

func read(t *testing.T, conn *websocket.Conn) frame {
	t.Helper()
	kind, message, err := conn.ReadMessage()
	if err != nil || kind != websocket.BinaryMessage {
		t.Fatalf("message of kind %d: %v", kind, err)
	}
	f, err := decodeFrame(message)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func write(t *testing.T, conn *websocket.Conn, f frame) {
	t.Helper()
	if err := conn.WriteMessage(websocket.BinaryMessage, f.encode()); err != nil {
		t.Error(err)
	}
}

func TestWhoMayOpenALongConnection(t *testing.T) {
	p := newPlatform(t, nil)
	server := serve(t, p)
	for _, wrong := range []string{`{"AppID":"cli_test","AppSecret":"guess"}`, `{"AppID":"cli_other","AppSecret":"secret"}`, `{}`} {
		if got := p.call("POST", "/callback/ws/endpoint", wrong); got.status != 200 || got.code != codeNoSuchApp || got.data() != nil {
			t.Errorf("%s got HTTP %d, %v", wrong, got.status, got.body)
		}
	}
	refused := func(name, url, status, cause string) {
		conn, response, err := websocket.DefaultDialer.Dial(url, nil)
		if err == nil {
			conn.Close()
			t.Errorf("%s: connected", name)
			return
		}
		if got := response.Header; got.Get("Handshake-Status") != status || got.Get("Handshake-Autherrcode") != cause {
			t.Errorf("%s: refused with %v", name, got)
		}
	}
	url := p.invite(server)
	refused("an address of one's own", strings.Replace(url, "device_id=", "device_id=1", 1), "403", "")
	p.dialAt(url)
	refused("the same address again", url, "403", "")
	for p.LongConnections() < 50 {
		p.dial(server)
	}
	refused("one more than fifty", p.invite(server), "514", "1000040350")
}

func TestAPingIsAnsweredWithTheConfiguration(t *testing.T) {
	p := newPlatform(t, func(o *Options) { o.LongConnection = LongConnection{Ping: 3 * time.Second, Reconnect: 4 * time.Second} })
	conn := p.dial(serve(t, p))
	write(t, conn, frame{service: 7, method: frameControl, headers: map[string]string{"type": "ping"}})
	pong := read(t, conn)
	var config map[string]int
	if err := json.Unmarshal(pong.payload, &config); err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"PingInterval": 3, "ReconnectInterval": 4, "ReconnectNonce": 0, "ReconnectCount": -1}
	if diff := cmp.Diff(want, config); diff != "" || pong.headers["type"] != "pong" || pong.method != frameControl {
		t.Errorf("%+v\n%s", pong, diff)
	}
}

func TestAnEventOverTheLongConnection(t *testing.T) {
	for name, c := range map[string]struct {
		answer string // "" = none
		status int
		again  bool
	}{
		"taken":            {`{"code":200,"headers":null,"data":null}`, 200, false},
		"not taken":        {`{"code":500,"headers":null,"data":null}`, 500, true},
		"not understood":   {`<html>`, 0, true},
		"answered by none": {"", 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlatform(t, func(o *Options) { o.Timeout = 200 * time.Millisecond })
			conn := p.dial(serve(t, p))
			got := make(chan frame, 2)
			go func() {
				for range 2 {
					_, message, err := conn.ReadMessage()
					if err != nil {
						return
					}
					f, err := decodeFrame(message)
					if err != nil {
						t.Error(err)
					}
					got <- f
					if c.answer != "" {
						f.payload = []byte(c.answer)
						write(t, conn, f)
					}
				}
			}()
			if err := p.User("张三").Menu("my_score"); err != nil {
				t.Fatal(err)
			}
			p.clock.Forward(time.Minute)
			p.Redeliver()
			pushes := p.Pushes()
			if pushes[0].Status != c.status || (len(pushes) == 2) != c.again {
				t.Errorf("pushed %+v", pushes)
			}
			var e delivered
			f := <-got
			if err := json.Unmarshal(f.payload, &e); err != nil {
				t.Fatal(err)
			}
			if e.Header.EventType != "application.bot.menu_v6" || e.Header.Token != "" || e.Header.AppID != "cli_test" {
				t.Errorf("%+v", e.Header)
			}
			if h := f.headers; f.method != frameData || h["type"] != "event" || h["message_id"] == "" || h["sum"] != "1" || h["seq"] != "0" {
				t.Errorf("%+v", f)
			}
		})
	}
}

func TestAWebhookGoesBeforeALongConnection(t *testing.T) {
	p := newPlatform(t, nil)
	p.dial(serve(t, p))
	bot := newFakeBot(t, p)
	if err := p.User("张三").Menu("my_score"); err != nil {
		t.Fatal(err)
	}
	if got := bot.got(); len(got) != 1 || got[0].problem != nil {
		t.Errorf("the webhook got %+v", got)
	}
}

func TestBytesThatAreNoFrame(t *testing.T) {
	whole := frame{service: 7, method: frameData, headers: map[string]string{"type": "event"}, payload: []byte("{}")}.encode()
	if _, err := decodeFrame(whole); err != nil {
		t.Fatal(err)
	}
	for name, bytes := range map[string][]byte{
		"cut off":             whole[:len(whole)-1],
		"another wire format": {0x09, 0, 0, 0, 0, 0, 0, 0, 0},
		"field number 0":      {0x00},
		"a header cut off":    {0x2a, 2, 0x0a, 5},
	} {
		if f, err := decodeFrame(bytes); err == nil {
			t.Errorf("%s: %s", name, fmt.Sprint(f))
		}
	}
}
