package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// hamlet has three grids in two communities, whose totals of October and whose
// items are all different, so that any of them is recognised on a card.
var hamlet = sheets{
	sheet.Grids: `网格编号,网格名称,社区,总户数
G1,一号网格,东社区,300
G2,二号网格,东社区,300
G3,三号网格,西社区,300`,
	sheet.People: `姓名,手机号,角色,网格编号,社区,open_id,在岗
东一长,13800000001,网格长,G1,,ou_chief,是
东一员,13800000002,网格员,G1,,ou_member,是
东二长,13800000003,网格长,G2,,ou_chief2,是
东社长,13800000004,社区负责人,,东社区,ou_lead,是
街领导,13800000005,街道领导,,,ou_leader,是
管理员,13800000006,中心管理员,,,ou_admin,是
双格长,13800000007,网格长,G2、G3,,ou_both,是
离岗人,13800000008,网格员,G1,,ou_gone,否`,
	sheet.Concerns: `对象编号,网格编号,姓名,类别,重点,档案,列管日期
D1,G1,对象甲,精神病人,是,是,2026-01-01
D2,G3,对象乙,涉毒人员,是,否,2026-01-01`,
	sheet.HazardSites: `场所编号,网格编号,名称,列管日期
C1,G1,秘密仓库,2026-01-01`,
	sheet.Visits: `记录编号,网格编号,手机号,走访时间,图片数,对象编号,内容
V1,G1,13800000001,2026-10-20 10:00,1,D1,走访内容甲`,
	sheet.Patrols: `网格编号,手机号,日期,公里数,时长
G1,13800000001,2026-10-20,5.5,3`,
	sheet.Items: `事项编号,网格编号,手机号,上报时间,类别,标题,处置时限,处置时间
S0,G1,13800000001,2026-10-20 09:00,城市管理,十月的事项,2026-10-22 09:00,2026-10-21 09:00
S1,G1,13800000001,2026-11-23 09:00,城市管理,一号的事项,2026-11-24 09:00,
S2,G2,13800000003,2026-11-23 09:00,城市管理,二号的事项,2026-11-24 09:00,
S3,G3,13800000007,2026-11-23 09:00,城市管理,三号的事项,2026-11-24 09:00,`,
	sheet.Collections: `网格编号,户编号,采集时间,录入时间,完整
G1,H1,2026-10-10 10:00,2026-10-10 11:00,是
G2,H1,2026-10-10 10:00,2026-10-10 11:00,是
G2,H2,2026-10-10 10:00,2026-10-10 11:00,是`,
}

func hamletStore(t testing.TB) *store.Store {
	t.Helper()
	s := emptyStore(t)
	importSheets(t, s, hamlet, store.ImportOptions{Now: now, Through: map[sheet.Name]date{
		sheet.Visits: day("2026-11-22"), sheet.Patrols: day("2026-11-22"), sheet.Items: day("2026-11-22"),
	}})
	return s
}

// seen is what may be seen of each of the grids G1, G2, G3: everything, the
// sections, the total or nothing.
type seen [3]string

// The table of bot.md, for people who ask in private and in a group.
var whoSees = map[string]struct {
	openness       Openness
	who            string
	private, group seen
}{
	"a chief sees their own grid and nothing else":        {OpenOwn, "东一长", seen{"all", "-", "-"}, seen{"figures", "-", "-"}},
	"a member sees the same as the chief":                 {OpenOwn, "东一员", seen{"all", "-", "-"}, seen{"figures", "-", "-"}},
	"a chief of two grids sees both":                      {OpenOwn, "双格长", seen{"-", "all", "all"}, seen{"-", "figures", "figures"}},
	"a worker sees totals where they are open":            {OpenTotals, "东一长", seen{"all", "total", "total"}, seen{"figures", "total", "total"}},
	"a worker sees sections where they are open":          {OpenSections, "东一长", seen{"all", "sections", "sections"}, seen{"figures", "sections", "sections"}},
	"a community's lead sees own grids, totals of others": {OpenOwn, "东社长", seen{"all", "all", "total"}, seen{"figures", "figures", "total"}},
	"a street's leader sees everything":                   {OpenOwn, "街领导", seen{"all", "all", "all"}, seen{"figures", "figures", "figures"}},
	"the centre sees everything":                          {OpenOwn, "管理员", seen{"all", "all", "all"}, seen{"figures", "figures", "figures"}},
	"who is not in service sees nothing":                  {OpenSections, "离岗人", seen{"-", "-", "-"}, seen{"-", "-", "-"}},
}

var hamletGrids = []string{"G1", "G2", "G3"}

