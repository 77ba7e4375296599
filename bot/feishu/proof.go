package feishu

import (
	"bytes"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	larkevent "github.com/larksuite/oapi-sdk-go/v3/event"
)

const (
	// oldestEvent: the platform redelivers for about 7 hours, and may do so
	// with the first delivery's timestamp. Replays within it are known by id.
	oldestEvent = 8 * time.Hour
	// oldestPress: a press is never sent again, so that an older one is somebody's
	// replay. Its id is not kept: what it does may be done again.
	oldestPress = 5 * time.Minute
	// clockSkew is how far the platform's clock may be ahead of ours.
	clockSkew = 5 * time.Minute
)

// proof checks that a request is the platform's, and meant for this app.
type proof struct {
	appID, token, key string
	now               func() time.Time
}

func newProof(config Config, now func() time.Time) proof {
	return proof{appID: config.AppID, token: config.VerificationToken, key: config.EncryptKey, now: now}
}

// refusal says why a request was not believed. The reason is for our log, the
// sender learns only the status.
type refusal struct {
	status int
	reason string
}

func (r *refusal) Error() string { return r.reason }

func refuse(status int, reason string) *refusal { return &refusal{status, reason} }

// open verifies, decrypts and reads a body. The request that verifies our
// address (url_verification) comes encrypted but never signed; everything else
// must be both, if the app has an encrypt key.
func (p proof) open(header http.Header, body []byte) (*notice, *refusal) {
	signed := header.Get(larkevent.EventSignature) != ""
	if p.key != "" {
		if signed {
			if refusal := p.checkSignature(header, body); refusal != nil {
				return nil, refusal
			}
		}
		plain, err := decrypt(body, p.key)
		if err != nil {
			return nil, refuse(http.StatusBadRequest, err.Error())
		}
		body = plain
	}
	n, err := readNotice(body)
	if err != nil {
		return nil, refuse(http.StatusBadRequest, err.Error())
	}
	switch {
	case p.key != "" && !signed && !n.isChallenge():
		return nil, refuse(http.StatusUnauthorized, "no signature")
	case p.key == "" && n.Encrypt != "":
		return nil, refuse(http.StatusBadRequest, "encrypted, but no encrypt key is configured")
	case p.key != "" && n.isPress() && !p.signedWithin(header, oldestPress):
		return nil, refuse(http.StatusUnauthorized, "stale press")
	}
	return n, p.checkSender(n)
}

// checkSignature compares the signature over the body as it was received, and
// the time it was made at.
func (p proof) checkSignature(header http.Header, body []byte) *refusal {
	stamp := header.Get(larkevent.EventRequestTimestamp)
	want := larkevent.Signature(stamp, header.Get(larkevent.EventRequestNonce), p.key, string(body))
	if !equal(header.Get(larkevent.EventSignature), want) {
		return refuse(http.StatusUnauthorized, "wrong signature")
	}
	if !p.signedWithin(header, oldestEvent) {
		return refuse(http.StatusUnauthorized, "stale timestamp")
	}
	return nil
}

// signedWithin reports whether a request says that it was signed no longer ago
// than so, and not in the future either.
func (p proof) signedWithin(header http.Header, ago time.Duration) bool {
	seconds, err := strconv.ParseInt(header.Get(larkevent.EventRequestTimestamp), 10, 64)
	age := p.now().Sub(time.Unix(seconds, 0))
	return err == nil && -clockSkew <= age && age <= ago
}

func (p proof) checkSender(n *notice) *refusal {
	if p.token == "" || !equal(n.token(), p.token) {
		return refuse(http.StatusForbidden, "wrong verification token")
	}
	return p.checkReceiver(n)
}

// checkFrame checks what came over the long connection. Who sent it is known
// since it was opened, and the platform leaves the token out there: only one
// that is another app's is refused.
func (p proof) checkFrame(n *notice) *refusal {
	if p.token != "" && n.token() != "" && !equal(n.token(), p.token) {
		return refuse(http.StatusForbidden, "wrong verification token")
	}
	return p.checkReceiver(n)
}

func (p proof) checkReceiver(n *notice) *refusal {
	if n.isV2() && !equal(n.Header.AppID, p.appID) {
		return refuse(http.StatusForbidden, "for another app")
	}
	return nil
}

func equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

var errUnencrypted = errors.New("the body is not encrypted")

// decrypt reads {"encrypt":"…"}. The SDK cuts what it decrypted from the first
// { to the last } and panics where they come the other way round, which only
// another key or a forger brings about.
func decrypt(body []byte, key string) (plain []byte, err error) {
	var sealed notice
	if err := json.Unmarshal(body, &sealed); err != nil || sealed.Encrypt == "" {
		return nil, errUnencrypted
	}
	defer func() {
		if recover() != nil {
			plain, err = nil, errors.New("decrypt: no JSON inside")
		}
	}()
	plain, err = larkevent.EventDecrypt(sealed.Encrypt, key)
	if err != nil {
		return nil, errors.New("decrypt: not readable with this encrypt key")
	}
	return bytes.TrimSpace(plain), nil
}

// notice is what the platform posts: the envelope of version 2.0, the older
// one, or the challenge.
type notice struct {
	Schema string `json:"schema"`
	Header struct {
		EventID   string `json:"event_id"`
		EventType string `json:"event_type"`
		Token     string `json:"token"`
		AppID     string `json:"app_id"`
	} `json:"header"`
	Event json.RawMessage `json:"event"`

	Type      string `json:"type"` // of the challenge, and of version 1.0
	Token     string `json:"token"`
	Challenge string `json:"challenge"`

	Encrypt string `json:"encrypt"` // everything, if the app has an encrypt key
}

func readNotice(body []byte) (*notice, error) {
	n := new(notice)
	if err := json.Unmarshal(body, n); err != nil {
		return nil, fmt.Errorf("%w: the body is not an event's JSON", errMalformed)
	}
	return n, nil
}

func (n *notice) isV2() bool        { return n.Schema == "2.0" }
func (n *notice) isPress() bool     { return n.Header.EventType == cardPressed }
func (n *notice) isChallenge() bool { return !n.isV2() && n.Type == "url_verification" }

func (n *notice) token() string {
	if n.isV2() {
		return n.Header.Token
	}
	return n.Token
}
