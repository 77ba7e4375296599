package bot

import (
	"context"
	"sync"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// kept holds what this process has computed, one value for each slot: the key
// says of which records and which moment it is. It is safe for concurrent use.
type kept[T any] struct {
	most int // slots; beyond that any one is given up

	mu    sync.Mutex
	slots map[string]keptValue[T]
}

type keptValue[T any] struct {
	key   string
	value T
}

func newKept[T any](most int) *kept[T] { return &kept[T]{most: most, slots: map[string]keptValue[T]{}} }

// last returns what was put into the slot last, under whatever key.
func (k *kept[T]) last(slot string) (v keptValue[T], ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	v, ok = k.slots[slot]
	return v, ok
}

// get returns the slot's value if it is that of the key.
func (k *kept[T]) get(slot, key string) (value T, ok bool) {
	last, ok := k.last(slot)
	if !ok || last.key != key {
		return value, false
	}
	return last.value, true
}

func (k *kept[T]) put(slot, key string, value T) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, known := k.slots[slot]; !known && len(k.slots) >= k.most {
		for some := range k.slots {
			delete(k.slots, some)
			break
		}
	}
	k.slots[slot] = keptValue[T]{key, value}
}

// versions knows the versions of months and grids as long as no record changes
// at all: that alone is asked of the database for every question.
type versions struct {
	records Records

	mu    sync.Mutex
	whole int64
	parts map[portion]int64
}

// portion is a month of a grid, or of the street ("").
type portion struct {
	grid  string
	month calendar.Month
}

func newVersions(records Records) *versions {
	return &versions{records: records, parts: map[portion]int64{}}
}

// of returns the version of a part as the records are now.
func (v *versions) of(ctx context.Context, p portion) (int64, error) {
	whole, err := v.records.Version(ctx)
	if err != nil {
		return 0, err
	}
	if version, known := v.known(whole, p); known {
		return version, nil
	}
	version, err := v.read(ctx, p)
	if err != nil {
		return 0, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.whole == whole { // what was read may be newer than that, but is not older
		v.parts[p] = version
	}
	return version, nil
}

// known forgets everything once the records have changed.
func (v *versions) known(whole int64, p portion) (version int64, known bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if whole > v.whole {
		v.whole = whole
		clear(v.parts)
	}
	if whole < v.whole { // overtaken by another question
		return 0, false
	}
	version, known = v.parts[p]
	return version, known
}

func (v *versions) read(ctx context.Context, p portion) (int64, error) {
	if p.grid == "" {
		return v.records.MonthVersion(ctx, p.month)
	}
	return v.records.GridVersion(ctx, p.grid, p.month)
}
