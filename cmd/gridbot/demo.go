package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/pglocal"
)

type demoCommand struct {
	Data   string `help:"Folder that keeps the demo's data between runs (default: the user's data folder)." type:"path" placeholder:"DIR"`
	Listen string `default:"127.0.0.1:8420" help:"Address of the page."`
}

// Run starts everything on this machine – database, cache, service, stand-in of
// the platform – with a sample street in it, prints one URL, and stops it all
// when it is interrupted.
func (c *demoCommand) Run(ctx context.Context, g *globals) (err error) {
	dir := c.Data
	if dir == "" {
		dir = pglocal.DefaultDir()
	}
	if err := os.MkdirAll(dir, 0o755); err != nil { // passable for the database's own user
		return fmt.Errorf("demo: %w", err)
	}
	fmt.Fprintln(g.err, "gridbot: starting a private database in", dir)
	postgres, err := pglocal.Start(ctx, pglocal.Options{Dir: filepath.Join(dir, "postgres")})
	if err != nil {
		return err
	}
	defer postgres.Stop()
	url, err := localDatabase(ctx, postgres)
	if err != nil {
		return err
	}
	redis, err := startDemoCache()
	if err != nil {
		return err
	}
	defer redis.stop()

	page, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("demo: %w (choose another address with --listen)", err)
	}
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	log, err := os.OpenFile(filepath.Join(dir, "demo.log"), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer log.Close()
	workdays, missing, err := demoWorkdays(dir, calendar.DateOf(g.now()))
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	if missing != nil {
		fmt.Fprintf(g.err, "gridbot: the official workdays of %v are not known to this program; the demo takes Monday to Friday\n", missing)
	}
	cfg, err := demoConfig(url, redis.url(), workdays, page.Addr(), door.Addr())
	if err != nil {
		return err
	}
	if cfg.PersonalKeys, _, err = keptKeys(dir); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	street := &demoStreet{cfg: cfg, dir: dir, now: g.now, log: newLog(log)}
	return street.run(ctx, page, door, func() {
		fmt.Fprintf(g.out, "http://%s/\n", page.Addr())
		fmt.Fprintln(g.err, "gridbot: open the address above in a browser; Ctrl-C stops everything and keeps the data")
	})
}

// localDatabase makes sure that the private server has a database of ours, up to date.
func localDatabase(ctx context.Context, server *pglocal.Server) (url string, err error) {
	conn, err := pgx.Connect(ctx, server.URL("postgres"))
	if err != nil {
		return "", fmt.Errorf("local database: %w", err)
	}
	defer conn.Close(ctx)
	var exists bool
	if err := conn.QueryRow(ctx, `select exists (select from pg_database where datname = 'gridbot')`).Scan(&exists); err != nil {
		return "", fmt.Errorf("local database: %w", err)
	}
	if !exists {
		if _, err := conn.Exec(ctx, `create database gridbot`); err != nil {
			return "", fmt.Errorf("local database: %w", err)
		}
	}
	url = server.URL("gridbot")
	return url, store.Migrate(ctx, url)
}
