package stage

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
)

// seal encrypts a body as the platform does: AES-256-CBC under SHA-256 of the
// Encrypt Key, PKCS#7 padding, the initial vector in front, all in base64.
func seal(plain []byte, encryptKey string) ([]byte, error) {
	key := sha256.Sum256([]byte(encryptKey))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	pad := aes.BlockSize - len(plain)%aes.BlockSize
	padded := append(bytes.Clone(plain), bytes.Repeat([]byte{byte(pad)}, pad)...)
	sealed := make([]byte, aes.BlockSize+len(padded))
	if _, err := rand.Read(sealed[:aes.BlockSize]); err != nil {
		return nil, err
	}
	cipher.NewCBCEncrypter(block, sealed[:aes.BlockSize]).CryptBlocks(sealed[aes.BlockSize:], padded)
	return json.Marshal(map[string]string{"encrypt": base64.StdEncoding.EncodeToString(sealed)})
}

// signature proves a body: hex SHA-256 over timestamp, nonce, Encrypt Key and the
// bytes as sent.
func signature(timestamp, nonce, encryptKey string, body []byte) string {
	sum := sha256.Sum256(append([]byte(timestamp+nonce+encryptKey), body...))
	return hex.EncodeToString(sum[:])
}
