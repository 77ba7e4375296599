package seal

import (
	"encoding/base64"
	"strings"
	"sync"
)

// Domain seals texts that stand in many rows and name the same thing in all of
// them: the same text looks the same wherever it stands, so that the database
// can join, compare and count. Who reads the database sees which are equal, and
// no more. It is safe for concurrent use.
type Domain struct {
	key  columnKey
	name []byte

	mu     sync.Mutex
	recent map[string]string // what was sealed lately: visits name the same again and again
}

// A domain remembers so many texts, of at most so many bytes.
const (
	mostRecent    = 8192
	longestRecent = 256
)

// mark begins every sealed text.
const mark = "~"

// Domain returns what seals and opens the texts of one kind. What one domain
// sealed opens in no other.
func (k Key) Domain(name string) *Domain {
	return &Domain{key: k.forColumn("domain " + name), name: []byte(name), recent: map[string]string{}}
}

// Seal encrypts a text; nothing stays nothing.
func (d *Domain) Seal(plain string) string {
	if plain == "" {
		return ""
	}
	d.mu.Lock()
	sealed, ok := d.recent[plain]
	d.mu.Unlock()
	if !ok {
		sealed = d.seal(plain)
		d.remember(plain, sealed)
	}
	return sealed
}

func (d *Domain) seal(plain string) string {
	nonce := d.key.nonce(d.name, plain)
	sealed := make([]byte, 0, overhead-header+nonceLength+len(plain))
	sealed = d.key.cipher.Seal(append(sealed, nonce...), nonce, []byte(plain), d.name)
	return mark + base64.RawURLEncoding.EncodeToString(sealed)
}

func (d *Domain) remember(plain, sealed string) {
	if len(plain) > longestRecent {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.recent) == mostRecent {
		clear(d.recent)
	}
	// A copy: the text may be a piece of a whole line of a file.
	d.recent[strings.Clone(plain)] = sealed
}

// Open decrypts a text: [ErrBroken] if it was sealed otherwise, or not at all.
func (d *Domain) Open(sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	text, marked := strings.CutPrefix(sealed, mark)
	bytes, err := base64.RawURLEncoding.DecodeString(text)
	if !marked || err != nil || len(bytes) < nonceLength {
		return "", ErrBroken
	}
	plain, err := d.key.cipher.Open(nil, bytes[:nonceLength], bytes[nonceLength:], d.name)
	if err != nil {
		return "", ErrBroken
	}
	return string(plain), nil
}
