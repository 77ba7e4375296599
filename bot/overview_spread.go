package bot

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
)

// bands are the totals from which on a grid is counted together with its like,
// the best first; below the last are the rest.
var bands = []int64{100, 95, 90, 80}

// spread is a picture of how many grids have which totals: it names none, and
// stays as small for 300 grids as for 12. There must be rows.
func spread(rows []scoring.Ranked) card.Chart {
	counts := make([]int64, len(bands)+1)
	for _, r := range rows {
		counts[band(r.Total)]++
	}
	for counts[len(counts)-1] == 0 {
		counts = counts[:len(counts)-1]
	}
	chart := card.Chart{Kind: card.BarChart, Title: "各分数段的网格数"}
	for i, n := range counts {
		chart.Points = append(chart.Points, card.Point{Name: bandName(i), Value: decimal.NewFromInt(n), Series: "网格数"})
	}
	return chart
}

func band(total scoring.Points) int {
	for i, from := range bands {
		if total.GreaterThanOrEqual(decimal.NewFromInt(from)) {
			return i
		}
	}
	return len(bands)
}

func bandName(i int) string {
	switch i {
	case 0:
		return fmt.Sprintf("%d 分及以上", bands[0])
	case len(bands):
		return fmt.Sprintf("不到 %d 分", bands[i-1])
	}
	return fmt.Sprintf("%d 到 %d 分", bands[i], bands[i-1])
}
