package sheet

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// reading is one cell and what becomes of it: a value, or a problem that
// contains the given words.
type reading struct {
	name  string
	text  string
	epoch Epoch
	want  string
	wrong string
}

func check[V any](t *testing.T, read func(cell) (V, error), show func(V) string, table []reading) {
	t.Helper()
	for _, tt := range table {
		t.Run(tt.name, func(t *testing.T) {
			v, err := read(cell{tt.text, tt.epoch})
			switch {
			case tt.wrong == "" && err != nil:
				t.Errorf("%q: %v", tt.text, err)
			case tt.wrong == "" && show(v) != tt.want:
				t.Errorf("%q is read as %s, want %s", tt.text, show(v), tt.want)
			case tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)):
				t.Errorf("%q: %v, want a problem with %q", tt.text, err, tt.wrong)
			}
		})
	}
}

func asText(s string) string { return s }

func asMark(yes bool) string {
	if yes {
		return "是"
	}
	return "否"
}

func TestMoment(t *testing.T) {
	show := func(at time.Time) string { return at.In(calendar.Shanghai).Format(time.RFC3339Nano) }
	check(t, moment, show, []reading{
		{name: "minutes are enough", text: "2026-10-08 09:30", want: "2026-10-08T09:30:00+08:00"},
		{name: "with seconds", text: "2026-10-08 09:30:15", want: "2026-10-08T09:30:15+08:00"},
		{name: "with its own zone", text: "2026-10-08T09:30:00+08:00", want: "2026-10-08T09:30:00+08:00"},
		{name: "of another zone", text: "2026-10-08T09:30:00Z", want: "2026-10-08T17:30:00+08:00"},
		{name: "west of Greenwich", text: "2026-10-08 09:30:00-0530", want: "2026-10-08T23:00:00+08:00"},
		{name: "with a T and no zone", text: "2026-10-08T09:30:00", want: "2026-10-08T09:30:00+08:00"},
		{name: "with slashes and short", text: "2026/10/8 9:30", want: "2026-10-08T09:30:00+08:00"},
		{name: "with dots", text: "2026.10.8 9:30", want: "2026-10-08T09:30:00+08:00"},
		{name: "in Chinese", text: "2026年10月8日 9:30", want: "2026-10-08T09:30:00+08:00"},
		{name: "in Chinese without a space", text: "2026年10月8日9:30", want: "2026-10-08T09:30:00+08:00"},
		{name: "full-width", text: "　２０２６－１０－０８　０９：３０ ", want: "2026-10-08T09:30:00+08:00"},
		{name: "stray spaces", text: "2026 - 10 - 08  09 : 30", want: "2026-10-08T09:30:00+08:00"},
		{name: "fractions of a second", text: "2026-10-08 09:30:00.125", want: "2026-10-08T09:30:00.125+08:00"},
		{name: "finer than the database", text: "2026-10-08 09:30:00.123456789", want: "2026-10-08T09:30:00.123457+08:00"},
		{name: "an Excel date and time", text: "46303.395833333336", epoch: Excel1900, want: "2026-10-08T09:30:00+08:00"},
		{name: "an Excel time a hair short", text: "46303.39583333", epoch: Excel1900, want: "2026-10-08T09:30:00+08:00"},
		{name: "an Excel date alone", text: "46303", epoch: Excel1900, want: "2026-10-08T00:00:00+08:00"},
		{name: "an old Mac's Excel date", text: "44841.395833333336", epoch: Excel1904, want: "2026-10-08T09:30:00+08:00"},
		{name: "a number in a CSV file", text: "46303.395833333336", wrong: "不是时间"},
		{name: "a date alone", text: "2026-10-08", wrong: "几点几分"},
		{name: "date and time run together", text: "2026-10-0809:30", wrong: "不是时间"},
		{name: "a day there is not", text: "2026-02-30 09:30", wrong: "不是时间"},
		{name: "an hour there is not", text: "2026-10-08 24:00", wrong: "不是时间"},
		{name: "a minute there is not", text: "2026-10-08 09:60", wrong: "不是时间"},
		{name: "a zone there is not", text: "2026-10-08T09:30:00+25:00", wrong: "不是时间"},
		{name: "before the street had computers", text: "1999-12-31 23:59", wrong: "年份"},
		{name: "its first moment", text: "2000-01-01 00:00", want: "2000-01-01T00:00:00+08:00"},
		{name: "its last moment", text: "2100-12-31 23:59:59", want: "2100-12-31T23:59:59+08:00"},
		{name: "after that", text: "2101-01-01 00:00", wrong: "年份"},
		{name: "an Excel time without a day", text: "0.395833", epoch: Excel1900, wrong: "年份"},
		{name: "words", text: "昨天上午", wrong: "不是时间"},
	})
}

