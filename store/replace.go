package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// changes counts rows by what they did.
type changes struct{ inserted, updated, same, withdrawn int }

func (c changes) any() bool { return c.inserted+c.updated+c.withdrawn > 0 }

// replace puts the staged rows in the place of those with the same key. What
// these said goes into the history; importID is what wrote the new ones, nil in
// a dry run.
func (l *load) replace(ctx context.Context, tx pgx.Tx, importID *int64) (changes, error) {
	var c changes
	met, err := l.meet(ctx, tx)
	if err != nil {
		return c, err
	}
	c.withdrawn, c.updated, c.same = met.withdrawn, met.updated, met.same
	if importID != nil && c.withdrawn+c.updated > 0 {
		if _, err := tx.Exec(ctx, l.keepHistory(), l.sheet, *importID); err != nil {
			return c, err
		}
	}
	if c.withdrawn > 0 {
		if _, err := tx.Exec(ctx, l.withdrawal()); err != nil {
			return c, err
		}
	}
	if err := execAll(ctx, tx, l.before); err != nil {
		return c, err
	}
	if c.updated > 0 {
		if _, err := tx.Exec(ctx, l.update(), importID); err != nil {
			return c, err
		}
	}
	if c.inserted, err = execCount(ctx, tx, l.insert(c.updated+c.same), importID); err != nil {
		return c, err
	}
	return c, execAll(ctx, tx, l.after)
}

// meet finds, for the staged rows, the stored ones of the same key, and keeps in
// the temporary table known what those said that will change. Of an empty table
// there is nothing to find.
func (l *load) meet(ctx context.Context, tx pgx.Tx) (changes, error) {
	var c changes
	var filled bool
	if err := tx.QueryRow(ctx, fmt.Sprintf(`select exists (select from %s)`, l.name)).Scan(&filled); err != nil {
		return c, err
	}
	if err := execAll(ctx, tx, []string{`drop table if exists pg_temp.known`, l.pair(filled)}); err != nil {
		return c, err
	}
	if !filled {
		return c, nil
	}
	err := tx.QueryRow(ctx, `
		select count(*) filter (where withdrawn),
			count(*) filter (where not withdrawn and before is not null),
			count(*) filter (where not withdrawn and before is null)
		from known`).Scan(&c.withdrawn, &c.updated, &c.same)
	return c, err
}

// pair is the statement that fills known: the rows that would not change have
// no before.
func (t *table) pair(filled bool) string {
	differs := "s.withdrawn"
	if others := t.others(); len(others) > 0 {
		differs = fmt.Sprintf("s.withdrawn or (%s) is distinct from (%s)", list("t.", others), list("s.", others))
	}
	sql := fmt.Sprintf(`
		create temp table known as
		select s.row, s.withdrawn, case when %s then to_jsonb(t) end as before
		from stage s join %s t on %s`, differs, t.name, t.match())
	if !filled {
		sql += " with no data"
	}
	return sql
}

// keepHistory keeps what the rows said that change or are taken back.
func (t *table) keepHistory() string {
	return fmt.Sprintf(`
		insert into row_history (sheet, key, grid_id, before, written_by, ended_by)
		select $1, %s, k.before ->> 'grid_id', k.before, (k.before ->> 'import_id')::bigint, $2
		from known k join stage s using (row)
		where k.before is not null
		order by row`, t.keyText("s"))
}

func (t *table) withdrawal() string {
	return fmt.Sprintf(`delete from %s t using stage s where s.withdrawn and %s`, t.name, t.match())
}

// update leaves rows alone that would not change.
func (t *table) update() string {
	assignments := []string{"import_id = $1"}
	for _, column := range t.others() {
		assignments = append(assignments, fmt.Sprintf("%[1]s = s.%[1]s", column))
	}
	return fmt.Sprintf(`
		update %s t set %s from stage s join known k using (row)
		where not s.withdrawn and k.before is not null and %s`,
		t.name, strings.Join(assignments, ", "), t.match())
}

// insert stores the rows whose key is new, which all are if none is known.
func (t *table) insert(known int) string {
	sql := fmt.Sprintf(`insert into %s (%s, import_id) select %s, $1::bigint from stage s where not s.withdrawn`,
		t.name, list("", t.columns), list("s.", t.columns))
	if known > 0 {
		sql += ` and not exists (select from known k where k.row = s.row)`
	}
	return sql
}
