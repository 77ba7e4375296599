// Package sealtest gives tests keys for personal data.
package sealtest

import "github.com/nanxiashu/gridbot/store/seal"

// KeyText is the key of [Ring], as a configuration gives it.
const KeyText = "dGhlIGtleSBvZiB0aGUgdGVzdHMsIG5vdCBzZWNyZXQ="

// Ring returns a ring with a fixed key.
func Ring() *seal.Ring {
	key, err := seal.ParseKey(KeyText)
	if err != nil {
		panic(err)
	}
	ring, err := seal.NewRing(key)
	if err != nil {
		panic(err)
	}
	return ring
}
