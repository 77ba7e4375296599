package sheet

import (
	"strings"
	"testing"
)

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
		{name: "too much for 64 bits", text: "18446744073709551617", wrong: "不能大于 1000"},
		{name: "next to nothing in a workbook", text: "1.5E-99", epoch: Excel1900, want: "0"},
		{name: "far too much", text: "99999999999999999999999999999999999999", wrong: "不能大于 1000"},
		{name: "far too much in a workbook", text: "9.9999999999999E+99", epoch: Excel1900, wrong: "不能大于 1000"},
		{name: "far too little", text: "-99999999999999999999", wrong: "不能小于 0"},
		{name: "less than nothing is nothing", text: "-0", want: "0"},
		{name: "without end", text: strings.Repeat("9", 10_000), wrong: "不是数字"},
		{name: "NaN", text: "NaN", wrong: "不是数字"},
		{name: "∞", text: "∞", wrong: "不是数字"},
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

func TestCoordinates(t *testing.T) {
	show := func(v float64) string { return numberOf(v) }
	check(t, degrees(73, 136, 3, 54), show, []reading{
		{name: "a longitude", text: "119.95", want: "119.95"},
		{name: "a latitude in its place", text: "31.7", wrong: "写反"},
		{name: "another country", text: "-73.9", wrong: "不在中国"},
		{name: "the edge of the country", text: "73", want: "73"},
		{name: "just beyond it", text: "72.999999", wrong: "不在中国"},
		{name: "zero, where a phone found no place", text: "0", wrong: "不在中国"},
		{name: "out of the world", text: "999", wrong: "不在中国"},
		{name: "an Excel number", text: "119.95000000000002", epoch: Excel1900, want: "119.95"},
		{name: "nothing", text: "NaN", wrong: "不是数字"},
	})
	check(t, metres(100), show, []reading{
		{name: "an accuracy", text: "12.5", want: "12.5"},
		{name: "no accuracy at all", text: "-1", wrong: "不能小于 0"},
		{name: "a useless one", text: "101", wrong: "不能大于 100"},
	})
}
