package stage

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func contains(s, part string) bool { return strings.Contains(s, part) }

// theStreet is more people and groups than the other tests need.
func theStreet(o *Options) {
	o.People = append(o.People,
		Person{Name: "陈思远", OpenID: "ou_chen", Role: "网格长", Grid: "华阳1号网格"}, Person{Name: "欧阳静", OpenID: "ou_ouyang", Role: "网格长", Grid: "华阳2号网格"},
		Person{Name: "刘建国", OpenID: "ou_liu", Role: "社区负责人", Grid: "华阳社区"}, Person{Name: "周敏", OpenID: "ou_zhou", Role: "中心管理员", Grid: "综治中心"})
	o.Groups[0].Members = append(o.Groups[0].Members, "陈思远", "欧阳静", "刘建国")
	o.Groups[1].Members = append(o.Groups[1].Members, "陈思远")
}

func desktop(t *testing.T, browser context.Context) *chatPage {
	p := newPage(t, browser, 1280, 840, theStreet)
	p.dark(false)
	chatBot(t, p.platform)
	return p
}

// playing opens the private chat of somebody.
func (p *chatPage) playing(openID string) {
	p.t.Helper()
	p.press(`.person[data-person="` + openID + `"]`)
	p.until("the chat is open", `document.body.dataset.ready === "`+openID+`"`)
}

func aQuestion(t *testing.T, browser context.Context) {
	p := desktop(t, browser)
	p.shot("welcome")
	p.playing("ou_chen")
	p.say("我的本月分数")
	p.sees(".own .bubble", "我的本月分数")
	p.sees(".card-title", "我的分数")
	p.sees(".card", "96.5")
	p.fits()
	p.shot("score")

	p.press(".panel-head has 扣分依据")
	p.sees(".panel-body", "例会迟到")
	p.press(".btn has 上月")
	p.sees(".toast", "这是上个月的")
	p.sees(".card-subtitle", "10月")
	p.until("the card was replaced, not added", `document.querySelectorAll(".card").length === 1`)
	p.press(".btn has 今日缺口")
	p.sees(".toast-error", "200830")
	p.do(chromedp.Reload())
	p.sees(".card-subtitle", "10月") // the address says who and where
}

func aRanking(t *testing.T, browser context.Context) {
	p := desktop(t, browser)
	p.playing("ou_chen")
	p.press(".menu-entry has 排名")
	p.sees(".card-title", "本月排行榜")
	p.until("ten bars are drawn", `document.querySelectorAll(".drawing rect.bar").length === 10`)
	p.until("the marked row is bold", `document.querySelector(".table b")?.textContent === "3"`)
	p.fits()
	p.shot("ranking")

	p.do(chromedp.SetValue(chromedp.CSS(".select select"), "华阳"))
	p.sees(".toast", `"option":"华阳"`)

	p.say("走势")
	p.until("two lines are drawn", `document.querySelectorAll(".drawing path[stroke]").length === 2`)
	p.shot("trend")
}

func aForm(t *testing.T, browser context.Context) {
	p := desktop(t, browser)
	p.playing("ou_chen")
	p.say("表单")
	p.press(".btn has 提交")
	p.sees(".toast-warning", "请先填写必填项")
	p.do(
		chromedp.SendKeys(chromedp.CSS(".form textarea"), "当天外出开会"),
		chromedp.SetValue(chromedp.CSS(`.form input[type=date]`), "2026-11-03"),
		chromedp.SetValue(chromedp.CSS(".form select"), "meeting"),
	)
	p.press(".several")
	p.press(".menu-item has 11月9日")
	p.press(".menu .btn has 确定")
	p.shot("form")
	p.press(".btn has 提交")
	p.sees("#confirm", "提交申诉？")
	p.press("#confirm .btn has 确定")
	for _, want := range []string{`"reason":"当天外出开会"`, `"day":"2026-11-03 +0800"`, `"kind":"meeting"`, `"days":["9"]`} {
		p.sees(".toast-success", want)
	}
}

