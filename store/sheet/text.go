package sheet

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nanxiashu/gridbot/scoring/track"
)

// The longest texts, in characters.
const (
	maxID    = 64
	maxName  = 200
	maxProse = 2000
	maxList  = 200 // entries of one cell
)

// identifier reads a number by which something is known. It stays on one line,
// as it is compared, printed and typed.
func identifier(c cell) (string, error) {
	id := c.tidy()
	if c.epoch != NoSerials && strings.ContainsAny(id, "Ee") && scientific.MatchString(id) {
		n, err := number(c)
		if err != nil || !n.IsInteger() || n.NumDigits() > excelDigits {
			return "", problem("编号太长，被 Excel 变成了科学计数法，请把这一列设为文本后重新填写")
		}
		id = n.String()
	}
	return oneLine(id, maxID)
}

// name reads what something or somebody is called. Spaces that set short
// Chinese names as wide as long ones (张　三) are no part of them.
func name(c cell) (string, error) {
	var b strings.Builder
	for word := range strings.FieldsFuncSeq(c.tidy(), func(r rune) bool { return r == ' ' }) {
		before, _ := utf8.DecodeLastRuneInString(b.String())
		after, _ := utf8.DecodeRuneInString(word)
		if b.Len() > 0 && !(unicode.Is(unicode.Han, before) && unicode.Is(unicode.Han, after)) {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return oneLine(b.String(), maxName)
}

func oneLine(s string, longest int) (string, error) {
	if strings.ContainsFunc(s, unicode.IsControl) {
		return "", problem("中间有换行或看不见的字符")
	}
	return s, notLonger(s, longest)
}

// prose reads free text: its punctuation and its lines are the writer's own.
func prose(c cell) (string, error) {
	s := strings.TrimSpace(c.text)
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }) {
		return "", problem("中间有看不见的字符")
	}
	return s, notLonger(s, maxProse)
}

func notLonger(s string, longest int) error {
	if n := utf8.RuneCountInString(s); n > longest {
		return problemf("太长了：%d 个字，最多 %d 个", n, longest)
	}
	return nil
}

var (
	mobilePrefix  = regexp.MustCompile(`^(?:\+|00)?86(1\d{10})$`)
	mobileFilling = strings.NewReplacer("-", "", "(", "", ")", "")
)

// mobile reads a mobile number of 11 digits, with or without +86, as text or
// as a number of Excel.
func mobile(c cell) (string, error) {
	if isMobile(c.text) {
		return c.text, nil
	}
	s := mobileFilling.Replace(c.compact())
	if c.epoch != NoSerials {
		if n, err := number(cell{s, c.epoch}); err == nil && n.IsInteger() {
			s = n.String()
		}
	}
	s = mobilePrefix.ReplaceAllString(s, "$1")
	if !isMobile(s) {
		return "", problem("不是 11 位的手机号")
	}
	return s, nil
}

func isMobile(s string) bool {
	return len(s) == 11 && s[0] == '1' && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// mark reads 是 or 否.
func mark(c cell) (bool, error) {
	switch strings.ToUpper(c.compact()) {
	case "是", "Y", "YES", "1", "TRUE":
		return true, nil
	case "否", "N", "NO", "0", "FALSE":
		return false, nil
	}
	return false, problem("只能填 是 或 否")
}

// markOrName reads 是, 否, or the name of whoever it is, which is 是 as well.
func markOrName(c cell) (bool, error) {
	if yes, err := mark(c); err == nil {
		return yes, nil
	}
	switch s := c.compact(); s {
	case "无", "没有", "暂无", "未定", "待定", "未指定", "-", "/":
		return false, nil
	default:
		_, err := oneLine(s, maxName)
		return true, err
	}
}

// oneOf reads one of the given words.
func oneOf[S ~string](words ...S) func(cell) (S, error) {
	return func(c cell) (S, error) {
		word := S(c.compact())
		if !slices.Contains(words, word) {
			return "", problem("只能填：" + joined(words))
		}
		return word, nil
	}
}

func joined[S ~string](words []S) string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = string(w)
	}
	return strings.Join(list, "、")
}

// datum reads a coordinate system, with or without the hyphen.
func datum(c cell) (track.Datum, error) {
	c.text = strings.ToUpper(strings.ReplaceAll(c.compact(), "-", ""))
	return oneOf(track.WGS84, track.GCJ02)(c)
}

// listOf reads several values in one cell, each once.
func listOf(read func(cell) (string, error)) func(cell) ([]string, error) {
	return func(c cell) ([]string, error) {
		var list []string
		for entry := range strings.FieldsFuncSeq(c.tidy(), func(r rune) bool { return strings.ContainsRune("、,;/", r) }) {
			if blank(entry) {
				continue
			}
			value, err := read(cell{entry, c.epoch})
			if err != nil {
				return nil, err
			}
			if !slices.Contains(list, value) {
				list = append(list, value)
			}
			if len(list) > maxList {
				return nil, problemf("一格里最多写 %d 个", maxList)
			}
		}
		return list, nil
	}
}

// boundaryProblems says in Chinese what [track.ParseBoundary] found.
var boundaryProblems = []struct {
	err   error
	words problem
}{
	{track.ErrSwapped, "经度和纬度写反了，应当先写经度"},
	{track.ErrRange, "有的点不在中国境内，请用 WGS-84 的经纬度"},
	{track.ErrRing, "边界的每一圈至少要有三个不同的角点，围成一块面积"},
	{track.ErrVertices, "边界的点太多了，最多 10000 个"},
	{track.ErrExtent, "边界的长或宽超过 50 公里，不像一个网格"},
	{track.ErrNotPolygon, "边界要是一个面（Polygon 或 MultiPolygon）"},
}

// boundary reads the outline of a grid.
func boundary(c cell) (*track.Boundary, error) {
	b, err := track.ParseBoundary(c.tidy())
	if err == nil {
		return b, nil
	}
	for _, p := range boundaryProblems {
		if errors.Is(err, p.err) {
			return nil, p.words
		}
	}
	return nil, problem("读不出边界，请填 GeoJSON 或 WKT")
}
