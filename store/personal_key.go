package store

import (
	"context"
	"errors"
	"sync"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/store/seal"
)

// Personal data are stored sealed: names of persons of concern each in its row,
// with the keys of the configuration; the numbers of 对象 and 隐患场所, by which
// visits name them, and the notes of 走访 and 认定 with a random key that belongs
// to the database. That one key is stored sealed with those of the configuration,
// so that they can be replaced without another look for every number.

// ErrNoPersonalKeys is returned by an import of personal data into a store without keys.
var ErrNoPersonalKeys = errors.New("store: names, numbers and notes in 对象, 隐患场所, 走访 and 认定 are stored encrypted, and there is no key for it: " +
	"run `gridbot key` once and put what it prints into GRIDBOT_PERSONAL_KEYS, or into personal_keys of the file")

// personal seals and opens personal data.
type personal struct {
	names   *seal.Column
	numbers *seal.Domain // nil = the database has no key yet, and no number is sealed
	notes   *seal.Domain
	wrapped []byte // the database's key, sealed with the current key of the configuration
}

// personalKey is the database's key once somebody has needed it.
type personalKey struct {
	mu    sync.Mutex
	known *personal
}

// learn returns what is known, or finds it.
func (k *personalKey) learn(find func() (*personal, error)) (*personal, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.known == nil {
		found, err := find()
		if err != nil {
			return nil, failed("the key of personal data", err)
		}
		k.known = found
	}
	return k.known, nil
}

// personal returns what seals and opens personal data: [ErrNoPersonalKeys], and
// [seal.ErrKeyMissing] if the keys of the configuration do not open the database's.
func (s *Store) personal(ctx context.Context) (*personal, error) {
	if s.options.Keys == nil {
		return nil, ErrNoPersonalKeys
	}
	return s.key.learn(func() (p *personal, err error) {
		err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
			p, err = s.personalIn(ctx, tx)
			return err
		})
		return p, err
	})
}

// readable is personal for those who only read, and can do without: nil where no
// key opens. It makes no key: only who brings in data decides with which it is kept.
func (s *Store) readable(ctx context.Context) (*personal, error) {
	if s.options.Keys == nil {
		return nil, nil
	}
	p, err := s.key.learn(func() (*personal, error) { return s.readPersonal(ctx, s.pool) })
	switch {
	case errors.Is(err, ErrNotFound):
		return &personal{names: s.sealedNames()}, nil
	case errors.Is(err, seal.ErrKeyMissing), errors.Is(err, seal.ErrBroken):
		return nil, nil
	}
	return p, err
}

// personalIn is personal in a transaction, for which a key is made if there is
// none, and what was stored before there was one is sealed with it. Of several
// that do it at once one is first, and all have its key.
func (s *Store) personalIn(ctx context.Context, tx pgx.Tx) (*personal, error) {
	p, err := s.readPersonal(ctx, tx)
	if !errors.Is(err, pgx.ErrNoRows) {
		return p, err
	}
	if err := lockSheets(ctx, tx, sealedSources()...); err != nil {
		return nil, err
	}
	made, err := execCount(ctx, tx, `insert into data_keys (key) values ($1) on conflict do nothing`,
		s.sealedKey().Seal(theKey, seal.NewKey().Text()))
	if err != nil {
		return nil, err
	}
	if p, err = s.readPersonal(ctx, tx); err == nil && made > 0 {
		err = p.sealStored(ctx, tx)
	}
	return p, err
}

// theKey is the one row of data_keys.
const theKey = "1"

func (s *Store) sealedKey() *seal.Column { return s.options.Keys.Column("data_keys", "key") }

func (s *Store) sealedNames() *seal.Column {
	return s.options.Keys.Column("persons_of_concern", "name")
}

func (s *Store) readPersonal(ctx context.Context, q querier) (*personal, error) {
	rows, err := q.Query(ctx, `select key from data_keys`)
	if err != nil {
		return nil, err
	}
	sealed, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[[]byte])
	if err != nil {
		return nil, err
	}
	text, err := s.sealedKey().Open(theKey, sealed)
	if err != nil {
		return nil, err
	}
	key, err := seal.ParseKey(text)
	if err != nil {
		return nil, err
	}
	return &personal{
		names: s.sealedNames(), numbers: key.Domain("numbers"), notes: key.Domain("notes"),
		wrapped: s.sealedKey().Seal(theKey, text),
	}, nil
}
