package seal_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/nanxiashu/gridbot/store/seal"
)

func TestATextOfADomainLooksTheSameEverywhereAndOpens(t *testing.T) {
	key := seal.NewKey()
	numbers, again := key.Domain("numbers"), key.Domain("numbers")
	rapid.Check(t, func(t *rapid.T) {
		plain, other := rapid.String().Draw(t, "plain"), rapid.String().Draw(t, "other")
		sealed := numbers.Seal(plain)
		if got, err := again.Open(sealed); err != nil || got != plain {
			t.Errorf("%q, %v", got, err)
		}
		if sealed != numbers.Seal(plain) || sealed != again.Seal(plain) {
			t.Error("the same again looks different")
		}
		if (numbers.Seal(other) == sealed) != (other == plain) {
			t.Error("another text looks the same")
		}
		if strings.HasPrefix(sealed, "~") != (plain != "") {
			t.Errorf("%q", sealed)
		}
	})
}

func TestATextOpensOnlyInItsDomainAndUnaltered(t *testing.T) {
	key := seal.NewKey()
	numbers := key.Domain("numbers")
	sealed := numbers.Seal("DX-01-1")
	for name, c := range map[string]struct {
		domain *seal.Domain
		text   string
		want   error
	}{
		"as it was":        {numbers, sealed, nil},
		"another domain":   {key.Domain("notes"), sealed, seal.ErrBroken},
		"another key":      {seal.NewKey().Domain("numbers"), sealed, seal.ErrBroken},
		"plain text":       {numbers, "DX-01-1", seal.ErrBroken},
		"without its mark": {numbers, sealed[1:], seal.ErrBroken},
		"only the mark":    {numbers, "~", seal.ErrBroken},
		"cut short":        {numbers, sealed[:len(sealed)-4], seal.ErrBroken},
		"one like it":      {numbers, "~" + strings.Repeat("A", len(sealed)-1), seal.ErrBroken},
	} {
		t.Run(name, func(t *testing.T) {
			plain, err := c.domain.Open(c.text)
			if !errors.Is(err, c.want) || (err == nil) != (plain == "DX-01-1") {
				t.Errorf("%q, %v, want %v", plain, err, c.want)
			}
		})
	}
}

func TestADomainIsUsedByManyAtOnce(t *testing.T) {
	numbers := seal.NewKey().Domain("numbers")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range 10_000 { // more than it remembers
				plain := fmt.Sprint("DX-", i)
				if got, err := numbers.Open(numbers.Seal(plain)); got != plain {
					t.Errorf("%q, %v", got, err)
				}
			}
		})
	}
	all.Wait()
}

func BenchmarkDomain(b *testing.B) {
	notes := seal.NewKey().Domain("notes")
	for name, different := range map[string]int{"few": 900, "all different": 1 << 30} {
		b.Run(name, func(b *testing.B) {
			texts := make([]string, min(different, 100_000))
			for i := range texts {
				texts[i] = fmt.Sprint("上门走访，一切正常", i)
			}
			for i := 0; b.Loop(); i++ {
				notes.Seal(texts[i%len(texts)])
			}
		})
	}
}
