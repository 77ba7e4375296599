// Package seal encrypts personal data before it goes into the database, so that
// neither a dump nor a backup of it gives anybody's name away.
//
// The same value sealed again in the same place with the same key looks the
// same, so that the database can tell what changed: the nonce is not random but
// made of the place and the value with a key of its own, as in SIV modes. All
// that shows is whether a place still holds what it held; equal values in
// different rows look different.
//
// A sealed value belongs to its place: it opens only in the table, row and
// column that it was sealed for. It names the key it was sealed with, so keys
// can be replaced while older values still open.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
)

// A sealed value is the version of this format, the id of the key, the nonce, and
// what AES-256-GCM makes of the plain text: ciphertext and tag.
const (
	version     = 1
	idLength    = 4
	nonceLength = 12
	header      = 1 + idLength + nonceLength
	overhead    = header + 16
)

var (
	// ErrKeyMissing is returned for a value that was sealed with a key which the
	// ring does not hold.
	ErrKeyMissing = errors.New("seal: sealed with a key that is not among the keys configured")
	// ErrBroken is returned for a value that is none, was altered, or was sealed
	// for another place.
	ErrBroken = errors.New("seal: the value was altered or belongs to another row")
)

// Ring holds the keys of an installation: the current one seals, all of them
// open. It is safe for concurrent use.
type Ring struct{ keys []Key }

// NewRing returns a ring of the keys, the current one first. There must be at
// least one, and none twice.
func NewRing(keys ...Key) (*Ring, error) {
	if len(keys) == 0 {
		return nil, errors.New("seal: a ring needs a key")
	}
	seen := map[[idLength]byte]bool{}
	for i, key := range keys {
		if seen[key.id()] {
			return nil, fmt.Errorf("seal: key %d is there twice", i+1)
		}
		seen[key.id()] = true
	}
	return &Ring{keys: keys}, nil
}

// Column returns what seals and opens the values of one column. Every column has
// keys of its own, derived from those of the ring.
func (r *Ring) Column(table, column string) *Column {
	c := &Column{table: table, column: column, current: r.keys[0].id(), keys: map[[idLength]byte]columnKey{}}
	for _, key := range r.keys {
		c.keys[key.id()] = key.forColumn(table + "|" + column)
	}
	return c
}

// Column seals and opens the values of one column of a table. It is safe for
// concurrent use.
type Column struct {
	table, column string
	current       [idLength]byte
	keys          map[[idLength]byte]columnKey
}

// columnKey is what a key does in one column.
type columnKey struct {
	cipher cipher.AEAD
	nonces []byte // key of the HMAC that makes nonces
}

// Seal encrypts the value of a row.
func (c *Column) Seal(row, plain string) []byte {
	key, place := c.keys[c.current], c.place(row)
	nonce := key.nonce(place, plain)
	sealed := make([]byte, 0, overhead+len(plain))
	sealed = append(append(sealed, c.Prefix()...), nonce...)
	return key.cipher.Seal(sealed, nonce, []byte(plain), place)
}

// Open decrypts the value of a row: [ErrKeyMissing], [ErrBroken].
func (c *Column) Open(row string, sealed []byte) (string, error) {
	if len(sealed) < overhead || sealed[0] != version {
		return "", ErrBroken
	}
	key, ok := c.keys[[idLength]byte(sealed[1:])]
	if !ok {
		return "", ErrKeyMissing
	}
	plain, err := key.cipher.Open(nil, sealed[1+idLength:header], sealed[header:], c.place(row))
	if err != nil {
		return "", ErrBroken // the library's error says no more
	}
	return string(plain), nil
}

// Prefix is how every value begins that is sealed with the current key.
func (c *Column) Prefix() []byte { return append([]byte{version}, c.current[:]...) }

// place binds a value to its row. Table and column have no | in their names, so
// no two places are the same text.
func (c *Column) place(row string) []byte { return []byte(c.table + "|" + row + "|" + c.column) }

// nonce is different for every value of every place: it repeats only where all
// of the sealed value repeats.
func (k columnKey) nonce(place []byte, plain string) []byte {
	placed := sha256.Sum256(place) // of a fixed length, so that place and value cannot run into each other
	mac := hmac.New(sha256.New, k.nonces)
	mac.Write(placed[:])
	mac.Write([]byte(plain))
	return mac.Sum(nil)[:nonceLength]
}

func (k Key) forColumn(column string) columnKey {
	block, err := aes.NewCipher(k.derive("encrypt|"+column, len(k.secret)))
	if err != nil {
		panic(err) // the length is right
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err) // the block size is right
	}
	return columnKey{aead, k.derive("nonce|"+column, sha256.Size)}
}

// derive makes other bytes of the key, from which it cannot be found out.
func (k Key) derive(purpose string, length int) []byte {
	derived, err := hkdf.Key(sha256.New, k.secret[:], nil, "gridbot seal|"+purpose, length)
	if err != nil {
		panic(err) // only of thousands of bytes
	}
	return derived
}
