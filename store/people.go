package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/store/db"
)

// Role is what a person does, as the 角色 column of 人员 says.
type Role string

// The roles of the street.
const (
	Chief         Role = "网格长"
	Member        Role = "网格员"
	CommunityLead Role = "社区负责人"
	StreetLeader  Role = "街道领导"
	Admin         Role = "中心管理员"
)

// Person is a row of 人员.
type Person struct {
	Mobile      string // the key
	Name        string
	Role        Role
	Grids       []string // of a Chief or Member, usually one
	Communities []string // of a CommunityLead
	OpenID      string   // the bound identity on the chat platform, "" = not bound
	OnDuty      bool     // 在岗
}

// People returns everybody, on duty or not, ordered by mobile number.
func (s *Store) People(ctx context.Context) ([]Person, error) {
	rows, err := s.queries.People(ctx)
	if err != nil {
		return nil, failed("people", err)
	}
	people := make([]Person, len(rows))
	for i, row := range rows {
		people[i] = person(row)
	}
	return people, nil
}

// PersonByOpenID returns whom an identity of the chat platform is bound to, or
// [ErrNotFound].
func (s *Store) PersonByOpenID(ctx context.Context, openID string) (Person, error) {
	asker, err := s.rounds.askers.ask(ctx, openID)
	if err == nil && asker.Mobile == "" {
		err = ErrNotFound
	}
	return asker.Person, failed("person by open_id", err)
}

// Asker is who asks, and of which state of the records.
type Asker struct {
	Person // the zero Person is nobody whom we know
	Version
}

// AskerByOpenID returns whom an identity of the chat platform is bound to, and
// the state of the records, in one look.
func (s *Store) AskerByOpenID(ctx context.Context, openID string) (Asker, error) {
	asker, err := s.rounds.askers.ask(ctx, openID)
	return asker, failed("person by open_id", err)
}

func (s *Store) askersByOpenID(ctx context.Context, openIDs []string) ([]Asker, error) {
	rows, err := s.pool.Query(ctx, `
		select version, street,
			coalesce(mobile, ''), coalesce(name, ''), coalesce(role::text, ''), grids, communities,
			coalesce(open_id, ''), coalesce(on_duty, false)
		from records_version left join people on open_id = any($1)`, openIDs)
	if err != nil {
		return nil, err
	}
	bound := map[string]Asker{}
	var a Asker
	_, err = pgx.ForEachRow(rows, []any{
		&a.Records, &a.Street, &a.Mobile, &a.Name, &a.Role, &a.Grids, &a.Communities, &a.OpenID, &a.OnDuty,
	}, func() error {
		bound[a.OpenID] = a
		a.Grids, a.Communities = nil, nil
		return nil
	})
	askers := make([]Asker, len(openIDs))
	for i, id := range openIDs {
		askers[i] = bound[id]
		askers[i].Version = a.Version
	}
	return askers, err
}

// PersonByMobile returns the person with that mobile number, or [ErrNotFound].
func (s *Store) PersonByMobile(ctx context.Context, mobile string) (Person, error) {
	row, err := s.queries.PersonByMobile(ctx, mobile)
	return person(row), failed("person by mobile number", err)
}

// Bind makes openID the identity of the person with that mobile number, and of
// nobody else; [ErrNotFound] if there is no such person.
func (s *Store) Bind(ctx context.Context, mobile, openID string) error {
	return failed("bind a person", pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		queries := s.queries.WithTx(tx)
		if err := queries.Unbind(ctx, db.UnbindParams{OpenID: &openID, ExceptMobile: mobile}); err != nil {
			return err
		}
		bound, err := queries.Bind(ctx, db.BindParams{OpenID: &openID, Mobile: mobile})
		if err == nil && bound == 0 {
			return ErrNotFound
		}
		return err
	}))
}

// Unbind forgets whose identity openID is. Nobody's is fine.
func (s *Store) Unbind(ctx context.Context, openID string) error {
	return failed("unbind a person", s.queries.Unbind(ctx, db.UnbindParams{OpenID: &openID}))
}

func person(row db.Person) Person {
	p := Person{
		Mobile: row.Mobile, Name: row.Name, Role: Role(row.Role),
		Grids: row.Grids, Communities: row.Communities, OnDuty: row.OnDuty,
	}
	if row.OpenID != nil {
		p.OpenID = *row.OpenID
	}
	return p
}
