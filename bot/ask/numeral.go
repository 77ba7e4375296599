package ask

// longestNumeral bounds how many characters a number may have: enough for a
// year, a mistyped one, and 九千九百九十九.
const longestNumeral = 9

var chineseDigits = map[rune]int{
	'〇': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9,
}

var chineseUnits = map[rune]int{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000}

// numeral reads the number that begins at text[i], in Arabic or Chinese digits,
// and returns it with the index behind it; ok is false where none begins. The
// number takes all the digits there are, so 26 is never read out of 261. Nobody
// writes 一十月 for 十月: in 云溪一十月 there are two numbers.
func numeral(text []rune, i int) (n, end int, ok bool) {
	if i < len(text) && isDigit(text[i]) {
		return arabic(text, i)
	}
	end = i
	for end < len(text) && isChineseNumeral(text[end]) {
		end++
	}
	if end == i || end-i > longestNumeral || end-i > 1 && text[i] == '一' && text[i+1] == '十' {
		return 0, i, false
	}
	n, ok = chinese(text[i:end])
	return n, end, ok
}

func arabic(text []rune, i int) (n, end int, ok bool) {
	for end = i; end < len(text) && isDigit(text[end]); end++ {
		if end-i >= longestNumeral {
			return 0, i, false
		}
		n = 10*n + int(text[end]-'0')
	}
	return n, end, true
}

// chinese reads 十二, 二十一, 一百零五, and digits one by one as in 二〇二六.
func chinese(runes []rune) (int, bool) {
	total, digit, units := 0, -1, 0
	for _, r := range runes {
		if unit, ok := chineseUnits[r]; ok {
			if units != 0 && unit >= units {
				return 0, false // 十百
			}
			if digit <= 0 {
				digit = 1 // 十二
			}
			total, digit, units = total+digit*unit, -1, unit
			continue
		}
		switch d := chineseDigits[r]; {
		case digit <= 0:
			digit = d
		case units == 0:
			digit = 10*digit + d // 二六, a number read digit by digit
		default:
			return 0, false
		}
	}
	return total + max(digit, 0), true
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isChineseNumeral(r rune) bool {
	_, digit := chineseDigits[r]
	_, unit := chineseUnits[r]
	return digit || unit
}
