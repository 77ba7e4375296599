package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// Postgres quotes the row and the value that it does not like; our errors must not.
func TestErrorsNeverHoldValuesOfRecords(t *testing.T) {
	s := settled(t)
	const value = "secret-word"
	exec(t, s, `alter table people add check (open_id <> '`+value+`')`)
	exec(t, s, `alter table grids add check (name <> '`+value+`')`)
	exec(t, s, `alter table deliveries add check (title <> '`+value+`')`)
	secret := morning("k")
	secret.Title = value
	for name, do := range map[string]func() error{
		"a community that does not exist": func() error {
			return s.BindGroup(t.Context(), store.Group{ChatID: "oc_1", Community: value, BoundAt: noon})
		},
		"a row that breaks a rule": func() error { return s.Bind(t.Context(), "13800000001", value) },
		"a delivery that breaks a rule": func() error {
			tx, err := s.Pool().Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = tx.Rollback(t.Context()) }()
			_, err = s.PlanDelivery(t.Context(), tx, secret)
			return err
		},
		"an import that breaks a rule": func() error {
			book := sheets{sheet.Grids: "网格编号,网格名称,社区,总户数\nG9," + value + ",东社区,1"}.book(t)
			_, err := s.Import(t.Context(), book, store.ImportOptions{Now: noon})
			return err
		},
		"a value that is none of its type": func() error {
			return s.AdvancePlan(t.Context(), noon, func(tx pgx.Tx, _ time.Time) error {
				_, err := tx.Exec(t.Context(), `select $1::text::date`, value)
				return err
			})
		},
		"a plan that writes rows of its own": func() error {
			return s.AdvancePlan(t.Context(), noon, func(tx pgx.Tx, _ time.Time) error {
				_, err := tx.Exec(t.Context(), `insert into communities (name) values ('x'), ($1), ($1)`, value)
				return err
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			if err := s.AdvancePlan(t.Context(), noon.Add(-time.Hour), nil); err != nil { // a mark to plan from
				t.Fatal(err)
			}
			err := do()
			var cause *pgconn.PgError
			if !errors.As(err, &cause) || !strings.Contains(cause.Message+cause.Detail, value) {
				t.Fatalf("the database did not quote the value: %v", err)
			}
			if strings.Contains(err.Error(), value) {
				t.Errorf("it is in %q", err)
			}
			if !strings.Contains(err.Error(), cause.Code) {
				t.Errorf("the code is not in %q", err)
			}
		})
	}
}
