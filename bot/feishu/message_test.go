package feishu

import "testing"

func TestTextOfAMessage(t *testing.T) {
	bot := mention{Key: "@_user_1", ID: userID{"ou_bot"}, Name: "网格助手"}
	zhang := mention{Key: "@_user_2", ID: userID{"ou_zhang"}, Name: "张三"}
	tenth := mention{Key: "@_user_10", ID: userID{"ou_li"}, Name: "李四"}
	all := mention{Key: "@_all", Name: "所有人"}
	for name, c := range map[string]struct {
		messageType, content string
		mentions             []mention
		want                 string
	}{
		"plain":                       {"text", `{"text":"还差什么"}`, nil, "还差什么"},
		"the bot's mention goes":      {"text", `{"text":"@_user_1 还差什么"}`, []mention{bot}, "还差什么"},
		"also behind":                 {"text", `{"text":"还差什么 @_user_1"}`, []mention{bot}, "还差什么"},
		"others stay, by name":        {"text", `{"text":"@_user_1 @_user_2 上月得分"}`, []mention{bot, zhang}, "@张三 上月得分"},
		"ten mentions":                {"text", `{"text":"@_user_1 @_user_10 的分数"}`, []mention{bot, tenth}, "@李四 的分数"},
		"everybody, listed":           {"text", `{"text":"@_all 开会"}`, []mention{all}, "@所有人 开会"},
		"everybody, not listed":       {"text", `{"text":"@_all 开会"}`, nil, "@所有人 开会"},
		"a name with a key in it":     {"text", `{"text":"@_user_2"}`, []mention{bot, {Key: "@_user_2", Name: "@_user_1"}}, "@@_user_1"},
		"what a database cannot hold": {"text", `{"text":"我的\u0000分数"}`, nil, "我的分数"},
		"rich text": {"post", `{"title":"","content":[[{"tag":"at","user_id":"@_user_1"},{"tag":"text","text":" 我的"},{"tag":"a","text":"分数","href":"https://x"}],[{"tag":"img","image_key":"img_1"}]]}`,
			[]mention{bot}, "我的分数"},
		"a picture":               {"image", `{"image_key":"img_1"}`, nil, ""},
		"content that is no JSON": {"text", `我的分数`, nil, ""},
		"rich text of no shape":   {"post", `{"content":{}}`, nil, ""},
	} {
		if got := plainText(typed(c.messageType, c.content), c.mentions, "ou_bot"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestMentionOfTheBot(t *testing.T) {
	for name, c := range map[string]struct {
		m    mention
		own  string
		want bool
	}{
		"the bot":                         {mention{Key: "@_user_1", ID: userID{"ou_bot"}}, "ou_bot", true},
		"somebody else":                   {mention{Key: "@_user_1", ID: userID{"ou_x"}}, "ou_bot", false},
		"everybody":                       {mention{Key: "@_all", ID: userID{"ou_bot"}}, "ou_bot", false},
		"nobody, while we are nobody too": {mention{Key: "@_user_1"}, "", false},
	} {
		if got := c.m.isOf(c.own); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