func TestDay(t *testing.T) {
	check(t, day, calendar.Date.String, []reading{
		{name: "hyphens", text: "2026-10-08", want: "2026-10-08"},
		{name: "slashes", text: "2026/10/8", want: "2026-10-08"},
		{name: "dots", text: "2026.10.8", want: "2026-10-08"},
		{name: "Chinese", text: "2026年10月8日", want: "2026-10-08"},
		{name: "full-width", text: "２０２６／１０／８", want: "2026-10-08"},
		{name: "full-width dots", text: "２０２６．１０．８", want: "2026-10-08"},
		{name: "an Excel date", text: "46303", epoch: Excel1900, want: "2026-10-08"},
		{name: "an Excel date as a float", text: "46303.0", epoch: Excel1900, want: "2026-10-08"},
		{name: "an old Mac's Excel date", text: "44841", epoch: Excel1904, want: "2026-10-08"},
		{name: "midnight is the day", text: "2026-10-08 00:00:00", want: "2026-10-08"},
		{name: "a time of day is too much", text: "2026-10-08 09:30", wrong: "只写日期"},
		{name: "an Excel time of day is too much", text: "46303.5", epoch: Excel1900, wrong: "只写日期"},
		{name: "leap day", text: "2028-02-29", want: "2028-02-29"},
		{name: "no leap day", text: "2026-02-29", wrong: "不是日期"},
		{name: "mixed separators", text: "2026-10/08", wrong: "不是日期"},
		{name: "half Chinese", text: "2026年10月8", wrong: "不是日期"},
		{name: "month 13", text: "2026-13-01", wrong: "不是日期"},
		{name: "day 0", text: "2026-10-00", wrong: "不是日期"},
		{name: "a number in a CSV file", text: "46303", wrong: "不是日期"},
		{name: "digits alone", text: "20261008", wrong: "不是日期"},
		{name: "out of any sense", text: "1026-10-08", wrong: "年份"},
		{name: "a number no date can be", text: "1e300", epoch: Excel1900, wrong: "不是日期"},
	})
}

func TestNumbers(t *testing.T) {
	check(t, between(0, 1000), numberText, []reading{
		{name: "exact", text: "1.32", want: "1.32"},
		{name: "trailing zeros mean nothing", text: "1.320", want: "1.32"},
		{name: "full-width", text: "１．３２", want: "1.32"},
		{name: "stray spaces", text: " 1 . 32 ", want: "1.32"},
		{name: "Excel's noise is rounded off", text: "1.3200000000000001", epoch: Excel1900, want: "1.32"},
		{name: "Excel's noise from below", text: "0.28999999999999998", epoch: Excel1900, want: "0.29"},
		{name: "Excel's small numbers", text: "5.0000000000000001E-3", epoch: Excel1900, want: "0.005"},
		{name: "a CSV file means every digit", text: "1.3200000000000001", want: "1.3200000000000001"},
		{name: "no exponent in a CSV file", text: "1e2", wrong: "不是数字"},
		{name: "a monstrous exponent", text: "1E+999999999", epoch: Excel1900, wrong: "不是数字"},
		{name: "below zero", text: "-0.1", wrong: "不能小于 0"},
		{name: "too much", text: "1000.1", wrong: "不能大于 1000"},
		{name: "the most there can be", text: "1000", want: "1000"},
		{name: "NaN", text: "NaN", wrong: "不是数字"},
		{name: "infinity", text: "Inf", epoch: Excel1900, wrong: "不是数字"},
		{name: "with a unit", text: "1.3公里", wrong: "不是数字"},
		{name: "hexadecimal", text: "0x10", wrong: "不是数字"},
		{name: "thousands", text: "1,000", wrong: "不是数字"},
	})
}

