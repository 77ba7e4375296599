package ask

import "strings"

const highestTop = 1000

// topsAt offers 前十, 后五名, 最好的3个 and 垫底 where they begin at text[i].
func (b *phrasebook) topsAt(text []rune, i int, try func(token)) {
	b.topAt(text, i, b.best, 1, try)
	b.topAt(text, i, b.worst, -1, try)
	for top, words := range map[int][]string{1: b.first, -1: b.last} {
		if end, ok := after(text, i, words...); ok {
			try(token{end: end, cost: costToken, top: top, place: true})
		}
	}
}

func (b *phrasebook) topAt(text []rune, i int, fronts []string, sign int, try func(token)) {
	for _, front := range fronts {
		end, ok := after(text, i, front)
		if !ok {
			continue
		}
		if end < len(text) && text[end] == space {
			end++ // top 10
		}
		n, end, ok := number(text, end)
		if !ok || n < 1 || n > highestTop || strings.HasSuffix(front, "第") && gridFollows(text, end) {
			continue
		}
		place := strings.HasSuffix(front, "第")
		try(token{end: end, cost: costToken + 1, top: sign * n, place: place})
		if stop, ok := after(text, end, b.tails...); ok {
			try(token{end: stop, cost: costToken, top: sign * n, place: place})
		}
	}
}

// amountsAt offers 5分 and 8公里, which ask for nothing; the latter speaks of the
// distance all the same.
func (b *phrasebook) amountsAt(text []rune, i int, try func(token)) {
	_, number, ok := number(text, i)
	if !ok {
		return
	}
	if end, ok := after(text, number, b.units...); ok {
		amount := word{}
		if unit := b.words[string(text[number:end])]; unit != nil {
			amount.topic = unit.topic
		}
		try(token{end: end, cost: costToken, word: &amount})
	}
}
