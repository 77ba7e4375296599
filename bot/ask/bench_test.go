package ask

import (
	"fmt"
	"testing"
)

// city is a directory of 10,000 grids in 500 communities, with 20,000 people.
func city() *Directory {
	const surnames, given = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", "安宁文远若溪明朗雨桐子牧清和南星以宁知行望舒采薇景行"
	first, second := []rune(surnames), []rune(given)
	var grids []Grid
	var people []Person
	for i := range 10_000 {
		community := fmt.Sprintf("%c%c里社区", second[i/20%20], second[i/400%25])
		id := fmt.Sprintf("CS-%05d", i+1)
		grids = append(grids, Grid{id, fmt.Sprintf("%s第%d网格", communityStem(community), i%20+1), community})
		for n := range 2 {
			name := string([]rune{first[i%20], second[(i/20+n)%26], second[(i/500+7*n)%26]})
			people = append(people, Person{name, id})
		}
	}
	return NewDirectory(grids, people, nil)
}

// BenchmarkRead is to be seen beside its yardstick, which only normalises the
// same texts: a text must be read in less than a millisecond.
func BenchmarkRead(b *testing.B) {
	r := newTestReader(b)
	texts := []string{"我的本月分数", "请问一下那个张三上个月的得分是多少呀", "我的本月芬数", "今天天气怎么样", "3号网格10月排第几"}
	for _, street := range []struct {
		name string
		*Directory
	}{{"14 grids", street()}, {"10000 grids", city()}} {
		c := onTuesday()
		c.Directory = street.Directory
		b.Run(street.name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				r.Read(texts[i%len(texts)], c)
			}
		})
	}
	b.Run("yardstick", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			normalise(texts[i%len(texts)], r.book.assistants)
		}
	})
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		newTestReader(b)
	}
}

func BenchmarkNewDirectoryOf10000Grids(b *testing.B) {
	for b.Loop() {
		city()
	}
}