func TestWholeNumbers(t *testing.T) {
	check(t, func(c cell) (string, error) {
		n, err := count(100)(c)
		return numberOf(n), err
	}, asText, []reading{
		{name: "whole", text: "3", want: "3"},
		{name: "whole, as Excel may say it", text: "3.0", want: "3"},
		{name: "zero", text: "0", want: "0"},
		{name: "a fraction", text: "2.5", wrong: "整数"},
		{name: "negative", text: "-1", wrong: "不能小于 0"},
		{name: "too many", text: "101", wrong: "不能大于 100"},
		{name: "empty-looking", text: "-", wrong: "不是数字"},
	})
}

func TestPositive(t *testing.T) {
	check(t, positive(10), numberText, []reading{
		{name: "half an hour", text: "0.5", want: "0.5"},
		{name: "nothing", text: "0", wrong: "大于 0"},
		{name: "less than nothing", text: "-1", wrong: "不能小于 0"},
	})
}

func TestMobile(t *testing.T) {
	check(t, mobile, asText, []reading{
		{name: "11 digits", text: "13800000001", want: "13800000001"},
		{name: "with the country", text: "+8613800000001", want: "13800000001"},
		{name: "with the country and spaces", text: "+86 138 0000 0001", want: "13800000001"},
		{name: "with the country and no plus", text: "8613800000001", want: "13800000001"},
		{name: "with hyphens", text: "138-0000-0001", want: "13800000001"},
		{name: "full-width", text: "１３８０００００００１", want: "13800000001"},
		{name: "an Excel number", text: "13800000001", epoch: Excel1900, want: "13800000001"},
		{name: "an Excel float", text: "1.3800000001E10", epoch: Excel1900, want: "13800000001"},
		{name: "an Excel number with a fraction of zero", text: "13800000001.0", epoch: Excel1900, want: "13800000001"},
		{name: "an invisible mark of a chat", text: "\u200e13800000001\u200b", want: "13800000001"},
		{name: "10 digits", text: "1380000000", wrong: "11 位"},
		{name: "12 digits", text: "138000000011", wrong: "11 位"},
		{name: "a landline", text: "05198888888", wrong: "11 位"},
		{name: "letters", text: "1380000000O", wrong: "11 位"},
	})
}

func TestIdentifier(t *testing.T) {
	check(t, identifier, asText, []reading{
		{name: "as it stands", text: "NXS-03", want: "NXS-03"},
		{name: "spaces around it", text: "\u00a0 NXS-03\t", want: "NXS-03"},
		{name: "full-width", text: "ＮＸＳ－０３", want: "NXS-03"},
		{name: "zeros in front stay", text: "007", want: "007"},
		{name: "18 digits as text", text: "320412199001011234", epoch: Excel1900, want: "320412199001011234"},
		{name: "a short number Excel made scientific", text: "1.2E+3", epoch: Excel1900, want: "1200"},
		{name: "a long number Excel made scientific", text: "3.20412199001011E+17", epoch: Excel1900, wrong: "科学计数法"},
		{name: "a line break", text: "NXS\n03", wrong: "换行"},
		{name: "a control character", text: "NXS\x0003", wrong: "看不见"},
		{name: "endless", text: strings.Repeat("x", 65), wrong: "太长"},
	})
}

func TestProse(t *testing.T) {
	check(t, prose, asText, []reading{
		{name: "keeps its own punctuation", text: " 老人在家，一切正常。１人 ", want: "老人在家，一切正常。１人"},
		{name: "keeps its lines", text: "第一\n第二", want: "第一\n第二"},
		{name: "no control characters", text: "a\x00b", wrong: "看不见"},
		{name: "2000 characters", text: strings.Repeat("走", 2000), want: strings.Repeat("走", 2000)},
		{name: "one more", text: strings.Repeat("走", 2001), wrong: "2001 个字，最多 2000"},
	})
}

