package undelivered

import "github.com/nanxiashu/gridbot/store"

// advice is what can be done about a reason.
type advice struct{ reason, todo string }

// todos say what to do about the platform's codes; others are for whoever runs
// the service.
var todos = map[int]string{
	230002:   "把机器人重新拉进群，再在群里绑定一次社区。",
	232009:   "群已解散；有新群的话，把机器人拉进去并绑定社区。",
	230013:   "请企业管理员把他们加进应用的可用范围；已离职的，请在“人员”里改为不在岗。",
	230029:   "已离职：请在“人员”里改为不在岗。",
	230018:   "请群主在群设置里允许机器人发言。",
	230035:   "请群主在群设置里允许机器人发言。",
	230053:   "本人在飞书里关闭了机器人的消息，打开后就能收到。",
	99991403: "本月的平台调用次数已用完：请升级飞书版本，或等到下个月。",
	99991401: "请在开放平台后台把服务器地址加进应用的白名单。",
	99991672: "请在开放平台后台给应用开通所缺的权限，并发布新版本。",
	230006:   "请在开放平台后台启用机器人能力，并发布新版本。",
	230025:   "卡片太长，请把这一条告诉维护人员。",
	230099:   "平台不接受这张卡片，请把这一条告诉维护人员。",
}

const (
	todoUnknownID = "平台上找不到这个人或群：请核对手机号，或让本人给机器人发一条消息。"
	todoOperator  = "请维护人员运行 gridbot doctor 看一看。"
	todoNotSent   = "不用处理：没有发出的不会再补发。如果经常出现，请维护人员看一看服务。"
	todoUnbound   = "请本人给机器人发一条消息，或核对“人员”里的手机号。"
)

// reasonUnbound is how the reminders record a person without an identity on the
// platform.
const reasonUnbound = "还没有绑定飞书账号"

func todo(f store.Undelivered) string {
	switch f.Code {
	case 0:
		if f.Reason == reasonUnbound {
			return todoUnbound
		}
		return todoNotSent
	case 99992351, 99992352, 99992356, 99992361, 230034:
		return todoUnknownID
	}
	if text, known := todos[f.Code]; known {
		return text
	}
	return todoOperator
}

// advices are one for each reason, however many codes stand behind it.
func advices(failures []store.Undelivered) (those []advice) {
	seen := map[advice]bool{}
	for _, f := range failures {
		if a := (advice{f.Reason, todo(f)}); !seen[a] {
			seen[a] = true
			those = append(those, a)
		}
	}
	return those
}
