package scoring

import "github.com/shopspring/decimal"

// tally is a sum of decimals, exact whatever they are. Every sum of two
// decimals allocates; figures of a usual length are added as integers instead.
type tally struct {
	small int64           // in units of 10^-tallyPlaces
	rest  decimal.Decimal // of the figures that are longer
}

const (
	tallyPlaces = 4
	tallyDigits = 10 // and far fewer figures than could overflow an int64
)

var tens = [tallyPlaces + 1]int64{1, 10, 100, 1000, 10_000}

func (t *tally) add(d decimal.Decimal) {
	places := -d.Exponent()
	if places < 0 || places > tallyPlaces || d.NumDigits() > tallyDigits {
		t.rest = t.rest.Add(d)
		return
	}
	t.small += d.CoefficientInt64() * tens[tallyPlaces-places]
}

func (t *tally) sum() decimal.Decimal {
	return plus(decimal.New(t.small, -tallyPlaces), t.rest)
}
