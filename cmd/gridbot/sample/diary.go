package sample

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// diary writes down what the grids did, day by day.
type diary struct {
	first, last calendar.Date
	duty        []calendar.Date // from the first week to the end of the last month
	today       calendar.Date   // the latest duty day: the one that some fall short on

	visits, patrols, items, meetings, homes, findings, exemptions sheet
}

func newDiary(first, last calendar.Date, duty []calendar.Date) *diary {
	today := first
	for _, day := range duty {
		if day <= last {
			today = day
		}
	}
	return &diary{
		first: first, last: last, duty: duty, today: today,
		visits:     sheet{name: "走访", header: []string{"记录编号", "网格编号", "手机号", "走访时间", "图片数", "对象编号", "管控信息", "内容"}},
		patrols:    sheet{name: "里程", header: []string{"网格编号", "手机号", "日期", "公里数", "时长"}},
		items:      sheet{name: "事项", header: []string{"事项编号", "网格编号", "手机号", "上报时间", "类别", "小类", "标题", "处置时限", "处置时间", "自办", "状态"}},
		meetings:   sheet{name: "会议", header: []string{"会议编号", "会议名称", "日期", "手机号", "状态"}},
		homes:      sheet{name: "采集", header: []string{"网格编号", "户编号", "采集时间", "录入时间", "完整"}},
		findings:   sheet{name: "认定", header: []string{"认定编号", "网格编号", "类型", "日期", "说明"}},
		exemptions: sheet{name: "豁免", header: []string{"网格编号", "开始", "结束", "原因"}},
	}
}

func (d *diary) write() []sheet {
	for _, g := range street() {
		for m := d.first.Month(); m <= d.last.Month(); m++ {
			d.month(g, m)
		}
	}
	return []sheet{d.visits, d.patrols, d.items, d.meetings, d.homes, d.findings, d.exemptions}
}

// month is what a grid did in a month, up to the last day of the diary.
func (d *diary) month(g grid, m calendar.Month) {
	duty := d.dutyDays(m.First(), m.Last())
	d.decisions(g, m, duty)
	nth := 0
	for day := m.First(); day <= min(m.Last(), d.last); day++ {
		luck := rand.New(rand.NewPCG(uint64(g.number), uint64(day)))
		if g.hasSite() && !(g.habit.missesSite && day == duty[len(duty)/3]) {
			d.visit(g, g.member, day.Start().Add(8*time.Hour+50*time.Minute), siteNumber(g), false)
		}
		if day == d.first && len(d.week(day)) == 0 {
			d.patrol(g, day, luck) // a weekend alone has to do for its week
			d.call(g, day, -1, luck)
		}
		if !slices.Contains(duty, day) {
			continue
		}
		d.patrol(g, day, luck)
		d.call(g, day, nth, luck)
		d.report(g, day, nth, duty, luck)
		d.collect(g, day, nth, len(duty))
		nth++
	}
}

// decisions are what the centre wrote down about a grid in a month.
func (d *diary) decisions(g grid, m calendar.Month, duty []calendar.Date) {
	meeting, early := duty[1], duty[2]
	if meeting <= d.last {
		for _, p := range []Person{g.chief, g.member} {
			status := "出席"
			if g.habit.late && p == g.member {
				status = "迟到"
			}
			d.meetings.add("HY-"+m.String(), fmt.Sprintf("%d月网格例会", m.Calendar()), meeting, p.Mobile, status)
		}
	}
	if early > d.last {
		return
	}
	number := fmt.Sprintf("RD-%s-%02d", m, g.number)
	if g.habit.adopted {
		d.findings.add(number, g.id, "区级录用", early, "质量较高，区中心录用")
	}
	if g.habit.falsified {
		d.findings.add(number, g.id, "弄虚作假", early, "图片与现场不符")
	}
	if g.habit.exempted {
		d.exemptions.add(g.id, early, early, "参加街道应急演练")
	}
}

// patrol is a day's kilometres and hours: enough for the week's eight together.
func (d *diary) patrol(g grid, day calendar.Date, luck *rand.Rand) {
	days := float64(max(1, len(d.week(day))))
	km := max(1.1, 8.4/days) + luck.Float64()*0.3
	switch {
	case day == d.today && (g.habit.shortToday || g.habit.kmToday):
		km = 0.6
	case g.habit.shortWeek && day.Sunday() == (day.Sunday().Month().First()+7).Sunday():
		km = 1.15
	}
	hours := 18.4 / days
	d.patrols.add(g.id, g.chief.Mobile, day, fmt.Sprintf("%.2f", km*0.4), fmt.Sprintf("%.1f", hours))
	d.patrols.add(g.id, g.member.Mobile, day, fmt.Sprintf("%.2f", km*0.6), fmt.Sprintf("%.1f", hours))
}