func everyComponent(t *testing.T, browser context.Context) {
	p := desktop(t, browser)
	p.playing("ou_chen")
	p.say("全部")
	p.sees(".card-title", "每一种部件")
	p.until("charts are drawn", `document.querySelectorAll(".drawing svg").length === 5`)
	p.until("nothing is unknown", `!document.querySelector(".unknown")`)
	p.sees(".markdown", "1 < 2 & *没有* 粗体")
	p.sees(".at", "@陈思远")
	p.fits()
	p.until("the top is in sight", `(document.querySelector("#scroll").scrollTop = 0) === 0`)
	p.shot("components-1")

	p.press(".pager-turn[aria-label=下一页]")
	p.sees(".pager-where", "2 / 3")
	p.sees(".table th", "第6行")
	p.shot("components-2")
	p.press(".overflow")
	p.press(".menu-item has 归档")
	p.sees(".toast", `"option":"archive"`)
	p.press(".checker")
	p.sees(".toast", `"checked":true`)
	p.press(".container.pressable")
	p.sees(".toast", `"tag":"interactive_container"`)
	p.shot("components-3")
}

func aGroup(t *testing.T, browser context.Context) {
	p := desktop(t, browser)
	p.playing("ou_chen")
	p.press(".tab has 华阳社区网格群")
	p.sees("#mention-label", "@网格助手")
	p.press("#mention-box")
	p.say("排行榜")
	p.sees(".own .bubble", "排行榜")
	p.press("#mention-box")
	p.say("看看排行榜")
	p.sees(".own .at", "@网格助手")
	p.sees(".card-frame .quote", "回复 陈思远")
	p.until("only the second was heard", `document.querySelectorAll(".card").length === 1`)
	p.shot("group")

	p.press("#bot-toggle has 移出机器人")
	p.sees("#mention-label", "机器人不在这个群里")
	p.press("#bot-toggle has 添加机器人")
	p.sees("#mention-label", "@网格助手")
}

func theClock(t *testing.T, browser context.Context) {
	var p *chatPage
	p = newPage(t, browser, 1280, 840, func(o *Options) {
		theStreet(o)
		o.Buttons = []ClockButton{{Label: "08:20", Do: nothing}, {Label: "16:40", Do: func(context.Context) (string, error) {
			p.send("open_id", "ou_chen", "interactive", scoreCard("11月"), "")
			p.send("open_id", "ou_liu", "interactive", rankingCard(), "")
			return "16:40 的提醒已发出：2 张卡片", nil
		}}, {Label: "月末 09:10", Do: nothing}}
	})
	p.dark(false)
	chatBot(t, p.platform)
	p.playing("ou_liu")
	p.press(".clock-button has 16:40")
	p.sees(".toast", "16:40 的提醒已发出")
	p.sees(".card-title", "本月排行榜")
	p.sees(".person[data-person=ou_chen] .badge", "1")
	p.until("the open chat is read", `!document.querySelector("[data-person=ou_liu] .badge")`)
	p.shot("unread")
	p.playing("ou_chen")
	p.sees(".card-title", "我的分数")
	p.until("it is read now", `!document.querySelector(".badge") && !document.title.startsWith("(")`)
}

func nothing(context.Context) (string, error) { return "现在没有要发的", nil }

func theLog(t *testing.T, browser context.Context) {
	p := desktop(t, browser)
	p.playing("ou_chen")
	p.press("#log-open")
	p.say("我的分数")
	p.sees(".log-line.push", "im.message.receive_v1")
	p.sees(".log-line.call", "interactive")
	p.send("open_id", "ou_wang", "text", `{"text":"x"}`, "")
	p.sees(".log-line.wrong", "230013")
	p.fits()
	p.shot("log")
	p.press("#log-close")
	p.until("it is closed", `document.querySelector("#log").hidden`)
}

