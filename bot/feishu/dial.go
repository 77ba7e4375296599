package feishu

import (
	"context"
	"net"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
)

// dialer opens WebSockets that end with a context even in the middle of the
// handshake, which on its own would wait for its time-out.
func dialer(ctx context.Context) *websocket.Dialer {
	return &websocket.Dialer{
		Proxy: http.ProxyFromEnvironment, HandshakeTimeout: 10 * time.Second,
		NetDialContext: func(dialling context.Context, network, address string) (net.Conn, error) {
			conn, err := new(net.Dialer).DialContext(dialling, network, address)
			if err != nil {
				return nil, err
			}
			return &mortalConn{conn, context.AfterFunc(ctx, func() { _ = conn.Close() })}, nil // nobody waits for the error
		},
	}
}

// mortalConn is closed by a context, or before.
type mortalConn struct {
	net.Conn
	forget func() bool
}

func (c *mortalConn) Close() error {
	c.forget()
	return c.Conn.Close()
}
