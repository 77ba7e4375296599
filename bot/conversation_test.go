package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/store"
)

func TestConversations(t *testing.T) {
	records := sampleStreet(t)
	for i, name := range []string{worker, lead, leader} {
		if err := records.Bind(t.Context(), personOf(t, records, name).Mobile, []string{"ou_worker", "ou_lead", "ou_leader"}[i]); err != nil {
			t.Fatal(err)
		}
	}
	type line struct {
		text  string
		after time.Duration // since the conversation began
		want  string        // the beginning of the answer
	}
	for name, c := range map[string]struct {
		who   string
		lines []line
	}{
		"a worker asks about their score, then the month before": {"ou_worker", []line{
			{"我的本月分数", 0, "【我的分数】 云溪第二网格 · 11月"},
			{"上个月呢", 9 * time.Minute, "【我的分数】 云溪第二网格 · 10月"},
			{"排名呢", 10 * time.Minute, "【我的名次】 云溪第二网格 · 10月"},
		}},
		"a follow-up after a long pause asks for nothing in particular": {"ou_worker", []line{
			{"我的本月分数", 0, "【我的分数】 云溪第二网格 · 11月"},
			{"zzxcv", 11 * time.Minute, "【没听懂】"},
		}},
		"a worker asks what is missing": {"ou_worker", []line{
			{"今天还差什么", 0, "【还差什么】 云溪第二网格 · 11月23日"},
			{"为什么扣分", time.Minute, "【扣分明细】 云溪第二网格 · 11月"},
			{"走访几条了", 2 * time.Minute, "【走访情况】 云溪第二网格"},
		}},
		"a worker does not get another grid's score": {"ou_worker", []line{
			{"云溪第三网格多少分", 0, "【这个暂时不能看】 云溪第三网格"},
			{"周文远上月得分", time.Minute, "【这个暂时不能看】 云溪第三网格"},
		}},
		"what was refused is not followed up": {"ou_worker", []line{
			{"我的本月分数", 0, "【我的分数】 云溪第二网格 · 11月"},
			{"那3号网格呢", time.Minute, "【这个暂时不能看】 云溪第三网格"},
			{"上个月呢", 2 * time.Minute, "【我的分数】 云溪第二网格 · 10月"},
			{"梧桐社区情况", 3 * time.Minute, "【这个暂时不能看】 梧桐社区"},
			{"排名呢", 4 * time.Minute, "【我的名次】 云溪第二网格 · 10月"},
		}},
		"a name is that of the asker's community": {"ou_lead", []line{
			{"第三网格上月得分", 0, "【网格得分】 云溪第三网格 · 10月"},
			{"那四号呢", time.Minute, "【网格得分】 云溪第四网格 · 10月"},
		}},
		"a leader is asked which of two": {"ou_leader", []line{
			{"第三网格上月得分", 0, "【没听懂】"},
		}},
		"a leader asks for rankings": {"ou_leader", []line{
			{"本月排行榜", 0, "【街道排名】 11月"},
			{"上个月的", time.Minute, "【街道排名】 10月"},
			{"前三名", 2 * time.Minute, "【街道排名】 10月"},
			{"梧桐社区排名", 3 * time.Minute, "【梧桐社区排名】"},
		}},
		"a leader asks about a grid, by a person": {"ou_leader", []line{
			{"周文远上月得分", 0, "【网格得分】 云溪第三网格 · 10月"},
			{"全街道情况", time.Minute, "【总体情况】 全街道"},
		}},
		"a community's lead asks about the community": {"ou_lead", []line{
			{"我们社区情况怎么样", 0, "【总体情况】 云溪社区"},
			{"帮助", time.Minute, "【我能帮您做什么】 社区负责人"},
			{"我是谁", time.Minute, "【顾长宁】 社区负责人"},
		}},
		"an appeal is answered honestly": {"ou_worker", []line{{"我要申诉", 0, "【还不能这样做】"}}},
		"so is a wish for quiet":         {"ou_worker", []line{{"今天别提醒我", 0, "【今天不想收哪些提醒？】"}}},
		"who is on a roll is for the platform, how many were visited is said": {"ou_worker", []line{
			{"隐患场所有哪些", 0, "【走访情况】 云溪第二网格"},
		}},
		"a leader who asks for a roll chooses a grid": {"ou_leader", []line{{"重点人员名单", 0, "【您要看哪个网格？】"}}},
		"everything is the overview to a leader":      {"ou_leader", []line{{"全部情况", 0, "【总体情况】 全街道 · 11月"}}},
		"a worker's everything is the worker's own":   {"ou_worker", []line{{"我的全部情况", 0, "【我的分数】 云溪第二网格 · 11月"}}},
		"a day's overview is that of its month, and says so": {"ou_leader", []line{
			{"今天全街道情况", 0, "【总体情况】 全街道 · 11月\n总体情况按月看，这是11月的。"},
		}},
		"a leader is not told of today who asked of a month that is over": {"ou_leader", []line{
			{"10月情况", 0, "【总体情况】 全街道 · 10月"},
			{"今天谁还差走访", time.Minute, "【今天还差什么】"},
		}},
		"a leader asks who stands in one place": {"ou_leader", []line{
			{"倒数第二", 0, "【街道排名】 11月\n云溪第三网格 95 分\n倒数第 2 名"},
			{"上个月呢", time.Minute, "【街道排名】 10月\n"},
			{"第三名是谁", 2 * time.Minute, "【街道排名】"},
		}},
		"a number is that of the community spoken of": {"ou_lead", []line{
			{"梧桐社区排名", 0, "【梧桐社区排名】"},
			{"那3号呢", time.Minute, "【名次】 梧桐第三网格"},
		}},
		"what a leader may not know of one grid is asked of their own": {"ou_lead", []line{
			{"梧桐第一网格近半年走势", 0, "【走势】 梧桐第一网格"},
			{"还差什么", time.Minute, "【今天还差什么】 云溪社区"},
			{"梧桐第一网格还差什么", 2 * time.Minute, "【这个暂时不能看】 梧桐第一网格"},
		}},
		"a rule is looked up": {"ou_worker", []line{{"迟到扣几分", 0, "【考核规则】 迟到"}}},
	} {
		t.Run(name, func(t *testing.T) {
			a := assistantOn(t, records)
			for _, l := range c.lines {
				reply, err := a.Handle(t.Context(), Event{Kind: MessageReceived, OpenID: c.who, ChatID: "oc_1", MessageID: "om_1",
					Private: true, MessageType: "text", Text: l.text}, now.Add(l.after))
				if err != nil {
					t.Fatal(err)
				}
				if text := reply.Card.Text(); !strings.HasPrefix(text, l.want) {
					t.Errorf("%s: want %s\n%s", l.text, l.want, text)
				}
			}
		})
	}
}