func passingOn(t *testing.T, browser context.Context) {
	p := desktop(t, browser)
	p.playing("ou_chen")
	p.say("分数和排行")
	p.until("both cards are there", `document.querySelectorAll(".card").length === 2`)
	p.until("only the ranking may be passed on", `document.querySelectorAll(".pass-on").length === 1`)
	p.press(".pass-on")
	p.press(".menu-item has 华阳社区网格群")
	p.sees(".toast", "已转发")
	p.press(".tab has 华阳社区网格群")
	p.sees(".card-frame .quote", "转发的卡片")
	p.until("the copy cannot be used", `[...document.querySelectorAll(".card .btn")].every(b => b.disabled)`)
}

func aCopyForEverybody(t *testing.T, browser context.Context) {
	p := desktop(t, browser)
	p.playing("ou_chen")
	p.say("可转")
	p.press(".pass-on")
	p.press(".menu-item has 华阳社区网格群")
	p.sees(".toast", "已转发")
	p.press(`.person[data-person="ou_liu"]`)
	p.press(".tab has 华阳社区网格群")
	p.sees(".sender", "陈思远")
	p.press(".card .btn has 我来看")
	p.sees(".toast", "ou_liu 按了") // not who passed it on, nor for whom it was made
}

func theDark(t *testing.T, browser context.Context) {
	p := desktop(t, browser)
	p.playing("ou_chen")
	p.say("我的分数")
	p.sees(".card-title", "我的分数")
	const ground = `getComputedStyle(document.body).backgroundColor`
	p.until("it is light", ground+` === "rgb(244, 245, 247)"`)
	p.dark(true)
	p.until("it is dark as the system", ground+` === "rgb(20, 21, 23)"`)
	p.shot("score-dark")
	p.say("排行")
	p.until("ten bars are drawn", `document.querySelectorAll(".drawing rect.bar").length === 10`)
	p.shot("ranking-dark")
	p.press("#theme[aria-label=外观：跟随系统]")
	p.press("#theme[aria-label=外观：浅色]")
	p.dark(false)
	p.until("it is dark by choice", ground+` === "rgb(20, 21, 23)"`)
	p.do(chromedp.Reload())
	p.until("the choice is kept", ground+` === "rgb(20, 21, 23)"`)
	p.press("#theme[aria-label=外观：深色]")
}

func aPhone(t *testing.T, browser context.Context) {
	p := newPage(t, browser, 390, 844, func(o *Options) {
		theStreet(o)
		o.Buttons = []ClockButton{{"08:20", nothing}, {"16:40", nothing}, {"周四 15:40", nothing}, {"月末 09:10", nothing}, {"发布 11月", nothing}}
	})
	p.dark(false)
	chatBot(t, p.platform)
	p.fits()
	p.shot("phone-people")
	p.playing("ou_chen")
	p.say("我的分数")
	p.sees(".card-title", "我的分数")
	p.fits()
	p.shot("phone-score")
	p.say("全部")
	p.until("charts are drawn", `document.querySelectorAll(".drawing svg").length === 5`)
	p.fits()
	p.press(".menu-entry has 排名")
	p.until("the ranking is drawn", `document.querySelectorAll(".drawing svg").length === 6`)
	p.fits()
	p.shot("phone-ranking")
	p.press("#log-open")
	p.sees(".log-line", "menu_v6")
	p.fits()
	p.press("#log-close")
	p.press("#back")
	p.until("people are shown", `document.querySelector(".people").checkVisibility() && !document.querySelector("#conversation").checkVisibility()`)
}

func wordsAreWords(t *testing.T, browser context.Context) {
	p := desktop(t, browser)
	p.playing("ou_chen")
	const bad = `<img src=x onerror="document.title='坏'"><b>粗</b>`
	p.say(bad)
	p.sees(".own .bubble", bad)
	p.send("open_id", "ou_chen", "interactive", object(map[string]any{"schema": "2.0", "body": map[string]any{"elements": []any{
		map[string]any{"tag": "markdown", "content": "好 " + bad + " [点](javascript:alert(1)) [看](https://example.cn)"},
	}}}), "")
	p.sees(".card", "好")
	p.until("no markup came of it", `!document.querySelector(".messages img, .messages b.evil, .messages a[href^=javascript]") && document.querySelectorAll(".messages a").length === 1`)
}
