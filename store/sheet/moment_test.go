package sheet

import (
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

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
		{name: "no-break spaces of a web page", text: "2026-10-08\u00a009:30\u202f", want: "2026-10-08T09:30:00+08:00"},
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
		{name: "the first year of all", text: "0001-01-01 00:00", wrong: "要在 2000 到 2100 年之间"},
		{name: "the last year of all", text: "9999-12-31 23:59", wrong: "年份"},
		{name: "the last moment of another zone", text: "9999-12-31T23:59:59-14:00", wrong: "年份"},
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
		{name: "with a time, out of any sense", text: "1026-10-08 00:00", wrong: "年份"},
		{name: "the year alone, which Excel takes for a day of 1905", text: "2026", epoch: Excel1900, wrong: "年份"},
		{name: "digits alone in a workbook", text: "20261008", epoch: Excel1900, wrong: "不是日期"},
		{name: "a number no date can be", text: "1e300", epoch: Excel1900, wrong: "不是日期"},
	})
}

func TestListing(t *testing.T) {
	check(t, listing, calendar.Date.String, []reading{
		{name: "people were listed before there were computers", text: "1987-05-01", want: "1987-05-01"},
		{name: "never, as platforms write it", text: "9999-12-31", want: "9999-12-31"},
		{name: "never, as Excel writes it", text: "2958465", epoch: Excel1900, want: "9999-12-31"},
		{name: "before anything was listed", text: "1900-01-01", wrong: "要在 1950 到 9999 年之间"},
		{name: "the day after the last", text: "2958466", epoch: Excel1900, wrong: "不是日期"},
		{name: "a time of day is too much", text: "1987-05-01 09:30", wrong: "只写日期"},
	})
}
