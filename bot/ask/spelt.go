package ask

import (
	"regexp"
	"strings"
)

// spelt are the words that people type as bare pinyin, or half of them: fenshu,
// 多shao. Only what consists of them wholly is read as Chinese.
var spelt = map[string]string{
	"wo": "我", "de": "的", "fen": "分", "shu": "数", "fenshu": "分数", "defen": "得分", "chengji": "成绩",
	"duo": "多", "shao": "少", "duoshao": "多少", "paiming": "排名", "ming": "名", "pai": "排", "di": "第", "ji": "几",
	"licheng": "里程", "gongli": "公里", "zoufang": "走访", "shangbao": "上报", "chaoqi": "超期", "shixiang": "事项",
	"koufen": "扣分", "kou": "扣", "quekou": "缺口", "hai": "还", "cha": "差", "shenme": "什么", "zoushi": "走势",
	"ben": "本", "shang": "上", "yue": "月", "zhou": "周", "jintian": "今天", "zuotian": "昨天", "bangzhu": "帮助",
	"jianbao": "简报",
}

// longestSpelt is the number of letters of the longest word, shangbao.
const longestSpelt = 8

var letters = regexp.MustCompile(`[a-z]+( [a-z]+)*`)

// unspelt writes bare pinyin as the words it stands for.
func unspelt(text string) string {
	return letters.ReplaceAllStringFunc(text, func(run string) string {
		if words, ok := wordsOf(strings.ReplaceAll(run, " ", "")); ok {
			return words
		}
		return run
	})
}

// wordsOf splits letters into words that are spelt, the longest first.
func wordsOf(letters string) (string, bool) {
	if letters == "" {
		return "", true
	}
	for n := min(len(letters), longestSpelt); n > 0; n-- {
		word, ok := spelt[letters[:n]]
		if !ok {
			continue
		}
		if rest, ok := wordsOf(letters[n:]); ok {
			return word + rest, true
		}
	}
	return "", false
}