func TestMarks(t *testing.T) {
	check(t, mark, asMark, []reading{
		{name: "是", text: " 是 ", want: "是"},
		{name: "Y", text: "y", want: "是"},
		{name: "1", text: "１", want: "是"},
		{name: "true", text: "True", want: "是"},
		{name: "否", text: "否", want: "否"},
		{name: "N", text: "N", want: "否"},
		{name: "0", text: "0", want: "否"},
		{name: "false", text: "FALSE", want: "否"},
		{name: "anything else", text: "有", wrong: "是 或 否"},
	})
	check(t, markOrName, asMark, []reading{
		{name: "a name stands for 是", text: "王 芳", want: "是"},
		{name: "是 itself", text: "是", want: "是"},
		{name: "否 itself", text: "否", want: "否"},
		{name: "nobody", text: "暂无", want: "否"},
	})
}

func TestChoices(t *testing.T) {
	check(t, oneOf("出席", "迟到"), asText, []reading{
		{name: "a word of the list", text: " 出 席 ", want: "出席"},
		{name: "another word", text: "早退", wrong: "只能填：出席、迟到"},
	})
	check(t, func(c cell) (string, error) {
		d, err := datum(c)
		return string(d), err
	}, asText, []reading{
		{name: "without the hyphen", text: "WGS84", want: "WGS84"},
		{name: "with the hyphen", text: "gcj-02", want: "GCJ02"},
		{name: "another", text: "BD09", wrong: "只能填"},
	})
}

func TestListsInOneCell(t *testing.T) {
	for _, text := range []string{"A、B", "A，B", "A,B", "A；B", "A;B", "A/B", " A 、、 B、A、"} {
		got, err := listOf(identifier)(cell{text: text})
		if diff := cmp.Diff([]string{"A", "B"}, got); err != nil || diff != "" {
			t.Errorf("%q: %v %s", text, err, diff)
		}
	}
}

func TestCoordinates(t *testing.T) {
	show := func(v float64) string { return numberOf(v) }
	check(t, degrees(73, 136, 3, 54), show, []reading{
		{name: "a longitude", text: "119.95", want: "119.95"},
		{name: "a latitude in its place", text: "31.7", wrong: "写反"},
		{name: "another country", text: "-73.9", wrong: "不在中国"},
		{name: "nothing", text: "NaN", wrong: "不是数字"},
	})
}

func TestBoundaryProblemsAreSaidInChinese(t *testing.T) {
	show := func(b interface{ GeoJSON() string }) string { return b.GeoJSON() }
	read := func(c cell) (interface{ GeoJSON() string }, error) { return boundary(c) }
	check(t, read, show, []reading{
		{name: "a square", text: "POLYGON((119.9 31.7,119.91 31.7,119.91 31.71,119.9 31.7))",
			want: `{"type":"Polygon","coordinates":[[[119.9,31.7],[119.91,31.7],[119.91,31.71],[119.9,31.7]]]}`},
		{name: "swapped", text: "POLYGON((31.7 119.9,31.7 119.91,31.71 119.91,31.7 119.9))", wrong: "写反"},
		{name: "elsewhere", text: "POLYGON((2 48,3 48,3 49,2 48))", wrong: "中国境内"},
		{name: "a point", text: `{"type":"Point","coordinates":[119.9,31.7]}`, wrong: "一个面"},
		{name: "words", text: "东到河边", wrong: "GeoJSON 或 WKT"},
	})
}

func TestDamagedCells(t *testing.T) {
	for _, tt := range []reading{
		{name: "bytes that are no text are named", text: "走\xff访", wrong: "0xFF"},
		{name: "what another program could not decode", text: "走\ufffd访", wrong: "无法识别的文字"},
		{name: "a failed formula", text: "#N/A", epoch: Excel1900, wrong: "公式"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := cell{tt.text, tt.epoch}.damaged()
			if err == nil || !strings.Contains(err.Error(), tt.wrong) {
				t.Errorf("%q: %v, want %q", tt.text, err, tt.wrong)
			}
		})
	}
}
