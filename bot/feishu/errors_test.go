package feishu

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestVerdicts(t *testing.T) {
	for name, c := range map[string]struct {
		status, code int
		msg          string
		want         Verdict
	}{
		"the gateway's limit":               {429, 99991400, "request trigger frequency limit", Retry},
		"the same, from an older interface": {400, 99991400, "request trigger frequency limit", Retry},
		"too much for one person":           {400, 230020, "", Retry},
		"the first try is still under way":  {400, 230049, "", Retry},
		"token refused again":               {400, 99991663, "", Retry},
		"internal error":                    {400, 2200, "", Retry},
		"unknown code with 429":             {429, 77, "", Retry},
		"unknown code with 500":             {500, 77, "", Retry},
		"unknown code with 400":             {400, 77, "", Final},
		"no code, but a failure":            {404, 0, "", Final},
		"a code with HTTP 200":              {200, 230002, "", Unbind},
		"group dissolved":                   {400, 232009, "", Unbind},
		"outside the availability":          {400, 230013, "", FinalForReceiver},
		"resigned":                          {400, 230029, "", FinalForReceiver},
		"bot switched off":                  {400, 230053, "", FinalForReceiver},
		"another app's id":                  {400, 99992361, "", FinalForReceiver},
		"monthly quota":                     {400, 99991403, "", Operator},
		"scope missing":                     {400, 99991672, "", Operator},
		"wrong secret":                      {400, 10015, "", Operator},
		"bad parameter":                     {400, 230001, "ext=invalid receive_id.", Final},
		"too long":                          {400, 230025, "", Final},
		"phone number in clear text":        {400, 230028, "", Final},
		"recalled":                          {400, 230011, "", Final},
		"card refused":                      {400, 230099, "Failed to create card content, ext=ErrCode: 200621; ErrMsg: parse card json err", Final},
		"card being pressed just now":       {400, 230099, "Failed to create card content, ext=ErrCode: 11310; ErrMsg: card action is lock", Retry},
	} {
		e := refused(c.status, &answer{Code: &c.code, Msg: c.msg}, 0)
		if e.Verdict != c.want {
			t.Errorf("%s: %v, want %v", name, e.Verdict, c.want)
		}
		if e.Meaning() == "" {
			t.Errorf("%s: nothing to tell the centre", name)
		}
	}
}

func TestEveryRuleIsWhole(t *testing.T) {
	for code, rule := range rules {
		if rule.verdict < Retry || rule.verdict > Operator || rule.meaning == "" {
			t.Errorf("code %d: %+v", code, rule)
		}
		if strings.HasPrefix(rule.verdict.String(), "verdict") {
			t.Errorf("code %d: a verdict without a name", code)
		}
	}
}

func TestErrorTellsTheCodeAndNoContents(t *testing.T) {
	code := codeCardRefused
	e := refused(400, &answer{Code: &code, Msg: "Failed to create card content, ext=ErrCode: 200621; ErrPath: ROOT -> body; " +
		"ErrMsg: unknown property; ErrorValue: {\"content\":\"走访张三\"}; "}, 0)
	e.LogID = "2024"
	want := "code 230099: Failed to create card content, ext=ErrCode: 200621; ErrPath: ROOT -> body; ErrMsg: unknown property (log id 2024)"
	if e.Error() != want {
		t.Errorf("%s", e)
	}
	if e.CardErr != 200621 {
		t.Errorf("CardErr %d", e.CardErr)
	}
	if long := readable(strings.Repeat("长", 1000)); len([]rune(long)) > longestMessage+1 {
		t.Errorf("%d runes", len([]rune(long)))
	}
}

func TestErrorsUnwrap(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := fmt.Errorf("feishu: send: %w", noAnswer(ctx, errors.New("transport")))
	if !errors.Is(err, context.Canceled) {
		t.Error("a cancelled call is not known as one")
	}
	var e *Error
	if !errors.As(err, &e) || e.Verdict != Retry || e.Meaning() != "平台没有回应" {
		t.Errorf("%+v", e)
	}
}

func TestStrangeAnswers(t *testing.T) {
	for status, want := range map[int]Verdict{
		200: Retry, 302: Operator, 404: Operator, 429: Retry, 502: Retry,
	} {
		if got := strangeAnswer(status, "").Verdict; got != want {
			t.Errorf("HTTP %d: %v, want %v", status, got, want)
		}
	}
}

func TestResetAfter(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"":       0,
		"12":     12 * time.Second,
		"-1":     0,
		"soon":   0,
		"999999": longestWait,
	} {
		header := http.Header{}
		header.Set("x-ogw-ratelimit-reset", value)
		if got := resetAfter(header); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
}
