package feishu

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"time"
)

const (
	connectTimeout = 4 * time.Second
	callTimeout    = 10 * time.Second // one request, from dialling to the answer's last byte
	maxAnswer      = 1 << 20          // bytes; a page of fifty people is a few thousand
	longestWait    = 10 * time.Minute // what the gateway may ask for
)

// newHTTPClient returns a client that gives up in time, reads a bounded answer
// and takes the access token to no other host.
func newHTTPClient() *http.Client {
	return &http.Client{
		Timeout: callTimeout,
		Transport: boundedTransport{&http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: connectTimeout}).DialContext,
			TLSHandshakeTimeout: connectTimeout,
			ForceAttemptHTTP2:   true,
			MaxIdleConnsPerHost: 32,
			IdleConnTimeout:     90 * time.Second,
		}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

type boundedTransport struct{ *http.Transport }

func (t boundedTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := t.Transport.RoundTrip(req)
	if err == nil {
		resp.Body = &boundedBody{resp.Body, maxAnswer}
	}
	return resp, err
}

var errLongAnswer = errors.New("the answer is too long")

type boundedBody struct {
	io.ReadCloser
	left int
}

func (b *boundedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= n; b.left < 0 {
		return 0, errLongAnswer
	}
	return n, err
}

// serializer writes < > & as they are: the SDK's own turns each into six bytes,
// and a card's size is limited as it is sent.
type serializer struct{}

func (serializer) Serialize(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

func (serializer) Deserialize(data []byte, v any) error { return json.Unmarshal(data, v) }

// silence takes what the SDK would log. What matters comes back as an error.
type silence struct{}

func (silence) Debug(context.Context, ...any) {}
func (silence) Info(context.Context, ...any)  {}
func (silence) Warn(context.Context, ...any)  {}
func (silence) Error(context.Context, ...any) {}
