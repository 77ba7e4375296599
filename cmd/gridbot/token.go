package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/nanxiashu/gridbot/config"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/ingest"
	"github.com/nanxiashu/gridbot/store/sheet"
)

type tokenCommand struct {
	Create tokenCreate `cmd:"" help:"Make a token by which a system may push records; it is shown once."`
	List   tokenList   `cmd:"" help:"List the tokens."`
	Revoke tokenRevoke `cmd:"" help:"End a token."`
}

type tokenCreate struct {
	Name   string   `arg:"" help:"What the token is for, such as 网格通."`
	Sheets []string `help:"Only these sheets, such as 走访,里程; without it all." placeholder:"SHEET,…"`
}

func (c *tokenCreate) Run(ctx context.Context, g *globals) error {
	sheets, err := sheetNames(c.Sheets)
	if err != nil {
		return usageError(fmt.Sprintf("token: %v", err))
	}
	house, err := openHouse(ctx, g)
	if err != nil {
		return err
	}
	defer house.close()
	text := rand.Text() + rand.Text() // 256 bits
	token := store.IngestToken{Name: c.Name, Sheets: sheets, CreatedAt: g.now()}
	if err := house.store.CreateIngestToken(ctx, token, ingest.HashToken(text)); err != nil {
		return err
	}
	fmt.Fprintln(g.err, "gridbot: keep this token safe, it is not shown again")
	fmt.Fprintln(g.out, text)
	return nil
}

// sheetNames are the sheets that a token may write to; none given are all.
func sheetNames(names []string) ([]sheet.Name, error) {
	var sheets []sheet.Name
	for _, name := range names {
		if !slices.Contains(sheet.Names, sheet.Name(name)) {
			return nil, fmt.Errorf("no sheet %q; there are %v", name, sheet.Names)
		}
		sheets = append(sheets, sheet.Name(name))
	}
	return sheets, nil
}

// ingestTokens are the tokens of the configuration.
func ingestTokens(configured config.IngestTokens) ([]ingest.Token, error) {
	var tokens []ingest.Token
	for _, t := range configured {
		sheets, err := sheetNames(t.Sheets)
		if err != nil {
			return nil, fmt.Errorf("config: ingest_tokens: %s: %w", t.Name, err)
		}
		tokens = append(tokens, ingest.Token{Name: t.Name, Hash: ingest.HashToken(t.Token), Sheets: sheets})
	}
	return tokens, nil
}

type tokenList struct{}

func (c *tokenList) Run(ctx context.Context, g *globals) error {
	house, err := openHouse(ctx, g)
	if err != nil {
		return err
	}
	defer house.close()
	tokens, err := house.store.IngestTokens(ctx)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(g.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "name\tsheets\tcreated\trevoked")
	for _, t := range tokens {
		revoked := "–"
		if t.RevokedAt != nil {
			revoked = minute(*t.RevokedAt)
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", t.Name, sheetsOf(t), minute(t.CreatedAt), revoked)
	}
	return table.Flush()
}

func minute(t time.Time) string { return t.In(calendar.Shanghai).Format("2006-01-02 15:04") }

func sheetsOf(t store.IngestToken) string {
	if t.Sheets == nil {
		return "all"
	}
	names := make([]string, len(t.Sheets))
	for i, name := range t.Sheets {
		names[i] = string(name)
	}
	return strings.Join(names, ",")
}

type tokenRevoke struct {
	Name string `arg:"" help:"The token's name."`
}

func (c *tokenRevoke) Run(ctx context.Context, g *globals) error {
	house, err := openHouse(ctx, g)
	if err != nil {
		return err
	}
	defer house.close()
	err = house.store.RevokeIngestToken(ctx, c.Name, g.now())
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("token: none of the name %s is in use", c.Name)
	}
	return err
}
