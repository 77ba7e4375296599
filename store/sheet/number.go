package sheet

import (
	"regexp"

	"github.com/shopspring/decimal"
)

// excelDigits is how many digits of a number Excel keeps. It writes more of
// them (1.3200000000000001 for 1.32), which mean nothing.
const excelDigits = 15

const (
	maxDigits = 128 // of a number, more than any has
	maxScale  = 20  // digits behind the point
)

var (
	plain      = regexp.MustCompile(`^[+-]?(?:\d+(?:\.\d{0,20})?|\.\d{1,20})$`)
	scientific = regexp.MustCompile(`^[+-]?\d(?:\.\d{1,20})?[Ee][+-]?\d{1,2}$`)
)

// number reads a decimal, exactly; of a workbook's number the digits that
// Excel keeps. Equal numbers have equal representations.
func number(c cell) (decimal.Decimal, error) {
	if n, ok := small(c.text); ok {
		return decimal.NewFromInt(n), nil
	}
	s := c.compact()
	excel := c.epoch != NoSerials
	if len(s) > maxDigits || !plain.MatchString(s) && !(excel && scientific.MatchString(s)) {
		return decimal.Decimal{}, problem("不是数字")
	}
	n, err := decimal.NewFromString(s)
	if err != nil {
		return decimal.Decimal{}, problem("不是数字")
	}
	if excel {
		n = significant(n, excelDigits).Round(maxScale)
	}
	return decimal.NewFromString(n.String()) // 1.50 and 1.5 alike
}

// small reads a whole number of up to 9 plain digits, as most are.
func small(s string) (int64, bool) {
	if len(s) == 0 || len(s) > 9 {
		return 0, false
	}
	var n int64
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = 10*n + int64(s[i]-'0')
	}
	return n, true
}

// significant rounds n to its first digits.
func significant(n decimal.Decimal, digits int) decimal.Decimal {
	beyond := n.NumDigits() - digits
	if beyond <= 0 {
		return n
	}
	return n.Round(-n.Exponent() - int32(beyond))
}

// between reads a decimal of at least low and at most high.
func between(low, high int64) func(cell) (decimal.Decimal, error) {
	least, most := decimal.NewFromInt(low), decimal.NewFromInt(high)
	return func(c cell) (decimal.Decimal, error) {
		n, err := number(c)
		switch {
		case err != nil:
			return n, err
		case n.LessThan(least):
			return n, problemf("不能小于 %d", low)
		case n.GreaterThan(most):
			return n, problemf("不能大于 %d，请检查单位", high)
		}
		return n, nil
	}
}

// upTo reads a decimal from 0 to high, for a cell that may be empty.
func upTo(high int64) func(cell) (*decimal.Decimal, error) {
	read := between(0, high)
	return func(c cell) (*decimal.Decimal, error) {
		n, err := read(c)
		return &n, err
	}
}

// positive reads a decimal above 0 and at most high.
func positive(high int64) func(cell) (decimal.Decimal, error) {
	read := between(0, high)
	return func(c cell) (decimal.Decimal, error) {
		n, err := read(c)
		if err == nil && n.IsZero() {
			err = problem("要大于 0")
		}
		return n, err
	}
}

// count reads a whole number from 0 to high; 3.0 is one.
func count(high int64) func(cell) (int, error) {
	read := between(0, high)
	return func(c cell) (int, error) {
		n, err := read(c)
		if err == nil && !n.IsInteger() {
			err = problem("要是整数")
		}
		return int(n.IntPart()), err
	}
}

// degrees reads a coordinate between low and high; where it lies in the other
// coordinate's range, the two are probably swapped.
func degrees(low, high, otherLow, otherHigh float64) func(cell) (float64, error) {
	return func(c cell) (float64, error) {
		n, err := number(c)
		v := n.InexactFloat64()
		switch {
		case err != nil || v >= low && v <= high:
			return v, err
		case v >= otherLow && v <= otherHigh:
			return v, problem("经度和纬度好像写反了")
		}
		return v, problemf("不在中国境内（%v 到 %v 度）", low, high)
	}
}

// metres reads a length as it is measured, not to be counted with.
func metres(high int64) func(cell) (float64, error) {
	read := between(0, high)
	return func(c cell) (float64, error) {
		n, err := read(c)
		return n.InexactFloat64(), err
	}
}
