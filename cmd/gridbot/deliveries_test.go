package main

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"
)

// failedDelivery KEY [CHAT] records that a reminder to a group, or to nobody
// known, failed on 2026-11-24.
func failedDelivery(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) == 0 || len(args) > 2 {
		ts.Fatalf("usage: failed KEY [CHAT]")
	}
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, ts.Getenv("GRIDBOT_DATABASE_URL"))
	ts.Check(err)
	defer conn.Close(ctx)
	chat := append(args, "")[1]
	_, err = conn.Exec(ctx, `
		insert into deliveries (key, day, kind, receiver_type, receiver, title, card, uuid, state, tries, planned_at, first_try_at,
			finished_at, code, reason)
		values ($1, '2026-11-24', 'evening', 'chat', $2, '今天还差一点', '{}', $1, 'failed', 1, '2026-11-24 16:40+08',
			'2026-11-24 16:40+08', '2026-11-24 16:40+08', 230002, '机器人不在群里')`, args[0], chat)
	ts.Check(err)
}
