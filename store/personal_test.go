package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/seal"
	"github.com/nanxiashu/gridbot/store/sheet"
)

const personalName = "欧阳示例"

// watchedPersons are n rows of 对象 with names of their own.
func watchedPersons(n int) sheets {
	text := "对象编号,网格编号,姓名,类别,重点,档案"
	for i := range n {
		text += fmt.Sprintf("\nP%04d,G1,%s%d,精神病人,是,是", i, personalName, i)
	}
	return sheets{sheet.Concerns: text}
}

func TestNoNameOfAPersonOfConcernIsInTheDatabase(t *testing.T) {
	s := settled(t)
	load(t, s, watchedPersons(3), store.ImportOptions{})
	renamed := watchedPersons(2) // the former names go into the history
	renamed[sheet.Concerns] = strings.ReplaceAll(renamed[sheet.Concerns], personalName, personalName+"甲")
	load(t, s, renamed, store.ImportOptions{})
	all := dump(t, s)
	if holds(all, personalName) {
		t.Error("a name is in the database")
	}
	if !strings.Contains(all, sealedNumber(t, s, "P0002")) || !holds(all, "一号网格") {
		t.Error("the dump does not hold what it should: it proves nothing")
	}
	exec(t, s, `update persons_of_concern set name = convert_to($1, 'UTF8')`, personalName)
	if !holds(dump(t, s), personalName) {
		t.Error("a name as it is would not be found: the test proves nothing")
	}
}

func TestSealedNamesTellWhatChanged(t *testing.T) {
	s := settled(t)
	load(t, s, watchedPersons(3), store.ImportOptions{})
	renamed := watchedPersons(4)
	renamed[sheet.Concerns] = strings.Replace(renamed[sheet.Concerns], personalName+"1", "另一位", 1)
	for _, step := range []struct {
		name                 string
		rows                 sheets
		added, changed, same int
	}{
		{"the same again", watchedPersons(3), 0, 0, 3},
		{"another name and another person", renamed, 1, 1, 2},
		{"that again", renamed, 0, 0, 4},
	} {
		r := load(t, s, step.rows, store.ImportOptions{})[sheet.Concerns]
		if r.New != step.added || r.Changed != step.changed || r.Same != step.same {
			t.Errorf("%s: %+v", step.name, r)
		}
	}
}

func TestARotationSealsEverythingWithTheCurrentKey(t *testing.T) {
	const many = 1201 // more than two batches
	older, newer := seal.NewKey(), seal.NewKey()
	s := withKeys(t, open(t), older)
	load(t, s, sheets{sheet.Grids: street[sheet.Grids]}, store.ImportOptions{})
	load(t, s, watchedPersons(many), store.ImportOptions{})

	both := withKeys(t, s, newer, older)
	if r := load(t, both, watchedPersons(many), store.ImportOptions{})[sheet.Concerns]; r.Same != many {
		t.Errorf("a new key alone changes names: %+v", r)
	}
	if n, err := both.Reseal(t.Context()); n != many || err != nil {
		t.Errorf("%d sealed anew, %v", n, err)
	}
	if n, err := both.Reseal(t.Context()); n != 0 || err != nil {
		t.Errorf("%d sealed anew a second time, %v", n, err)
	}
	alone := withKeys(t, s, newer)
	if r := load(t, alone, watchedPersons(many), store.ImportOptions{})[sheet.Concerns]; r.Same != many {
		t.Errorf("the older key is still needed: %+v", r)
	}
}

func TestARotationSealsTheHistoryTooAndGoesOnWhereItBrokeOff(t *testing.T) {
	const many = 1201 // more than two batches
	older, newer := seal.NewKey(), seal.NewKey()
	s := withKeys(t, open(t), older)
	load(t, s, sheets{sheet.Grids: street[sheet.Grids]}, store.ImportOptions{})
	load(t, s, watchedPersons(many), store.ImportOptions{})
	renamed := watchedPersons(many)
	renamed[sheet.Concerns] = strings.ReplaceAll(renamed[sheet.Concerns], personalName, "另一位")
	load(t, s, renamed, store.ImportOptions{})

	// The last of the history cannot be opened: what came before it is done.
	exec(t, s, `create table kept as select * from row_history order by id desc limit 1`)
	exec(t, s, `update row_history set before = before || '{"name": "\\x01"}' where id = (select id from kept)`)
	both := withKeys(t, s, newer, older)
	if n, err := both.Reseal(t.Context()); n != many+1000 || !errors.Is(err, seal.ErrBroken) {
		t.Errorf("%d sealed anew, %v", n, err)
	}
	exec(t, s, `update row_history h set before = k.before from kept k where h.id = k.id`)
	for _, want := range []int{many - 1000, 0} {
		if n, err := both.Reseal(t.Context()); n != want || err != nil {
			t.Errorf("%d sealed anew, want %d: %v", n, want, err)
		}
	}
	ring, err := seal.NewRing(newer)
	if err != nil {
		t.Fatal(err)
	}
	column := ring.Column("persons_of_concern", "name")
	rows, err := s.Pool().Query(t.Context(), `
		select before ->> 'number', (before ->> 'name')::bytea from row_history where sheet = '对象'`)
	if err != nil {
		t.Fatal(err)
	}
	numbers := dataKey(t, s, ring).Domain("numbers")
	var person string
	var sealed []byte
	opened := 0
	if _, err := pgx.ForEachRow(rows, []any{&person, &sealed}, func() error {
		person, err := numbers.Open(person)
		if err != nil {
			return err
		}
		name, err := column.Open(person, sealed)
		if strings.HasPrefix(name, personalName) {
			opened++
		}
		return err
	}); err != nil || opened != many {
		t.Errorf("the newer key opens %d former names: %v", opened, err)
	}
}

