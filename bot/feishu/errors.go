package feishu

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Verdict is what a caller can do about a refusal.
type Verdict int

const (
	// Retry later, under the same uuid.
	Retry Verdict = iota + 1
	// Final: this message will never be accepted.
	Final
	// FinalForReceiver: this person or group cannot be reached now; others can.
	FinalForReceiver
	// Unbind: the group is gone, or the bot is no longer in it.
	Unbind
	// Operator: nothing goes until somebody changes the app's settings.
	Operator
)

// String is the verdict's name in logs.
func (v Verdict) String() string {
	switch v {
	case Retry:
		return "retry"
	case Final:
		return "final"
	case FinalForReceiver:
		return "final for receiver"
	case Unbind:
		return "unbind"
	case Operator:
		return "operator"
	}
	return "verdict " + strconv.Itoa(int(v))
}

// Error is a refusal by the platform, or its silence. Its text is fit for logs:
// it never holds a token, a header, a body or a card's contents.
type Error struct {
	Code    int    // the platform's code; 0 = it gave none
	CardErr int    // why a card was refused (ErrCode inside code 230099), else 0
	Message string // short, English, for developers
	LogID   string // under which the platform's support finds the request
	Verdict Verdict
	After   time.Duration // wait at least so long before a retry; 0 = as you see fit

	cause error
}

// Error is the platform's code and words, with the log id.
func (e *Error) Error() string {
	text := e.Message
	if e.Code != 0 {
		text = fmt.Sprintf("code %d: %s", e.Code, text)
	}
	if e.LogID != "" {
		text += " (log id " + e.LogID + ")"
	}
	return text
}

// Unwrap is what kept the answer away: a context's error, or the transport's.
func (e *Error) Unwrap() error { return e.cause }

// Meaning says in Chinese why something could not be delivered, for the centre.
func (e *Error) Meaning() string {
	if rule, known := rules[e.Code]; known {
		return rule.meaning
	}
	if e.Code == 0 {
		return "平台没有回应"
	}
	return fmt.Sprintf("平台返回错误 %d", e.Code)
}

// refused judges an answer whose code or HTTP status is not a success. The
// code decides; the status only where the code is unknown, because the
// platform answers HTTP 400 to nearly everything.
func refused(status int, got *answer, after time.Duration) *Error {
	e := &Error{Code: *got.Code, Message: readable(got.Msg), LogID: got.Error.LogID, After: after, Verdict: Final}
	rule, known := rules[e.Code]
	switch {
	case e.Code == codeCardRefused:
		e.CardErr = cardErr(got.Msg)
		if strings.Contains(got.Msg, "card action is lock") {
			e.Verdict = Retry // somebody is pressing a button of it just now
		}
	case known:
		e.Verdict = rule.verdict
	case isPassing(status):
		e.Verdict = Retry
	}
	return e
}

// isPassing reports whether an HTTP status is that of a trouble which passes.
func isPassing(status int) bool {
	return status == http.StatusTooManyRequests || status >= http.StatusInternalServerError
}

// noAnswer is a request that got no answer. It may have arrived all the same,
// so a retry must carry the same uuid.
func noAnswer(ctx context.Context, err error) *Error {
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return &Error{Message: "no answer: " + err.Error(), Verdict: Retry, cause: err}
}

// strangeAnswer is an answer that is not the platform's JSON: a proxy's page, a
// wrong address, half a body.
func strangeAnswer(status int, logID string) *Error {
	e := &Error{Message: fmt.Sprintf("HTTP %d with an unreadable answer", status), LogID: logID, Verdict: Operator}
	if isPassing(status) || status < http.StatusMultipleChoices {
		e.Verdict = Retry
	}
	return e
}

func isStaleToken(err error) bool {
	var e *Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code {
	case codeTokenInvalid, codeAppTokenInvalid, codeTokenPrefix, codeTokenMissing, codeTokenTenant:
		return true
	}
	return false
}

// longestMessage bounds the platform's words in an error, in runes.
const longestMessage = 200

// readable is the platform's message without the value that it refused, which
// may be a line of a card, and of bounded length.
func readable(msg string) string {
	msg, _, _ = strings.Cut(msg, "ErrorValue:")
	msg = strings.TrimRight(strings.ToValidUTF8(msg, "?"), "; ")
	if runes := []rune(msg); len(runes) > longestMessage {
		msg = string(runes[:longestMessage]) + "…"
	}
	return msg
}

var cardErrPattern = regexp.MustCompile(`ErrCode: ?(\d{1,9})`)

// cardErr is N of "Failed to create card content, ext=ErrCode: N; ErrPath: …".
func cardErr(msg string) int {
	found := cardErrPattern.FindStringSubmatch(msg)
	if found == nil {
		return 0
	}
	n, err := strconv.Atoi(found[1])
	if err != nil {
		return 0
	}
	return n
}
