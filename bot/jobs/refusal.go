package jobs

import (
	"context"
	"errors"

	"github.com/riverqueue/river"

	"github.com/nanxiashu/gridbot/bot/feishu"
)

// judge says what follows from the platform's answer to a call: nothing, a final
// refusal, or the error by which the queue tries again. Where the platform says
// for how long to wait, all replicas wait, and it counts as no attempt.
func (j *Jobs) judge(ctx context.Context, err error) (refused *feishu.Error, again error) {
	var refusal *feishu.Error
	switch {
	case !errors.As(err, &refusal):
		return nil, err
	case refusal.Verdict != feishu.Retry:
		return refusal, nil
	case refusal.After > 0:
		j.hold(ctx, refusal)
		return nil, river.JobSnooze(refusal.After)
	}
	return nil, err
}

func (j *Jobs) logRefusal(ctx context.Context, what string, refusal *feishu.Error, more ...any) {
	j.Log.With(more...).ErrorContext(ctx, "jobs: "+what+" refused", "code", refusal.Code,
		"card_error", refusal.CardErr, "verdict", refusal.Verdict.String(), "log_id", refusal.LogID)
}
