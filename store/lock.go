package store

import (
	"context"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/store/sheet"
)

// lockClass sets the locks of sheets apart from other advisory locks.
const lockClass = 0x67726964 // "grid"

// lockSheets keeps others from writing to the sheets, and from writing to those
// that the sheets refer to, until the transaction ends. So what a check has
// found still holds when the rows are stored. Locks are always taken in the
// order of the sheets, so that nobody waits in a circle.
func lockSheets(ctx context.Context, tx pgx.Tx, sources ...source) error {
	write := map[int]bool{} // of the locks to take, those that keep out readers too
	for _, s := range sources {
		for _, r := range s.table.references {
			write[lockOf(r.sheet)] = false
		}
	}
	for _, s := range sources {
		write[lockOf(s.table.sheet)] = true
	}
	for _, lock := range slices.Sorted(maps.Keys(write)) {
		statement := `select pg_advisory_xact_lock_shared($1, $2)`
		if write[lock] {
			statement = `select pg_advisory_xact_lock($1, $2)`
		}
		if _, err := tx.Exec(ctx, statement, lockClass, lock); err != nil {
			return err
		}
	}
	return nil
}

// lockOf is the lock of a sheet. 对象 and 隐患场所 have one, as they share their numbers.
func lockOf(name sheet.Name) int {
	if name == sheet.HazardSites {
		name = sheet.Concerns
	}
	return slices.Index(sheet.Names, name)
}
