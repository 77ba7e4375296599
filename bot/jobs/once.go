package jobs

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"math/rand/v2"
	"strings"
	"time"
)

// UUID is the platform's idempotency key of what the parts name: the same
// parts give the same key, at most 50 characters long.
func UUID(parts ...string) string {
	hash := sha256.New()
	for _, part := range parts { // with its length, or ("ab","c") would be ("a","bc")
		hash.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		hash.Write([]byte(part))
	}
	// 30 bytes are 48 characters: as many as fit without padding.
	return strings.ToLower(base32.StdEncoding.EncodeToString(hash.Sum(nil)[:30]))
}

// knownFor is how long after a first try a message may be tried again: the
// platform forgets a uuid after an hour and would then send a second one.
const knownFor = 50 * time.Minute

// mayRepeat reports whether the platform still knows a uuid first used so long
// ago, by the database's clock. If that went back, the age proves nothing.
func mayRepeat(age time.Duration) bool { return age > -time.Minute && age < knownFor }

// backoff is how long to wait after that many tries: 1 s, 2 s, 4 s … up to 2
// minutes, give or take a quarter so that many do not come back at once.
func backoff(tries int) time.Duration {
	wait := 2 * time.Minute
	if tries < 8 {
		wait = time.Second << max(tries-1, 0)
	}
	return wait*3/4 + rand.N(wait/2)
}
