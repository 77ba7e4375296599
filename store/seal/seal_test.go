package seal_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/nanxiashu/gridbot/store/seal"
)

func ring(t testing.TB, keys ...seal.Key) *seal.Ring {
	t.Helper()
	r, err := seal.NewRing(keys...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWhatWasSealedOpens(t *testing.T) {
	names := ring(t, seal.NewKey()).Column("persons", "name")
	rapid.Check(t, func(t *rapid.T) {
		row, plain := rapid.String().Draw(t, "row"), rapid.String().Draw(t, "plain")
		sealed := names.Seal(row, plain)
		if got, err := names.Open(row, sealed); err != nil || got != plain {
			t.Errorf("%q, %v", got, err)
		}
		if len(plain) > 3 && bytes.Contains(sealed, []byte(plain)) {
			t.Error("the plain text is in it")
		}
		if !bytes.Equal(sealed, names.Seal(row, plain)) {
			t.Error("the same again looks different")
		}
		const header = 5 // version and key: the same for all
		if bytes.Equal(sealed[header:header+12], names.Seal(row+"x", plain)[header:header+12]) {
			t.Error("another row has the same nonce")
		}
		if bytes.Equal(sealed[header:header+12], names.Seal(row, plain+"x")[header:header+12]) {
			t.Error("another value has the same nonce")
		}
	})
}

func TestASealedValueOpensOnlyInItsPlaceAndUnaltered(t *testing.T) {
	key := seal.NewKey()
	r := ring(t, key)
	names := r.Column("persons", "name")
	sealed := names.Seal("D1", "王芳")
	for name, c := range map[string]struct {
		column *seal.Column
		row    string
		value  []byte
		want   error
	}{
		"its own place":       {names, "D1", sealed, nil},
		"another row":         {names, "D2", sealed, seal.ErrBroken},
		"another column":      {r.Column("persons", "note"), "D1", sealed, seal.ErrBroken},
		"another table":       {r.Column("sites", "name"), "D1", sealed, seal.ErrBroken},
		"another key":         {ring(t, seal.NewKey()).Column("persons", "name"), "D1", sealed, seal.ErrKeyMissing},
		"nothing at all":      {names, "D1", nil, seal.ErrBroken},
		"plain text":          {names, "D1", []byte("王芳"), seal.ErrBroken},
		"cut short":           {names, "D1", sealed[:len(sealed)-1], seal.ErrBroken},
		"another version":     {names, "D1", append([]byte{9}, sealed[1:]...), seal.ErrBroken},
		"a long plain text":   {names, "D1", bytes.Repeat([]byte{0}, 100), seal.ErrBroken},
		"a changed last byte": {names, "D1", append(bytes.Clone(sealed[:len(sealed)-1]), sealed[len(sealed)-1]^1), seal.ErrBroken},
	} {
		t.Run(name, func(t *testing.T) {
			plain, err := c.column.Open(c.row, c.value)
			if !errors.Is(err, c.want) || (err == nil) != (plain == "王芳") {
				t.Errorf("%q, %v, want %v", plain, err, c.want)
			}
		})
	}
}

func TestOlderKeysStillOpenAndTheFirstSeals(t *testing.T) {
	older, newer := seal.NewKey(), seal.NewKey()
	sealed := ring(t, older).Column("persons", "name").Seal("D1", "王芳")
	both := ring(t, newer, older).Column("persons", "name")
	if plain, err := both.Open("D1", sealed); err != nil || plain != "王芳" {
		t.Errorf("%q, %v", plain, err)
	}
	if bytes.HasPrefix(sealed, both.Prefix()) || !bytes.HasPrefix(both.Seal("D1", "王芳"), both.Prefix()) {
		t.Error("the first key does not seal")
	}
	onlyNewer := ring(t, newer).Column("persons", "name")
	if plain, err := onlyNewer.Open("D1", both.Seal("D1", "王芳")); err != nil || plain != "王芳" {
		t.Errorf("%q, %v", plain, err)
	}
}

func TestARingHasEveryKeyOnce(t *testing.T) {
	key := seal.NewKey()
	for _, keys := range [][]seal.Key{nil, {key, seal.NewKey(), key}} {
		if _, err := seal.NewRing(keys...); err == nil {
			t.Errorf("%d keys were taken", len(keys))
		}
	}
}

func TestAKeyIsShownOnlyOnPurpose(t *testing.T) {
	key := seal.NewKey()
	again, err := seal.ParseKey(key.Text())
	if err != nil || again != key {
		t.Fatal("its text is not the key", err)
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("started", "key", key)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("started", "keys", []seal.Key{key})
	all := fmt.Sprintf("%v %+v %#v %s %v", key, key, key, key, struct{ K []seal.Key }{[]seal.Key{key}}) + log.String()
	if strings.Contains(all, key.Text()) || strings.Contains(all, "[") && strings.Contains(all, "0x") {
		t.Errorf("%s", all)
	}
}

func TestTextsThatAreNoKey(t *testing.T) {
	for _, text := range []string{"", "hunter2", seal.NewKey().Text()[4:], "AAAA" + seal.NewKey().Text(), " " + seal.NewKey().Text()} {
		if _, err := seal.ParseKey(text); err == nil || text != "" && strings.Contains(err.Error(), text) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
