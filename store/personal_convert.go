package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/store/seal"
)

// What was stored before numbers and notes were sealed is as plain as it came.

// conversion seals the plain texts of one kind wherever they stand.
type conversion struct {
	texts   string   // selects them, each once
	updates []string // put what was sealed in their place, from sealed (plain, text)
}

var conversions = map[string]conversion{
	"numbers": {`
		select number from watched_numbers
		union select watched from visits where watched <> ''
		union select before ->> 'number' from row_history where sheet in ('对象', '隐患场所')
		union select before ->> 'watched' from row_history where sheet = '走访' and before ->> 'watched' <> ''`, []string{
		`update watched_numbers t set number = text from sealed where t.number = plain`,
		`update persons_of_concern t set number = text from sealed where t.number = plain`,
		`update hazard_sites t set number = text from sealed where t.number = plain`,
		`update visits t set watched = text from sealed where t.watched = plain`,
		`update row_history t set key = text, before = before || jsonb_build_object('number', text)
			from sealed where sheet in ('对象', '隐患场所') and before ->> 'number' = plain`,
		`update row_history t set before = before || jsonb_build_object('watched', text)
			from sealed where sheet = '走访' and before ->> 'watched' = plain`,
	}},
	"notes": {`
		select note from visits where note <> ''
		union select note from findings where note <> ''
		union select before ->> 'note' from row_history where sheet in ('走访', '认定') and before ->> 'note' <> ''`, []string{
		`update visits t set note = text from sealed where t.note = plain`,
		`update findings t set note = text from sealed where t.note = plain`,
		`update row_history t set before = before || jsonb_build_object('note', text)
			from sealed where sheet in ('走访', '认定') and before ->> 'note' = plain`,
	}},
}

// sealStored seals all numbers and notes there are. None is sealed yet: until now
// there was no key. Names need nothing: each belongs to the plain number.
func (p *personal) sealStored(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, `set constraints all deferred`); err != nil {
		return err
	}
	for kind, domain := range map[string]*seal.Domain{"numbers": p.numbers, "notes": p.notes} {
		if err := conversions[kind].run(ctx, tx, domain); err != nil {
			return fmt.Errorf("seal the %s there are: %w", kind, err)
		}
	}
	return nil
}

func (c conversion) run(ctx context.Context, tx pgx.Tx, domain *seal.Domain) error {
	rows, err := tx.Query(ctx, c.texts)
	if err != nil {
		return err
	}
	plain, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(plain) == 0 {
		return err
	}
	sealed := make([][]any, len(plain))
	for i, text := range plain {
		sealed[i] = []any{text, domain.Seal(text)}
	}
	if _, err := tx.Exec(ctx, `create temp table sealed (plain text primary key, text text not null)`); err != nil {
		return err
	}
	if _, err := tx.CopyFrom(ctx, pgx.Identifier{"sealed"}, []string{"plain", "text"}, pgx.CopyFromRows(sealed)); err != nil {
		return err
	}
	return execAll(ctx, tx, append(append([]string{`analyze sealed`}, c.updates...), `drop table sealed`))
}
