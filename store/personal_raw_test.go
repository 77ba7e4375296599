package store_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/seal"
	"github.com/nanxiashu/gridbot/store/seal/sealtest"
)

// What the tests of personal data see of the tables as they are stored.

// withKeys opens the same database with other keys.
func withKeys(t testing.TB, s *store.Store, keys ...seal.Key) *store.Store {
	t.Helper()
	options := store.Options{Workdays: calendar.Mainland()}
	if len(keys) > 0 {
		ring, err := seal.NewRing(keys...)
		if err != nil {
			t.Fatal(err)
		}
		options.Keys = ring
	}
	other, err := store.Open(t.Context(), s.Pool().Config().ConnString(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(other.Close)
	return other
}

// dataKey is the key with which the database's numbers and notes are sealed.
func dataKey(t testing.TB, s *store.Store, ring *seal.Ring) seal.Key {
	t.Helper()
	var sealed []byte
	if err := s.Pool().QueryRow(t.Context(), `select key from data_keys`).Scan(&sealed); err != nil {
		t.Fatal(err)
	}
	text, err := ring.Column("data_keys", "key").Open("1", sealed)
	if err != nil {
		t.Fatal(err)
	}
	key, err := seal.ParseKey(text)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// sealedNumber is how a number is stored, with the key given or that of the tests.
func sealedNumber(t testing.TB, s *store.Store, plain string, keys ...seal.Key) string {
	t.Helper()
	ring := sealtest.Ring()
	if len(keys) > 0 {
		var err error
		if ring, err = seal.NewRing(keys...); err != nil {
			t.Fatal(err)
		}
	}
	return dataKey(t, s, ring).Domain("numbers").Seal(plain)
}

// dump is every row of every table as text, as a backup would hold it.
func dump(t testing.TB, s *store.Store) string {
	t.Helper()
	rows, err := s.Pool().Query(t.Context(), `select oid::regclass::text from pg_class
		where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(tables) < 20 {
		t.Fatal(tables, err)
	}
	var all strings.Builder
	for _, table := range tables {
		rows, err := s.Pool().Query(t.Context(), "select t::text from "+table+" t")
		if err != nil {
			t.Fatal(err)
		}
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(table, err)
		}
		all.WriteString(strings.Join(lines, "\n"))
	}
	return all.String()
}

// holds reports whether the text has the name in it, as it is or as bytes are printed.
func holds(text, name string) bool {
	return strings.Contains(text, name) || strings.Contains(text, fmt.Sprintf("%x", name))
}

// openAll opens each word of a text; of one that does not open it says so.
func openAll(domain *seal.Domain, stored string) string {
	words := strings.Fields(stored)
	for i, word := range words {
		plain, err := domain.Open(word)
		if err != nil {
			plain = err.Error()
		}
		words[i] = plain
	}
	return strings.Join(words, " ")
}