func TestARowTwiceIsOneAndTwoNamesOfOneNumberAreRefused(t *testing.T) {
	s := settled(t)
	twice := watchedPersons(2)
	twice[sheet.Concerns] += "\n" + strings.Split(twice[sheet.Concerns], "\n")[2]
	if r := load(t, s, twice, store.ImportOptions{})[sheet.Concerns]; r.New != 2 {
		t.Errorf("%+v", r)
	}
	renamed := sheets{sheet.Concerns: strings.Replace(twice[sheet.Concerns], personalName+"1", "另一位", 1)}
	r := load(t, s, renamed, store.ImportOptions{})[sheet.Concerns]
	if r.Bad.Count != 2 || strings.Contains(fmt.Sprint(r.Bad), personalName) || strings.Contains(fmt.Sprint(r.Bad), "另一位") {
		t.Errorf("%+v", r)
	}
}

func TestANameFromBeforeNamesWereSealedComesBackWithAnImport(t *testing.T) {
	s := settled(t)
	load(t, s, watchedPersons(2), store.ImportOptions{})
	exec(t, s, `update persons_of_concern set name = '' where number = $1`, sealedNumber(t, s, "P0001")) // as migration 8 leaves it
	if n, err := s.Reseal(t.Context()); n != 0 || err != nil {
		t.Errorf("%d sealed, %v", n, err)
	}
	for _, changed := range []int{1, 0} {
		if r := load(t, s, watchedPersons(2), store.ImportOptions{})[sheet.Concerns]; r.Changed != changed {
			t.Errorf("%+v, want %d changed", r, changed)
		}
	}
}

func TestNamesThatDoNotOpenAreAnErrorWithoutThem(t *testing.T) {
	older, newer, another := seal.NewKey(), seal.NewKey(), seal.NewKey()
	first := withKeys(t, open(t), older)
	load(t, first, sheets{sheet.Grids: street[sheet.Grids]}, store.ImportOptions{})
	load(t, first, watchedPersons(2), store.ImportOptions{})
	p0, p1 := sealedNumber(t, first, "P0000", older), sealedNumber(t, first, "P0001", older)
	for _, c := range []struct {
		name, change string
		keys         []seal.Key
		want         error
	}{
		{"another key", `select 1`, []seal.Key{another}, seal.ErrKeyMissing},
		{"a name moved from another row", `
			update persons_of_concern set name = (select name from persons_of_concern where number = '` + p0 + `')
			where number = '` + p1 + `'`, []seal.Key{newer, older}, seal.ErrBroken},
		{"a name written as it is", `update persons_of_concern set name = convert_to('` + personalName + `', 'UTF8')`,
			[]seal.Key{newer, older}, seal.ErrBroken},
	} {
		t.Run(c.name, func(t *testing.T) {
			exec(t, first, c.change)
			s := withKeys(t, first, c.keys...)
			_, importing := s.Import(t.Context(), watchedPersons(2).book(t), store.ImportOptions{Now: noon})
			_, resealing := s.Reseal(t.Context())
			for doing, err := range map[string]error{"import": importing, "reseal": resealing} {
				if !errors.Is(err, c.want) || strings.Contains(err.Error(), personalName) {
					t.Errorf("%s: %v, want %v", doing, err, c.want)
				}
			}
			if c.want == seal.ErrBroken && !strings.Contains(fmt.Sprint(importing), "row ") {
				t.Errorf("no row is named: %v", importing)
			}
		})
	}
}

func TestWithoutAKeyPersonalDataAreRefusedAndOthersAreNot(t *testing.T) {
	s := withKeys(t, settled(t))
	version, err := s.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	mixed := watchedPersons(1)
	mixed[sheet.Grids] = street[sheet.Grids] + "\nG3,三号网格,东社区,1"
	_, err = s.Import(t.Context(), mixed.book(t), store.ImportOptions{Now: noon})
	if !errors.Is(err, store.ErrNoPersonalKeys) || !strings.Contains(err.Error(), "gridbot key") {
		t.Errorf("%v", err)
	}
	if _, err := s.Reseal(t.Context()); !errors.Is(err, store.ErrNoPersonalKeys) {
		t.Errorf("%v", err)
	}
	for _, name := range []sheet.Name{sheet.HazardSites, sheet.Visits, sheet.Findings} {
		for _, dry := range []bool{true, false} {
			_, err := s.Import(t.Context(), sheets{name: street[name]}.book(t), store.ImportOptions{Now: noon, DryRun: dry})
			if !errors.Is(err, store.ErrNoPersonalKeys) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if now, err := s.Version(t.Context()); now != version || err != nil {
		t.Error("something was stored", err)
	}
	if r := load(t, s, sheets{sheet.Grids: mixed[sheet.Grids]}, store.ImportOptions{})[sheet.Grids]; r.New != 1 {
		t.Errorf("%+v", r)
	}
}
