package feishu

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
)

// connectionLog writes what the SDK says of the long connection into our log.
// At debug it says what people wrote, so that level is thrown away.
type connectionLog struct{ log *slog.Logger }

func (c connectionLog) Debug(context.Context, ...any) {}

func (c connectionLog) Info(ctx context.Context, args ...any) {
	c.log.InfoContext(ctx, "feishu: long connection", "sdk", sentence(args))
}

func (c connectionLog) Warn(ctx context.Context, args ...any) {
	c.log.WarnContext(ctx, "feishu: long connection", "sdk", sentence(args))
}

// Error leaves out why an event was not answered: reading errors may quote it.
// What was refused here has a line of its own; what remains is an event that the
// app subscribed to and nobody here waits for.
func (c connectionLog) Error(ctx context.Context, args ...any) {
	text, why, _ := strings.Cut(sentence(args), ", err: ")
	if why == errNotAccepted.Error() {
		return
	}
	if strings.HasSuffix(why, "not found handler") {
		text += ": " + why
	}
	c.log.ErrorContext(ctx, "feishu: long connection", "sdk", text)
}

func sentence(args []any) string { return strings.TrimSpace(fmt.Sprintln(args...)) }
