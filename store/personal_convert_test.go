package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/seal/sealtest"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// plainly stores the private records as they were before numbers were sealed, and
// a history of them; names are sealed already.
func plainly(t *testing.T) *store.Store {
	t.Helper()
	s := open(t)
	load(t, s, sheets{sheet.Grids: privateSheets[sheet.Grids], sheet.People: privateSheets[sheet.People],
		sheet.SpecialPeriods: "时段编号,名称,开始,结束\nT1,安保,2026-11-22,2026-11-24"}, store.ImportOptions{})
	names := sealtest.Ring().Column("persons_of_concern", "name")
	exec(t, s, `insert into watched_numbers values ('DX-7781', false), ('DX-7782', false), ('YH-7783', true)`)
	exec(t, s, `insert into persons_of_concern (number, grid_id, name, category, key, archived)
		values ('DX-7781', 'G1', $1, '精神病人', true, true), ('DX-7782', 'G1', $2, '涉毒人员', false, true)`,
		names.Seal("DX-7781", personalName+"甲"), names.Seal("DX-7782", personalName+"乙"))
	exec(t, s, `insert into hazard_sites (number, grid_id, name) values ('YH-7783', 'G1', '仓库')`)
	exec(t, s, `insert into visits (id, grid_id, mobile, visited_at, photos, watched, control, note) values
		('V1', 'G1', '13800000001', '2026-11-18 10:00+08', 1, 'DX-7781', true, '独居情绪不稳'),
		('V2', 'G1', '13800000001', '2026-11-18 11:00+08', 1, 'YH-7783', false, ''),
		('V3', 'G1', '13800000001', '2026-11-18 12:00+08', 1, null, false, '家中无人')`)
	exec(t, s, `insert into findings (id, grid_id, kind, found_on, note) values ('R1', 'G1', '相互推诿', '2026-11-18', '现场不符')`)
	exec(t, s, `insert into imports (by_whom, at, files, sha256) values ('wang', $1, '{}', '{}')`, noon.Add(time.Hour))
	for name, table := range map[sheet.Name]string{sheet.Concerns: "persons_of_concern", sheet.HazardSites: "hazard_sites",
		sheet.Visits: "visits", sheet.Findings: "findings"} {
		exec(t, s, fmt.Sprintf(`insert into row_history (sheet, key, grid_id, before, ended_by)
			select '%s', to_jsonb(t) ->> %s, 'G1', to_jsonb(t), (select max(id) from imports) from %s t`, name,
			map[bool]string{true: "'number'", false: "'id'"}[name == sheet.Concerns || name == sheet.HazardSites], table))
	}
	// Somebody and a visit that are in the history only.
	exec(t, s, `delete from persons_of_concern where number = 'DX-7782'`)
	exec(t, s, `delete from watched_numbers where number = 'DX-7782'`)
	exec(t, s, `delete from visits where id = 'V3'`)
	return s
}

// readings are what can be read of them.
func readings(t *testing.T, s *store.Store) string {
	t.Helper()
	persons, err := s.PeriodPersons(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := s.ChangesSince(t.Context(), "G1", november, noon)
	if err != nil {
		t.Fatal(err)
	}
	past, err := s.PastFacts(t.Context(), "G1", november, noon)
	if err != nil {
		t.Fatal(err)
	}
	now := facts(t, s, store.FactsQuery{Month: november, At: noon})
	return fmt.Sprintf("%v\n%v\n%s\n%s", persons, changes, asJSON(t, past), document(t, now[0]))
}

func TestWhatWasStoredPlainlyIsSealedWithTheFirstImport(t *testing.T) {
	s := plainly(t)
	exec(t, s, `update persons_of_concern set category = '涉毒人员'`) // a stability person
	before := readings(t, s)
	for _, text := range []string{"DX-7781 " + personalName + "甲", "{对象 DX-7782 作废"} {
		if !holds(before, text) {
			t.Fatalf("no %s: this proves nothing: %s", text, before)
		}
	}
	if n := number(t, s, `select count(*) from data_keys`); n != 0 {
		t.Error("to read makes a key")
	}
	same := sheets{sheet.Findings: privateSheets[sheet.Findings], sheet.HazardSites: privateSheets[sheet.HazardSites]}
	dry := load(t, s, same, store.ImportOptions{DryRun: true})
	done := load(t, openAt(t, s.Pool().Config().ConnString()), same, store.ImportOptions{})
	for name := range same {
		if dry[name].Same != 1 || done[name].Same != 1 {
			t.Errorf("%s: %+v in a dry run, then %+v", name, dry[name], done[name])
		}
	}
	mustBePrivate(t, s, "after an import")
	if diff := cmp.Diff(before, readings(t, s)); diff != "" {
		t.Error(diff)
	}
	mustBeSealedOnce(t, s)
}

// mustBeSealedOnce fails unless numbers and notes open, each text as it was.
func mustBeSealedOnce(t *testing.T, s *store.Store) {
	t.Helper()
	key := dataKey(t, s, sealtest.Ring())
	for _, c := range []struct {
		query, domain, want string
	}{
		{`select string_agg(number, ' ' order by is_place) from watched_numbers`, "numbers", "DX-7781 YH-7783"},
		{`select number from persons_of_concern`, "numbers", "DX-7781"},
		{`select number from hazard_sites`, "numbers", "YH-7783"},
		{`select string_agg(watched, ' ' order by id) from visits`, "numbers", "DX-7781 YH-7783"},
		{`select note from visits where id = 'V1'`, "notes", "独居情绪不稳"},
		{`select note from findings`, "notes", "现场不符"},
		{`select key || ' ' || (before ->> 'number') from row_history where sheet = '对象' order by id desc limit 1`, "numbers", "DX-7782 DX-7782"},
		{`select before ->> 'watched' from row_history where key = 'V1'`, "numbers", "DX-7781"},
		{`select before ->> 'note' from row_history where key = 'V3'`, "notes", "家中无人"},
		{`select before ->> 'note' from row_history where key = 'R1'`, "notes", "现场不符"},
	} {
		domain := key.Domain(c.domain)
		var stored string
		if err := s.Pool().QueryRow(t.Context(), c.query).Scan(&stored); err != nil {
			t.Fatal(c.query, err)
		}
		if got := openAll(domain, stored); got != c.want {
			t.Errorf("%s: %q, want %q", c.query, got, c.want)
		}
	}
}

func TestARotationSealsWhatWasStoredPlainly(t *testing.T) {
	s := plainly(t)
	if _, err := s.Reseal(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustBePrivate(t, s, "after a rotation")
	mustBeSealedOnce(t, s)
}