// call is a day's visits: persons of concern as they fall due, then households.
func (d *diary) call(g grid, day calendar.Date, nth int, luck *rand.Rand) {
	n := 5 + luck.IntN(2)
	if g.habit.diligent {
		n = 8
	}
	if g.habit.shortToday && day == d.today {
		n = 2
	}
	whom := d.dueOn(g, day, nth)
	for i := range n {
		who := g.member
		if i%2 == 0 {
			who = g.chief
		}
		at := day.Start().Add(9*time.Hour + time.Duration(i*430/n)*time.Minute)
		number, record := "", false
		if i < len(whom) {
			c := concerns[whom[i]]
			number, record = concernNumber(g, whom[i]), c.category != "关爱对象"
			if g.habit.noRecordYet && whom[i] == 3 {
				record = false
			}
		}
		d.visit(g, who, at, number, record)
	}
}

// dueOn lists the persons of concern whom a grid sees on a day: the key persons
// on the week's first duty day, the others one a duty day from the month's second.
func (d *diary) dueOn(g grid, day calendar.Date, nth int) []int {
	var due []int
	if week := d.week(day); len(week) == 0 || day == week[0] {
		due = append(due, 0)
		if !(g.habit.missesKey && day.Sunday() == (day.Sunday().Month().First()+7).Sunday()) {
			due = append(due, 1)
		}
	}
	if nth >= 1 && nth <= 4 {
		due = append(due, nth+1)
	}
	return due
}

func (d *diary) visit(g grid, who Person, at time.Time, number string, record bool) {
	id := fmt.Sprintf("ZF-%02d-%s", g.number, at.Format("20060102-1504"))
	d.visits.add(id, g.id, who.Mobile, at, 1, number, record, "入户走访")
}

// report is a day's items. Most are disposed of within half their time.
func (d *diary) report(g grid, day calendar.Date, nth int, duty []calendar.Date, luck *rand.Rand) {
	n := 5
	switch {
	case g.habit.diligent:
		n = 8
	case g.habit.shortToday && day == d.today, g.habit.quietDay && day == duty[3]:
		n = 2
	}
	for i := range n {
		k := kinds[categoryOf(nth*5+i)]
		at := day.Start().Add(9*time.Hour + 5*time.Minute + time.Duration(i*400/n)*time.Minute)
		disposed := at.Add(time.Duration(k.hours)*time.Hour/4 + time.Duration(luck.IntN(90))*time.Minute).Format("2006-01-02 15:04:05")
		if g.habit.slow && i == 0 && nth%4 == 1 {
			late := at.Add(time.Duration(k.hours+30) * time.Hour)
			disposed = late.Format("2006-01-02 15:04:05")
			if nth%8 == 5 {
				disposed = ""
			}
		}
		status := "有效"
		if g.habit.falsified && day == duty[2] && i == 0 {
			status = "虚假"
		}
		id := fmt.Sprintf("SX-%02d-%s-%d", g.number, day, i+1)
		d.items.add(id, g.id, g.member.Mobile, at, k.category, k.kind, k.kind+"问题", "", disposed, i%3 != 0, status)
	}
}

// categoryOf spreads a month's reports over the nine categories in the
// proportion of their monthly minima.
func categoryOf(n int) int {
	position := n * 37 % 90
	for i, k := range kinds {
		if position -= k.monthly; position < 0 {
			return i
		}
	}
	return 0
}

// collect is a day's household collection: a tenth of the households by the
// month's fourth last duty day.
func (d *diary) collect(g grid, day calendar.Date, nth, of int) {
	target := (g.households + 9) / 10
	if g.habit.fewHomes {
		target = target * 7 / 10
	}
	days := max(1, of-3)
	for i := nth * target / days; i < min(target, (nth+1)*target/days); i++ {
		at := day.Start().Add(10*time.Hour + time.Duration(i%40)*5*time.Minute)
		d.homes.add(g.id, fmt.Sprintf("H%02d-%04d", g.number, (int(day.Month())*target+i)%g.households), at, at.Add(20*time.Minute), true)
	}
}

// week lists the duty days of a day's week. The diary's first week may have
// begun before it: what is due in it is done in what is left of it.
func (d *diary) week(day calendar.Date) []calendar.Date {
	return d.dutyDays(max(d.first, day.Monday()), day.Sunday())
}

func (d *diary) dutyDays(from, to calendar.Date) []calendar.Date {
	var days []calendar.Date
	for _, day := range d.duty {
		if from <= day && day <= to {
			days = append(days, day)
		}
	}
	return days
}
