package stage

import (
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/gorilla/websocket"
)

// LongConnection (长连接) is what a bot that opens one is told about it, in whole
// seconds. While one is open, and there is no BotURL, events and callbacks go
// over it: each to any one of those open, in clear text, without the token.
type LongConnection struct {
	Ping      time.Duration // how often the bot is to ping; default 2 min
	Reconnect time.Duration // wait between tries to connect again; default 2 min. The first is made at once
}

// maxLongConnections is how many an app may have open.
const maxLongConnections = 50

// Codes of a long connection that is not to be had. The header codes are in the
// answer to the handshake.
const (
	codeNoSuchApp      = 1000040346
	handshakeForbidden = "403"
	handshakeRefused   = "514"
	tooManyConnections = "1000040350"
)

const connectPath = "/callback/ws/connect"

// longEndpoint is POST /callback/ws/endpoint: it tells an app where to connect,
// once. Its refusals are answered with HTTP 200; by others the bot tries again.
func (s *Server) longEndpoint(r *http.Request, body []byte) (map[string]any, *refusal) {
	var ask struct{ AppID, AppSecret string }
	if refused := decode(body, &ask); refused != nil {
		return nil, refused
	}
	if ask.AppID != s.opts.AppID || ask.AppSecret != s.opts.AppSecret {
		return nil, &refusal{status: http.StatusOK, code: codeNoSuchApp, msg: "app_id or app_secret is invalid"}
	}
	device := strconv.FormatUint(rand.Uint64()>>1, 10)
	s.invited[device] = true
	at := url.URL{Scheme: "ws", Host: r.Host, Path: connectPath,
		RawQuery: url.Values{"device_id": {device}, "service_id": {strconv.Itoa(lineService)}}.Encode()}
	if r.TLS != nil {
		at.Scheme = "wss"
	}
	return map[string]any{"msg": "", "data": map[string]any{"URL": at.String(), "ClientConfig": s.clientConfig()}}, nil
}

// clientConfig is in the endpoint's answer and in every pong.
func (s *Server) clientConfig() map[string]int {
	seconds := func(d time.Duration) int { return int(d / time.Second) }
	return map[string]int{
		"PingInterval":      seconds(s.opts.LongConnection.Ping),
		"ReconnectInterval": seconds(s.opts.LongConnection.Reconnect),
		"ReconnectNonce":    0,
		"ReconnectCount":    -1, // for ever
	}
}

var upgrader = websocket.Upgrader{}

// connect is the WebSocket's handshake, and then the connection's life.
func (s *Server) connect(w http.ResponseWriter, r *http.Request) {
	if !s.begin() {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	defer s.work.Done()
	if code, cause := s.admit(r.URL.Query().Get("device_id")); code != "" {
		w.Header().Set("Handshake-Status", code)
		w.Header().Set("Handshake-Autherrcode", cause)
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	socket, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // it has been answered
	}
	defer socket.Close()
	l := newLine(socket, s.clientConfig())
	s.changeLines(func() {
		if s.ctx.Err() == nil {
			s.lines = append(s.lines, l)
		} else {
			l.hangUp() // closed meanwhile
		}
	})
	l.listen()
	s.changeLines(func() { s.lines = slices.DeleteFunc(s.lines, func(open *line) bool { return open == l }) })
	close(l.gone)
}

// admit takes back an invitation, and says why if nobody may come in on it.
func (s *Server) admit(device string) (code, cause string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.invited[device] {
		return handshakeForbidden, ""
	}
	delete(s.invited, device)
	if len(s.lines) >= maxLongConnections {
		return handshakeRefused, tooManyConnections
	}
	return "", ""
}

func (s *Server) changeLines(how func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	how()
	s.stir()
}

// line is one of the open connections, if events are to go over one: each event
// goes to any of them.
func (s *Server) line() *line {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.botURL != "" || len(s.lines) == 0 {
		return nil
	}
	return s.lines[rand.IntN(len(s.lines))]
}

// LongConnections is how many are open. Wait looks again when it changes.
func (s *Server) LongConnections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.lines)
}

// CutLongConnections breaks all that are open, as a failing network does.
func (s *Server) CutLongConnections() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.lines {
		l.hangUp()
	}
}