// A press and the menu name no chat that the answer goes to: it is the private one.
func TestTheMenuAndButtonsAreFollowedUpInPrivate(t *testing.T) {
	records := hamletStore(t)
	for name, begin := range map[string]func(*Assistant) error{
		"the menu": func(a *Assistant) error {
			_, err := a.Handle(t.Context(), Event{Kind: MenuPressed, OpenID: "ou_leader", MenuKey: "ranking"}, now)
			return err
		},
		"a button in a group": func(a *Assistant) error {
			_, err := a.Press(t.Context(), Press{OpenID: "ou_leader", ChatID: "oc_group", Value: action{Do: doAsk, Meaning: ask.Ranking}.value()}, now)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := assistantOn(t, records)
			if err := begin(a); err != nil {
				t.Fatal(err)
			}
			if text := said(t, a, "ou_leader", "上个月呢", now.Add(time.Minute)); !strings.HasPrefix(text, "【街道排名】 10月") {
				t.Errorf("in private: %s", text)
			}
			group, err := a.Handle(t.Context(), Event{Kind: MessageReceived, OpenID: "ou_leader", ChatID: "oc_group", MessageID: "om_1",
				Mentioned: true, MessageType: "text", Text: "上个月呢"}, now.Add(time.Minute))
			if err != nil || group.Card.Title != "没听懂" {
				t.Errorf("the group overheard it: %+v, %v", group, err)
			}
		})
	}
}

func TestAnswerAndUnderstandAgreeWithTheChat(t *testing.T) {
	records := hamletStore(t)
	a := assistantOn(t, records)
	who := personOf(t, records, "东一长")
	q, err := a.Understand(t.Context(), who, "上月得分", now)
	if err != nil {
		t.Fatal(err)
	}
	if !q.Sure || q.Period != period("month:2026-10") {
		t.Errorf("%+v", q)
	}
	c, err := a.Answer(t.Context(), who, false, "上月得分", now)
	if err != nil {
		t.Fatal(err)
	}
	if c.Subtitle != "一号网格 · 10月" {
		t.Error(c.Text())
	}
	if c, err = a.Answer(t.Context(), store.Person{}, false, "上月得分", now); err != nil || c.Title != "您好" {
		t.Errorf("%s, %v", c.Text(), err)
	}
}
