package bot

import (
	"context"
	"sync"

	"golang.org/x/sync/singleflight"
)

// kept holds what this process has computed, one value for each slot. It is safe
// for concurrent use.
type kept[T any] struct {
	most int // slots; beyond that any one is given up

	mu    sync.Mutex
	slots map[string]T
}

func newKept[T any](most int) *kept[T] { return &kept[T]{most: most, slots: map[string]T{}} }

func (k *kept[T]) get(slot string) (value T, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	value, ok = k.slots[slot]
	return value, ok
}

func (k *kept[T]) put(slot string, value T) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, known := k.slots[slot]; !known && len(k.slots) >= k.most {
		for some := range k.slots {
			delete(k.slots, some)
			break
		}
	}
	k.slots[slot] = value
}

// once does what many wait for once. It is done even if the first of them gives
// up.
func once[T any](ctx context.Context, flight *singleflight.Group, key string, do func(context.Context) (T, error)) (done T, err error) {
	begun := flight.DoChan(key, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		return do(ctx)
	})
	select {
	case <-ctx.Done():
		return done, ctx.Err()
	case came := <-begun:
		if came.Err != nil {
			return done, came.Err
		}
		return came.Val.(T), nil
	}
}
