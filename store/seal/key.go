package seal

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"log/slog"
)

// KeyLength is how many bytes a key has.
const KeyLength = 32

// Key is a secret that seals. Printing or logging it does not show it; see
// [Key.Text].
type Key struct{ secret [KeyLength]byte }

// NewKey returns a fresh random key.
func NewKey() Key {
	var k Key
	_, _ = rand.Read(k.secret[:]) // never fails
	return k
}

// ParseKey reads what [Key.Text] writes. The error does not repeat the text.
func ParseKey(text string) (Key, error) {
	secret, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(secret) != KeyLength {
		return Key{}, errors.New("no key of 32 bytes in base64, as `gridbot key` prints one")
	}
	return Key{[KeyLength]byte(secret)}, nil
}

// Text is the key in base64, to be kept where secrets are.
func (k Key) Text() string { return base64.StdEncoding.EncodeToString(k.secret[:]) }

// String does not show the secret.
func (k Key) String() string { return "seal.Key" }

// GoString does not show the secret.
func (k Key) GoString() string { return "seal.Key" }

// LogValue does not show the secret.
func (k Key) LogValue() slog.Value { return slog.StringValue(k.String()) }

// id tells keys apart in what they sealed, wherever they stand in the list.
func (k Key) id() [idLength]byte { return [idLength]byte(k.derive("key id", idLength)) }
