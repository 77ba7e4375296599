package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// RecordChange is what an import did to a record.
type RecordChange struct {
	Sheet  sheet.Name
	Key    string // the columns of the key, joined by +; sealed where there is no key to it
	What   string // 新增, 更新 or 作废
	Import int64
	By     string // as in [ImportRecord]
	At     time.Time
}

// ChangesSince lists the records that count for a grid in a month and that
// imports have written, changed or taken back since a moment, with the last of
// these imports, in the order of the sheets. It reads the rows of the grid.
func (s *Store) ChangesSince(ctx context.Context, grid string, month calendar.Month, since time.Time) ([]RecordChange, error) {
	p, err := s.readable(ctx)
	if err != nil {
		return nil, err
	}
	changes, err := readChanges(ctx, s.pool, grid, month, since)
	if p != nil {
		p.openKeys(changes)
	}
	return changes, failed("changes of a grid in "+month.String(), err)
}

// openKeys shows the numbers that are keys as they were given, and puts the
// records of their sheets in order: of the others the database has done it.
func (p *personal) openKeys(changes []RecordChange) {
	number := func(c RecordChange) string {
		if c.Sheet == sheet.Concerns || c.Sheet == sheet.HazardSites {
			return p.shown(c.Key)
		}
		return ""
	}
	for i, c := range changes {
		changes[i].Key = cmp.Or(number(c), c.Key)
	}
	slices.SortStableFunc(changes, func(a, b RecordChange) int {
		return cmp.Or(cmp.Compare(slices.Index(sheet.Names, a.Sheet), slices.Index(sheet.Names, b.Sheet)),
			cmp.Compare(number(a), number(b)))
	})
}

func readChanges(ctx context.Context, q querier, grid string, month calendar.Month, since time.Time) ([]RecordChange, error) {
	var queries []string
	for _, source := range sources {
		queries = append(queries, source.changesSince())
	}
	rows, err := q.Query(ctx, fmt.Sprintf(`
		with later as (select id, by_whom, at from imports where at > $2),
		changes (sheet, key, what, import_id) as (%s)
		select sheet, key, what, import_id, by_whom, at from changes join later on id = import_id
		order by array_position($5, sheet), key, import_id`, strings.Join(queries, " union all ")),
		grid, since, month.First().UTC(), month.Last().UTC(), sheet.Names)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[RecordChange])
}

// changesSince selects the rows there are that a later import has written, and
// those that were taken back.
func (t *table) changesSince() string {
	counts := t.concerning()
	switch t.name {
	case grids.name:
		counts = "r.id = $1"
	case people.name:
		counts = "$1 = any(r.grids)"
	case catalogue.name:
		counts = "false"
	}
	if t.touches != nil {
		counts = fmt.Sprintf("(%s) and %s", counts, t.countsInMonth())
	}
	return fmt.Sprintf(`
		(select '%[1]s', %[2]s, case when exists (
				select from row_history h where h.sheet = '%[1]s' and h.key = %[2]s and h.ended_by in (select id from later)
			) then '更新' else '新增' end, r.import_id
		from %[3]s r
		where r.import_id in (select id from later) and (%[4]s))
		union all
		(select distinct on (h.key) '%[1]s', h.key, '作废', h.ended_by
		from row_history h, jsonb_populate_record(null::%[3]s, h.before) r
		where h.sheet = '%[1]s' and h.ended_by in (select id from later) and (%[4]s)
			and not exists (select from %[3]s s where %[5]s)
		order by h.key, h.id desc)`,
		t.sheet, t.keyText("r"), t.name, counts, strings.ReplaceAll(t.match(), "t.", "r."))
}

// countsInMonth is the condition under which a row r counts for the grid $1 in
// the month from $3 to $4.
func (t *table) countsInMonth() string {
	parts := make([]string, len(t.touches))
	for i, query := range t.touches {
		parts[i] = fmt.Sprintf(query, "(select r.*)")
	}
	return fmt.Sprintf(`exists (
		select from (%s) touched (grid_id, first, last)
		where (touched.grid_id = $1 or touched.grid_id is null) and (first is null
			or date_trunc('week', first) <= $4::date and date_trunc('week', last) + interval '6 days' >= $3::date))`,
		strings.Join(parts, " union all "))
}
