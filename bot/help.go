package bot

import (
	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/store"
)

// help is what this role can ask, as buttons.
func (q *asking) help() card.Card {
	c := card.Card{Title: "我能帮您做什么", Subtitle: string(q.right.role), Forwardable: false}
	if q.right.worker() {
		c = c.Add(
			card.Text{Content: "您好，" + q.who.Name + "！我看的是平台上已有的记录，不用您再填一遍。像平时说话那样问就行："},
			card.List{Items: []string{
				"“我的分数”“上月得分”“三季度考了多少”",
				"“今天还差什么”“走访几条了”“这周走了多少公里”",
				"“为什么扣分”“快到期的事项”“迟到扣几分”",
				"“我排第几”“近半年走势”",
			}})
	} else {
		questions := card.List{Items: []string{
			"“本月排行榜”“前三名”“上月后五名”“三季度排名”",
			"“3号网格多少分”“某某为什么扣分”，说网格或人名都可以",
			"“总体情况”“今天谁还差走访”",
			"“迟到扣几分”“公里数怎么算”",
		}}
		if q.right.previews() {
			questions.Items = append(questions.Items, "“预览今天的提醒”")
		}
		c = c.Add(card.Text{Content: "您好，" + q.who.Name + "！像平时说话那样问就行："}, questions)
	}
	return c.Add(q.everyday(), card.Note("接着问“上个月呢”“排名呢”，我记得您刚才问的。群里@我也可以，细节只私信给您。"))
}

// everyday are the questions that this role asks most.
func (q *asking) everyday() card.Buttons {
	fresh := asking{}
	if q.right.worker() {
		return card.Buttons{
			fresh.button("我的分数", true, ask.MyScore), fresh.button("还差什么", false, ask.Shortfall),
			fresh.button("我的名次", false, ask.MyRank), fresh.button("扣分明细", false, ask.Deductions),
			fresh.button("到期事项", false, ask.Overdue), fresh.button("我是谁", false, ask.WhoAmI),
		}
	}
	return card.Buttons{
		fresh.button("总体情况", true, ask.Overview), fresh.button("排行榜", false, ask.Ranking),
		fresh.button("今天谁还差", false, ask.Shortfall), fresh.button("看某个网格", false, ask.Visits),
		fresh.button("我是谁", false, ask.WhoAmI),
	}
}

// notUnderstood says so, with what may have been meant. It never guesses.
func (q *asking) notUnderstood() card.Card {
	c := card.Card{Title: "没听懂", Tone: card.Quiet}
	if q.Stranger != "" {
		c = c.Add(card.Text{Content: "名册里没有“" + q.Stranger + "”。"})
	}
	if len(q.Suggestions) == 0 {
		return c.Add(card.Text{Content: "不好意思，这句我没听懂。您是不是想问："}, q.everyday()[:3])
	}
	buttons := card.Buttons{}
	for _, text := range q.Suggestions {
		buttons = append(buttons, card.Button{Text: text, Value: action{Do: doSay, Text: text}.value()})
	}
	return c.Add(card.Text{Content: "不好意思，这句我没把握。您是不是想问："}, buttons)
}

// onlyTexts answers what is no text.
func (q *asking) onlyTexts() card.Card {
	return card.Card{Title: "我只看得懂文字", Tone: card.Quiet}.Add(
		card.Text{Content: "图片、文件和语音我还看不了，打几个字问我就好。"}, q.everyday()[:3])
}

// notBegun says that a period lies ahead.
func (q *asking) notBegun() card.Card {
	return card.Card{Title: periodName(q.period(), q.now) + "还没开始", Tone: card.Quiet}.Add(
		card.Text{Content: "到时候再来问我，现在可以看本月的。"}, q.everyday()[:2])
}

// deskWords says where the centre's work is done until it can be done here.
func (q *asking) deskWords(contact string) string {
	if q.right.role == store.Admin {
		return "导入、豁免、群发这些中心的操作，现在还不能在聊天里办。请维护系统的同事在后台处理；这里可以预览今天的提醒、看总体情况和排名。"
	}
	return "这件事现在还不能在这里办，请联系" + contact + "。现在可以看："
}

// notYet says honestly what cannot be done yet, and what can be done today.
func (a *Assistant) notYet(q asking, what string) card.Card {
	c := card.Card{Title: "还不能这样做", Tone: card.Quiet}
	switch what {
	case "appeal":
		return c.Add(
			card.Text{Content: "申诉现在还不能在这里提交。如果觉得哪一项扣分不对，可以先看扣分明细，把对应的日期和条款告诉" + a.Contact + "，由中心核对更正；记录更正后，分数会自动重算。"},
			card.Buttons{q.button("扣分明细", true, ask.Deductions)})
	case topicDesk:
		return c.Add(card.Text{Content: q.deskWords(a.Contact)}, q.everyday()[:3])
	}
	if !q.right.surveys(q.scope()) {
		return c.Add(card.Text{Content: "简报还不能在这里出。现在可以看自己的分数和名次。"}, q.everyday()[:3])
	}
	return c.Add(
		card.Text{Content: "简报还不能在这里出。现在可以看" + periodName(q.period(), q.now) + "的总体情况和排名，数字和简报用的是同一套。"},
		card.Buttons{q.button("总体情况", true, ask.Overview), q.button("排名", false, ask.Ranking)})
}
