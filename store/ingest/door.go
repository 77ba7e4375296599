package ingest

import (
	"crypto/sha256"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// Token lets a system in.
type Token struct {
	Name   string
	Hash   []byte       // SHA-256 of the token, see [HashToken]
	Sheets []sheet.Name // nil = all sheets
}

// HashToken is how a token is kept: tokens are long and random, so a plain
// SHA-256 cannot be turned back.
func HashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// What one token may do: calls a second, and calls saved up for a burst. Full
// calls come to more rows than a database takes, so it holds up nobody who packs
// many rows into a call, only who calls for every row.
const (
	callsPerSecond = 30
	burst          = 60
)

// doors knows who may come in, and how often.
type doors struct {
	records    Records
	configured []Token

	mu     sync.Mutex
	limits map[string]*rate.Limiter // by the token's hash
}

func newDoors(records Records, configured []Token) *doors {
	return &doors{records: records, configured: configured, limits: map[string]*rate.Limiter{}}
}

// open returns the token of the call, if it may write to the sheet now.
func (d *doors) open(r *http.Request, name sheet.Name, now time.Time) (Token, error) {
	token, err := d.token(r)
	switch {
	case err != nil:
		return token, err
	case !slices.Contains(sheet.Names, name):
		return token, problem{http.StatusNotFound, "没有这张表：" + string(name)}
	case token.Sheets != nil && !slices.Contains(token.Sheets, name):
		return token, problem{http.StatusForbidden, "这个令牌不能写入“" + string(name) + "”"}
	case !d.limit(token).AllowN(now, 1):
		return token, problem{http.StatusTooManyRequests, "推送太频繁，请稍后再试"}
	}
	return token, nil
}

var errUnknown = problem{http.StatusUnauthorized, "令牌无效"}

// token finds out whose the call is. What is compared are hashes, so that the
// time a comparison takes tells nothing about a token.
func (d *doors) token(r *http.Request) (Token, error) {
	scheme, text, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || text == "" {
		return Token{}, errUnknown
	}
	hash := HashToken(strings.TrimSpace(text))
	for _, t := range d.configured {
		if slices.Equal(t.Hash, hash) {
			return t, nil
		}
	}
	kept, err := d.records.IngestToken(r.Context(), hash)
	if errors.Is(err, store.ErrNotFound) {
		return Token{}, errUnknown
	}
	return Token{Name: kept.Name, Hash: hash, Sheets: kept.Sheets}, err
}

func (d *doors) limit(t Token) *rate.Limiter {
	d.mu.Lock()
	defer d.mu.Unlock()
	limiter := d.limits[string(t.Hash)]
	if limiter == nil {
		limiter = rate.NewLimiter(callsPerSecond, burst)
		d.limits[string(t.Hash)] = limiter
	}
	return limiter
}
