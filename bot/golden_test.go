package bot

import (
	"testing"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/bot/card/golden"
	"github.com/nanxiashu/gridbot/bot/stage/cardcheck"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// The people of the sample street who ask.
const (
	worker = "林晓禾" // 网格长 of NXS-02, which falls short today
	lead   = "顾长宁" // 社区负责人 of 云溪社区
	leader = "陆见川" // 街道领导
	admin  = "方予安" // 中心管理员
)

func period(s string) calendar.Period {
	p, err := calendar.ParsePeriod(s)
	if err != nil {
		panic(err)
	}
	return p
}

func TestCardsLookAsAgreed(t *testing.T) {
	records := sampleStreet(t)
	a := assistantOn(t, records)
	three, lastTwo := 3, -2
	for name, c := range map[string]struct {
		who   string
		group bool
		page  int
		ask.Question
	}{
		"my_score":                   {who: worker, Question: ask.Question{Meaning: ask.MyScore}},
		"my_score_in_a_group":        {who: worker, group: true, Question: ask.Question{Meaning: ask.MyScore}},
		"my_score_last_month":        {who: worker, Question: ask.Question{Meaning: ask.MyScore, Period: period("month:2026-10")}},
		"my_score_of_a_quarter":      {who: worker, Question: ask.Question{Meaning: ask.MyScore, Period: period("quarter:2026-Q4")}},
		"my_score_without_data":      {who: worker, Question: ask.Question{Meaning: ask.MyScore, Period: period("month:2025-10")}},
		"my_score_without_calendar":  {who: worker, Question: ask.Question{Meaning: ask.MyScore, Period: period("month:2019-10")}},
		"my_score_of_the_future":     {who: worker, Question: ask.Question{Meaning: ask.MyScore, Period: period("month:2026-12")}},
		"score_of_another_grid":      {who: lead, Question: ask.Question{Meaning: ask.ScoreOfGrid, Grid: "NXS-07"}},
		"score_of_a_grid_refused":    {who: worker, Question: ask.Question{Meaning: ask.ScoreOfGrid, Grid: "NXS-07"}},
		"score_of_a_grid_in_a_group": {who: leader, group: true, Question: ask.Question{Meaning: ask.ScoreOfGrid, Grid: "NXS-07"}},
		"shortfall":                  {who: worker, Question: ask.Question{Meaning: ask.Shortfall}},
		"shortfall_in_a_group":       {who: worker, group: true, Question: ask.Question{Meaning: ask.Shortfall}},
		"shortfall_of_last_month":    {who: worker, Question: ask.Question{Meaning: ask.Shortfall, Period: period("month:2026-10")}},
		"shortfall_of_a_community":   {who: lead, Question: ask.Question{Meaning: ask.Shortfall}},
		"deductions":                 {who: leader, Question: ask.Question{Meaning: ask.Deductions, Grid: "NXS-08", Period: period("month:2026-10")}},
		"deductions_of_a_quarter":    {who: worker, Question: ask.Question{Meaning: ask.Deductions, Period: period("quarter:2026-Q3")}},
		"ranking":                    {who: leader, Question: ask.Question{Meaning: ask.Ranking}},
		"ranking_page_2":             {who: leader, page: 1, Question: ask.Question{Meaning: ask.Ranking}},
		"ranking_of_others":          {who: lead, Question: ask.Question{Meaning: ask.Ranking}},
		"ranking_of_a_community":     {who: leader, Question: ask.Question{Meaning: ask.Ranking, Community: "梧桐社区"}},
		"ranking_of_a_quarter":       {who: leader, Question: ask.Question{Meaning: ask.Ranking, Period: period("quarter:2026-Q3")}},
		"ranking_top_3":              {who: leader, Question: ask.Question{Meaning: ask.Ranking, Top: &three}},
		"ranking_last_2":             {who: leader, Question: ask.Question{Meaning: ask.Ranking, Top: &lastTwo}},
		"ranking_place_3":            {who: leader, Question: ask.Question{Meaning: ask.Ranking, Top: &three, Place: true}},
		"ranking_second_to_last":     {who: leader, Question: ask.Question{Meaning: ask.Ranking, Top: &lastTwo, Place: true}},
		"ranking_in_a_group":         {who: leader, group: true, Question: ask.Question{Meaning: ask.Ranking}},
		"my_rank":                    {who: worker, Question: ask.Question{Meaning: ask.MyRank}},
		"visits":                     {who: worker, Question: ask.Question{Meaning: ask.Visits}},
		"visits_of_a_day":            {who: worker, Question: ask.Question{Meaning: ask.Visits, Period: period("day:2026-11-20")}},
		"mileage":                    {who: worker, Question: ask.Question{Meaning: ask.Mileage}},
		"mileage_of_a_month":         {who: worker, Question: ask.Question{Meaning: ask.Mileage, Period: period("month:2026-11")}},
		"mileage_of_last_month":      {who: worker, Question: ask.Question{Meaning: ask.Mileage, Period: period("month:2026-10")}},
		"mileage_of_last_week":       {who: worker, Question: ask.Question{Meaning: ask.Mileage, Period: period("week:2026-11-16")}},
		"items":                      {who: worker, Question: ask.Question{Meaning: ask.Items}},
		"overdue":                    {who: leader, Question: ask.Question{Meaning: ask.Overdue, Grid: "NXS-04"}},
		"overdue_in_a_group":         {who: "吴若溪", group: true, Question: ask.Question{Meaning: ask.Overdue}},
		"trend":                      {who: worker, Question: ask.Question{Meaning: ask.Trend}},
		"overview":                   {who: leader, Question: ask.Question{Meaning: ask.Overview}},
		"overview_in_a_group":        {who: lead, group: true, Question: ask.Question{Meaning: ask.Overview}},
		"which_grid":                 {who: lead, Question: ask.Question{Meaning: ask.Visits}},
		"bulletin":                   {who: leader, Question: ask.Question{Meaning: ask.Bulletin}},
		"appeal":                     {who: worker, Question: ask.Question{Meaning: ask.Unknown, Topic: "appeal"}},
		"rule":                       {who: worker, Question: ask.Question{Meaning: ask.RuleLookup, Topic: string(scoring.ClauseReportingDaily)}},
		"rule_of_a_section":          {who: worker, Question: ask.Question{Meaning: ask.RuleLookup, Topic: string(scoring.Attendance)}},
		"who_am_i":                   {who: worker, Question: ask.Question{Meaning: ask.WhoAmI}},
		"help_of_a_worker":           {who: worker, Question: ask.Question{Meaning: ask.Help}},
		"help_of_a_leader":           {who: admin, Question: ask.Question{Meaning: ask.Help}},
		"not_understood":             {who: worker, Question: ask.Question{Meaning: ask.Unknown, Suggestions: []string{"我的分数", "本月排名"}}},
	} {
		t.Run(name, func(t *testing.T) {
			q, err := a.asking(t.Context(), personOf(t, records, c.who), c.group, now)
			if err != nil {
				t.Fatal(err)
			}
			q.Question, q.page, q.turner = c.Question, c.page, "ou_asker"
			q.Sure = c.Meaning != ask.Unknown
			answered, err := a.answer(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			goldenCard(t, name, answered)
		})
	}
}

// goldenCard compares a card with its golden files, and has the platform's
// stand-in look at it.
func goldenCard(t *testing.T, name string, c card.Card) {
	t.Helper()
	raw, err := c.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if refusal := cardcheck.Check(raw, cardcheck.Directory{}); refusal != nil {
		t.Errorf("the platform would refuse it: %s", refusal)
	}
	if size := card.Size(raw); size > card.MaxBytes {
		t.Errorf("%d bytes", size)
	}
	golden.JSON(t, name+".golden.json", raw)
	golden.Text(t, name+".golden.txt", c.Text())
}
