package scoring

import (
	"errors"

	"github.com/shopspring/decimal"
)

// Limits of a number: generous for what a street counts, and small enough that
// no input can make the arithmetic slow.
const (
	maxDigits   = 128           // characters of a written number
	maxExponent = 128           // powers of ten, either way
	maxCount    = 1_000_000_000 // of persons, days, items, …
)

// The problems of a number.
var (
	errNoNumber   = errors.New("is no decimal number")
	errNoCount    = errors.New("must be a whole number")
	errTooLong    = errors.New("has too many digits")
	errOutOfRange = errors.New("is out of range")
)

// parseDecimal reads a number written as JSON writes numbers, exactly.
func parseDecimal(s []byte) (decimal.Decimal, error) {
	if len(s) > maxDigits {
		return decimal.Decimal{}, errTooLong
	}
	n, ok := splitNumber(s)
	switch {
	case !ok:
		return decimal.Decimal{}, errNoNumber
	case n.exponent < -maxExponent || n.exponent > maxExponent:
		return decimal.Decimal{}, errOutOfRange
	case n.digits > 18: // the coefficient does not fit an int64
		return decimal.NewFromString(string(s))
	case n.coefficient == 0:
		return decimal.Decimal{}, nil
	}
	return decimal.New(n.coefficient, int32(n.exponent)), nil
}

// parseCount reads a whole number, which may be written 3, 3.0 or 3e2.
func parseCount(s []byte) (int, error) {
	if n, ok := splitNumber(s); ok && n.exponent == 0 && n.digits < 10 {
		return int(n.coefficient), nil // as nearly every count is written
	}
	d, err := parseDecimal(s)
	switch {
	case err != nil:
		return 0, err
	case !d.IsInteger():
		return 0, errNoCount
	case d.Abs().GreaterThan(decimal.NewFromInt(maxCount)):
		return 0, errOutOfRange
	}
	return int(d.IntPart()), nil
}

// plus adds b to a. Most figures are 0, and then there is nothing to do.
func plus(a, b decimal.Decimal) decimal.Decimal {
	switch {
	case b.IsZero():
		return a
	case a.IsZero():
		return b
	}
	return a.Add(b)
}

// number is the parts of a written number: coefficient × 10^exponent. The
// coefficient is meaningless with more than 18 digits.
type number struct {
	coefficient int64
	digits      int
	exponent    int
}

// splitNumber takes a number apart by JSON's grammar: -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
func splitNumber(s []byte) (n number, ok bool) {
	negative := len(s) > 0 && s[0] == '-'
	if negative {
		s = s[1:]
	}
	whole := n.takeDigits(s)
	if whole == 0 || whole > 1 && s[0] == '0' {
		return n, false
	}
	s = s[whole:]
	if len(s) > 0 && s[0] == '.' {
		places := n.takeDigits(s[1:])
		if places == 0 {
			return n, false
		}
		n.exponent = -places
		s = s[1+places:]
	}
	if negative {
		n.coefficient = -n.coefficient
	}
	if len(s) == 0 {
		return n, true
	}
	power, ok := parsePower(s)
	n.exponent += power
	return n, ok
}

// takeDigits adds the leading digits of s to the coefficient and returns how
// many there are.
func (n *number) takeDigits(s []byte) int {
	i := 0
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		n.coefficient = n.coefficient*10 + int64(s[i]-'0')
		i++
	}
	n.digits += i
	return i
}

// parsePower reads e+12. It stops counting far beyond maxExponent.
func parsePower(s []byte) (power int, ok bool) {
	if s[0] != 'e' && s[0] != 'E' {
		return 0, false
	}
	s = s[1:]
	negative := len(s) > 0 && s[0] == '-'
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0, false
		}
		power = min(power*10+int(c-'0'), 1_000_000)
	}
	if negative {
		power = -power
	}
	return power, len(s) > 0
}
