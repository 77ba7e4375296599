package store_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/store"
)

func TestWhatReachedNobodyIsSentAgainOnceThePersonIsBound(t *testing.T) {
	s := settled(t)
	const mobile = "13800000001"
	person := sha256.Sum256([]byte(mobile))
	failedOne := morning("morning:" + today.String() + ":person:" + hex.EncodeToString(person[:16]))
	failedOne.Receiver, failedOne.State, failedOne.Reason, failedOne.FinishedAt = "", store.DeliveryFailed, "还没有绑定飞书账号", &noon
	plan(t, s, failedOne)
	retry := func() (err error) {
		inTx(t, s, func(ctx context.Context, tx pgx.Tx) error {
			err = s.RetryDelivery(ctx, tx, failedOne.Key, today, noon)
			return nil
		})
		return err
	}
	if err := retry(); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("while nobody can receive it: %v", err)
	}
	if err := s.Bind(t.Context(), mobile, "ou_now"); err != nil {
		t.Fatal(err)
	}
	if err := retry(); err != nil {
		t.Errorf("once the person is bound: %v", err)
	}
	got, err := s.Delivery(t.Context(), failedOne.Key, today)
	if err != nil || got.State != store.DeliveryWaiting || got.Receiver != "ou_now" || got.FinishedAt != nil {
		t.Errorf("it is %+v; %v", got, err)
	}
}
