package bot

import (
	"strings"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/store"
)

// whoAmI says as whom the asker is known, and what they may see.
func (q *asking) whoAmI() card.Card {
	lines := []string{"角色：" + string(q.who.Role)}
	for _, id := range q.right.grids {
		if g, ok := q.street.byID[id]; ok {
			lines = append(lines, "网格："+g.Community+" "+g.Name+"（"+g.ID+"）")
		}
	}
	if len(q.right.communities) > 0 {
		lines = append(lines, "社区："+strings.Join(q.right.communities, "、"))
	}
	if !q.right.group {
		lines = append(lines, "手机号："+maskedMobile(q.who.Mobile))
	}
	c := card.Card{Title: q.who.Name, Subtitle: string(q.who.Role), Summary: "我是谁"}.Add(
		card.List{Items: lines}, card.Text{Strong: "您能看到", Content: q.mayUse()})
	if q.right.worker() {
		return c.Add(card.Buttons{q.button("我的分数", true, ask.MyScore), q.button("帮助", false, ask.Help)})
	}
	return c.Add(card.Buttons{q.button("总体情况", true, ask.Overview), q.button("帮助", false, ask.Help)})
}

// mayUse is the asker's right in words.
func (q *asking) mayUse() string {
	switch q.right.role {
	case store.Chief, store.Member:
		switch q.right.openness {
		case OpenSections:
			return "自己网格的全部情况，其他网格的总分和各项得分。"
		case OpenTotals:
			return "自己网格的全部情况，其他网格的总分。"
		}
		return "自己网格的全部情况，自己的名次，以及社区和街道的平均分。"
	case store.CommunityLead:
		return "本社区各网格的全部情况，街道排名和其他网格的总分。"
	case store.StreetLeader:
		return "全街道所有网格的情况。"
	}
	return "全街道所有网格的情况，以及中心的管理事项。"
}
