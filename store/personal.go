package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// keepSameNames lets staged rows keep the stored name where it is the same one,
// sealed with an older key: to the database it looks different.
func (l *load) keepSameNames(ctx context.Context, tx pgx.Tx) error {
	rows, err := tx.Query(ctx, `
		select s.row, s.number, s.name, p.name from stage s join persons_of_concern p using (number)
		where not s.withdrawn and `+notCurrent, pgx.NamedArgs{"current": l.personal.names.Prefix()})
	if err != nil {
		return err
	}
	var row int64
	var number string
	var staged, stored []byte
	var same []string
	_, err = pgx.ForEachRow(rows, []any{&row, &number, &staged, &stored}, func() error {
		_, before, err := l.personal.openName(number, stored)
		if err != nil {
			return fmt.Errorf("row %d: the stored name: %w", l.line(row).Row, err)
		}
		_, now, err := l.personal.openName(number, staged)
		if now == before {
			same = append(same, number)
		}
		return err
	})
	if err != nil || same == nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		update stage s set name = p.name from persons_of_concern p
		where p.number = s.number and s.number = any($1)`, same)
	return err
}

// notCurrent are the rows p whose name another key has sealed than the current
// one. An empty name was stored before names were sealed, and is gone.
const notCurrent = `p.name <> '' and substring(p.name from 1 for length(@current::bytea)) <> @current`

// resealBatch is how many names are sealed anew at a time; an import of 对象
// waits no longer than for one batch.
const resealBatch = 500

// Reseal seals every name anew that is not sealed with the current key, those in
// the history of changed rows too, and returns how many; and the key of numbers
// and notes. Afterwards the other keys are needed no more. Broken off, it goes on
// where it was.
func (s *Store) Reseal(ctx context.Context) (resealed int, err error) {
	p, err := s.personal(ctx)
	if err != nil {
		return 0, err
	}
	if _, err := s.pool.Exec(ctx, `update data_keys set key = $1`, p.wrapped); err != nil {
		return 0, failed("seal the key of personal data anew", err)
	}
	// What is changed meanwhile goes into the history as it was sealed last: the
	// history comes after the rows.
	for _, some := range []func(context.Context, pgx.Tx, *personal) (int, error){resealSome, resealSomeHistory} {
		for n := -1; n != 0; resealed += n {
			err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) (err error) {
				n, err = some(ctx, tx, p)
				return err
			})
			if err != nil {
				return resealed, failed("seal names anew", err)
			}
		}
	}
	return resealed, nil
}

func resealSome(ctx context.Context, tx pgx.Tx, p *personal) (int, error) {
	if err := lockSheets(ctx, tx, concerns); err != nil {
		return 0, err
	}
	numbers, sealed, err := sealAnew(ctx, tx, p, `
		select number, number, name from persons_of_concern p where `+notCurrent+` order by number limit @batch`)
	if err != nil {
		return 0, err
	}
	return execCount(ctx, tx, `
		update persons_of_concern p set name = anew.name
		from unnest($1::text[], $2::bytea[]) anew (number, name) where p.number = anew.number`, numbers, sealed)
}

// resealSomeHistory does it for what rows said before they changed.
func resealSomeHistory(ctx context.Context, tx pgx.Tx, p *personal) (int, error) {
	ids, sealed, err := sealAnew(ctx, tx, p, `
		with p as (
			select id, before ->> 'number' as number, (before ->> 'name')::bytea as name
			from row_history where sheet = '对象'
		)
		select id::text, number, name from p where `+notCurrent+` order by p.id limit @batch`)
	if err != nil {
		return 0, err
	}
	return execCount(ctx, tx, `
		update row_history h set before = h.before || jsonb_build_object('name', anew.name)
		from unnest($1::text[], $2::bytea[]) anew (id, name) where h.id = anew.id::bigint`, ids, sealed)
}

// sealAnew opens names and seals them with the current key. The query selects
// what the caller knows the row by, the person's sealed number and the name.
func sealAnew(ctx context.Context, tx pgx.Tx, p *personal, query string) (keys []string, sealed [][]byte, err error) {
	rows, err := tx.Query(ctx, query, pgx.NamedArgs{"current": p.names.Prefix(), "batch": resealBatch})
	if err != nil {
		return nil, nil, err
	}
	var key, number string
	var stored []byte
	_, err = pgx.ForEachRow(rows, []any{&key, &number, &stored}, func() error {
		plain, name, err := p.openName(number, stored)
		keys, sealed = append(keys, key), append(sealed, p.names.Seal(plain, name))
		return err
	})
	return keys, sealed, err
}
