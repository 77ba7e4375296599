package undelivered

import (
	"fmt"

	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/store"
)

// advice is what can be done about a reason.
type advice struct{ reason, todo string }

// todo is what to do about a failure: by the platform's code, if there are words
// for it; else it is for whoever runs the service.
func (r *Report) todo(f store.Undelivered) string {
	switch f.Code {
	case 0:
		if f.Reason == remind.ReasonUnbound {
			return r.say("todo.unbound", nil)
		}
		return r.say("todo.not_sent", nil)
	case 99992351, 99992352, 99992356, 99992361, 230034:
		return r.say("todo.unknown_id", nil)
	}
	if text := r.say(fmt.Sprintf("todo.%d", f.Code), nil); text != "" {
		return text
	}
	return r.say("todo.operator", nil)
}

// advices are one for each reason, however many codes stand behind it.
func (r *Report) advices(failures []store.Undelivered) (those []advice) {
	seen := map[advice]bool{}
	for _, f := range failures {
		if a := (advice{f.Reason, r.todo(f)}); !seen[a] {
			seen[a] = true
			those = append(those, a)
		}
	}
	return those
}

func (r *Report) say(key string, fields map[string]any) string {
	return r.Words.Say("undelivered."+key, fields)
}
