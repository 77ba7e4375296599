package ask

import (
	"slices"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// datesAt offers the periods that begin at text[i] with a number: 10月份, 2026年,
// 第三季度, 23号, 周三, 2026-10-23, 近3个月.
func datesAt(text []rune, i int, today calendar.Date, try func(token)) {
	offer := func(w when, end int) { try(token{end: end, cost: costToken, when: &w}) }
	if n, end, ok := number(text, i); ok {
		if isDigit(text[i]) {
			signedDate(text, n, end, offer)
		}
		for _, u := range dateUnits {
			if stop, ok := after(text, end, u.names...); ok && !gridFollows(text, stop) {
				offer(u.of(n, today), stop)
			}
		}
	}
	quarterAt(text, i, offer)
	weekdayAt(text, i, today, func(w when, end int) {
		try(token{end: end, cost: costToken + 1, when: &w}) // 本周一共 is no Monday
	})
	stretchAt(text, i, offer)
}

// dateUnit is what stands behind the number of a period.
type dateUnit struct {
	names []string
	of    func(n int, today calendar.Date) when
}

var dateUnits = []dateUnit{
	{[]string{"年度", "年份", "年"}, yearOf},
	{[]string{"季度", "季"}, quarterOf},
	{[]string{"月份", "月里", "月内", "月"}, monthOf},
	{[]string{"月初", "月头", "月中旬", "月上旬", "月下旬", "月底", "月尾", "月末", "年初", "年底", "年末"}, partOf},
	{[]string{"号", "日"}, dayOf},
}

// Years people write are of this century: 26年 is 2026.
func yearOf(n int, today calendar.Date) when {
	if n < 100 && n >= 20 {
		n += today.Month().Year() / 100 * 100
	}
	return when{year: n, none: n < 2000 || n > 2100}
}

func quarterOf(n int, _ calendar.Date) when { return when{quarter: n, none: n < 1 || n > 4} }
func monthOf(n int, _ calendar.Date) when   { return when{month: n, none: n < 1 || n > 12} }
func partOf(int, calendar.Date) when        { return when{none: true} }
func dayOf(n int, _ calendar.Date) when     { return when{day: n, none: n < 1 || n > 31} }

// quarterAt offers 第三季度 and Q3.
func quarterAt(text []rune, i int, offer func(when, int)) {
	start, ok := after(text, i, "第", "q")
	if !ok {
		return
	}
	n, end, ok := numeral(text, start)
	if ok && text[i] == '第' {
		end, ok = after(text, end, "季度")
	}
	if ok {
		offer(quarterOf(n, 0), end)
	}
}

// signedDate offers what digits alone say, or digits that dashes, slashes or dots
// join: 2026-10, 2026/10/23, 2026.10.23, 11-23, 20261023, 202610, 2026q3.
func signedDate(text []rune, n, end int, offer func(when, int)) {
	numbers := []int{n}
	for len(numbers) < 3 && end+1 < len(text) && slices.Contains(joints, text[end]) && isDigit(text[end+1]) {
		m, stop, ok := numeral(text, end+1)
		if !ok {
			return
		}
		numbers, end = append(numbers, m), stop
	}
	if stop, ok := after(text, end, "q", "-q"); ok && len(numbers) == 1 {
		if q, stop, ok := numeral(text, stop); ok {
			w := quarterOf(q, 0)
			w.year = n
			offer(w, stop)
		}
		return
	}
	if w, ok := signed(numbers); ok {
		w.none = w.none || slices.Contains(numbers, 0) || w.month < 1 || w.month > 12 || w.day > 31 ||
			w.year != 0 && yearOf(w.year, 0).none
		offer(w, end)
	}
}

var joints = []rune{'-', '/', '.'}

// signed makes a period of up to three numbers.
func signed(numbers []int) (w when, ok bool) {
	first := numbers[0]
	switch {
	case len(numbers) == 3:
		return when{year: first, month: numbers[1], day: numbers[2]}, true
	case len(numbers) == 2 && first > 100:
		return when{year: first, month: numbers[1]}, true
	case len(numbers) == 2:
		return when{month: first, day: numbers[1]}, true
	case first > 2000_00_00 && first < 2101_00_00:
		return when{year: first / 10000, month: first / 100 % 100, day: first % 100, none: first%100 == 0}, true
	case first > 2000_00 && first < 2101_00:
		return when{year: first / 100, month: first % 100}, true
	}
	return when{}, false
}

var (
	weekdays   = []rune("一二三四五六日天")
	weekFronts = []struct {
		name  string
		weeks int
	}{{"上上个", -2}, {"上上", -2}, {"上个", -1}, {"上", -1}, {"这个", 0}, {"这", 0}, {"本", 0}, {"下个", 1}, {"下", 1}}
)

// weekdayAt reads 周三, 上周三, 这个星期天.
func weekdayAt(text []rune, i int, today calendar.Date, offer func(when, int)) {
	var week calendar.Date
	for _, front := range weekFronts {
		if end, ok := after(text, i, front.name); ok {
			i, week = end, today.Monday()+calendar.Date(7*front.weeks)
			break
		}
	}
	end, ok := after(text, i, "周", "星期", "礼拜")
	if !ok || end >= len(text) || end+1 < len(text) && isChineseNumeral(text[end+1]) {
		return
	}
	if day := slices.Index(weekdays, text[end]); day >= 0 {
		offer(when{week: week, weekday: min(day+1, 7)}, end+1)
	}
}

var (
	stretchFronts = []string{"最近", "近", "过去", "前", "后", "这", "连续", "头", "未来", "最后"}
	stretchUnits  = []string{"个季度", "季度", "个月", "月", "个星期", "星期", "周", "个礼拜", "天", "日", "年", "个工作日", "小时"}
)

// stretchAt reads 近3个月 and 前三季度: spans that are no period.
func stretchAt(text []rune, i int, offer func(when, int)) {
	end, ok := after(text, i, stretchFronts...)
	if !ok {
		return
	}
	_, end, ok = numeral(text, end)
	if !ok {
		return
	}
	if end, ok = after(text, end, stretchUnits...); ok {
		offer(when{none: true}, end)
	}
}

// number is [numeral] where no longer number covers text[i]. A Chinese one may
// follow another: 张三三月.
func number(text []rune, i int) (n, end int, ok bool) {
	if i >= len(text) || i > 0 && isDigit(text[i]) && isDigit(text[i-1]) {
		return 0, i, false
	}
	n, end, ok = numeral(text, i)
	if end == i+1 && (text[i] == '陆' || text[i] == '伍') {
		return 0, i, false // 陆月 is somebody, not June
	}
	return n, end, ok
}

// after returns the index behind the first of the words that stands at text[i].
func after(text []rune, i int, words ...string) (int, bool) {
	for _, w := range words {
		end := i
		for _, r := range w {
			if end >= len(text) || text[end] != r {
				end = -1
				break
			}
			end++
		}
		if end > i {
			return end, true
		}
	}
	return i, false
}