func TestNobodySeesMoreThanTheirRight(t *testing.T) {
	records := hamletStore(t)
	totals, titles := hamletSecrets(t, records)
	kept := openCache(t)
	for name, c := range whoSees {
		t.Run(name, func(t *testing.T) {
			a := assistantOn(t, records, func(d *Deps) { d.Openness, d.Cache = c.openness, kept })
			for _, group := range []bool{false, true} {
				sees := c.private
				if group {
					sees = c.group
				}
				for _, question := range everyQuestion() {
					shown := shown(t, a, personOf(t, records, c.who), group, question)
					place := fmt.Sprintf("%s of %q, group %v", question.Meaning, question.Grid, group)
					for i := range hamletGrids {
						if strings.Contains(shown, totals[i]) && sees[i] == "-" {
							t.Errorf("%s: shows the total of %s:\n%s", place, hamletGrids[i], shown)
						}
						if strings.Contains(shown, titles[i]) && (sees[i] != "all" || group) {
							t.Errorf("%s: shows an item of %s:\n%s", place, hamletGrids[i], shown)
						}
					}
					for _, secret := range []string{"对象甲", "对象乙", "秘密仓库", "走访内容甲"} {
						if strings.Contains(shown, secret) {
							t.Errorf("%s: names %s", place, secret)
						}
					}
				}
			}
		})
	}
}

func TestWhoMaySeeIsShown(t *testing.T) {
	records := hamletStore(t)
	totals, titles := hamletSecrets(t, records)
	kept := openCache(t)
	for name, c := range whoSees {
		t.Run(name, func(t *testing.T) {
			a := assistantOn(t, records, func(d *Deps) { d.Openness, d.Cache = c.openness, kept })
			who := personOf(t, records, c.who)
			for i, grid := range hamletGrids {
				question := ask.Question{Meaning: ask.ScoreOfGrid, Grid: grid, Period: period("month:2026-10")}
				private, group := shown(t, a, who, false, question), shown(t, a, who, true, question)
				items := shown(t, a, who, false, ask.Question{Meaning: ask.Overdue, Grid: grid})
				for _, check := range []struct {
					what        string
					shown, want bool
				}{
					{"the total in private", strings.Contains(private, totals[i]), c.private[i] != "-"},
					{"the total in a group", strings.Contains(group, totals[i]), c.group[i] != "-"},
					{"the sections in private", strings.Contains(private, "巡查走访"), c.private[i] == "all" || c.private[i] == "sections"},
					{"the sections in a group", strings.Contains(group, "巡查走访"), c.group[i] == "figures" || c.group[i] == "sections"},
					{"the items in private", strings.Contains(items, titles[i]), c.private[i] == "all"},
				} {
					if check.shown != check.want {
						t.Errorf("%s of %s: shown %v, want %v", check.what, grid, check.shown, check.want)
					}
				}
			}
		})
	}
}

func TestSomebodyUnknownIsToldWhomToTurnTo(t *testing.T) {
	a := assistantOn(t, hamletStore(t))
	for _, question := range everyQuestion() {
		text := shown(t, a, store.Person{}, false, question)
		if !strings.Contains(text, "请联系街道网格中心") || strings.Contains(text, "网格长") || strings.Contains(text, " 分") {
			t.Errorf("%s: %s", question.Meaning, text)
		}
	}
}

func TestTwoGridsAreAskedWhich(t *testing.T) {
	records := hamletStore(t)
	a := assistantOn(t, records)
	text := shown(t, a, personOf(t, records, "双格长"), false, ask.Question{Meaning: ask.MyScore})
	if !strings.Contains(text, "二号网格") || !strings.Contains(text, "三号网格") || !strings.Contains(text, "哪个网格") {
		t.Error(text)
	}
}

// everyQuestion is every meaning about no grid, a community and a person, and
// those about a grid about each, in October and now.
func everyQuestion() []ask.Question {
	var questions []ask.Question
	for _, m := range ask.Meanings {
		october := ask.Question{Meaning: m, Period: period("month:2026-10")}
		quarter := ask.Question{Meaning: m, Period: period("quarter:2026-Q4")}
		questions = append(questions, ask.Question{Meaning: m}, october, quarter,
			ask.Question{Meaning: m, Community: "东社区"}, ask.Question{Meaning: m, Person: "东二长"})
		if _, about := needs[m]; !about {
			continue
		}
		for _, grid := range hamletGrids {
			now := ask.Question{Meaning: m, Grid: grid}
			october.Grid, quarter.Grid = grid, grid
			questions = append(questions, now, october, quarter)
		}
	}
	return questions
}

// shown is everything that is on the answer's card, also what its buttons carry.
func shown(t *testing.T, a *Assistant, who store.Person, group bool, question ask.Question) string {
	t.Helper()
	q, err := a.asking(t.Context(), who, group, now)
	if err != nil {
		t.Fatal(err)
	}
	q.Question = question
	q.Sure = true
	c, err := a.answer(t.Context(), q)
	if err != nil {
		t.Fatalf("%s: %v", question.Meaning, err)
	}
	raw, err := c.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return c.Text() + string(raw)
}

// hamletSecrets are each grid's total of October and the title of its item.
func hamletSecrets(t *testing.T, records Records) (totals, titles []string) {
	t.Helper()
	results, err := assistantOn(t, records).Scores.All(t.Context(), day("2026-10-01").Month(), now)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if slices.Contains(totals, points(r.Score)) {
			t.Fatalf("two grids have the total %s: it cannot be told whose it is", points(r.Score))
		}
		totals = append(totals, points(r.Score))
	}
	return totals, []string{"一号的事项", "二号的事项", "三号的事项"}
}
