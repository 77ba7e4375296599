package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/nanxiashu/gridbot/store/cache"
	"github.com/nanxiashu/gridbot/store/pglocal"
)

// benchGround is a throwaway database with our schema, to measure on.
type benchGround struct {
	server *pglocal.Server
	url    string
	pool   *pgxpool.Pool
}

func openBenchGround(ctx context.Context) (*benchGround, error) {
	server, err := pglocal.Start(ctx, pglocal.Options{Throwaway: true})
	if err != nil {
		return nil, err
	}
	b := &benchGround{server: server}
	if b.url, err = localDatabase(ctx, server); err == nil {
		b.pool, err = pgxpool.New(ctx, b.url)
	}
	if err != nil {
		server.Stop()
		return nil, fmt.Errorf("bench: %w", err)
	}
	return b, nil
}

func (b *benchGround) close() {
	b.pool.Close()
	b.server.Stop()
}

func (b *benchGround) exec(ctx context.Context, statements ...string) error {
	for _, sql := range statements {
		if _, err := b.pool.Exec(ctx, sql); err != nil {
			return fmt.Errorf("bench: %w", err)
		}
	}
	return nil
}

// copyFile is the yardstick of imports: it gives a CSV file to the database as
// it is, and returns how long that took.
func (b *benchGround) copyFile(ctx context.Context, table, columns, path string) (time.Duration, error) {
	conn, err := b.pool.Acquire(ctx)
	if err != nil {
		return 0, fmt.Errorf("bench: %w", err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, `set timezone = 'Asia/Shanghai'`); err != nil {
		return 0, fmt.Errorf("bench: %w", err)
	}
	file, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("bench: %w", err)
	}
	defer file.Close()
	began := time.Now()
	_, err = conn.Conn().PgConn().CopyFrom(ctx, file, fmt.Sprintf(`copy %s (%s) from stdin (format csv, header)`, table, columns))
	if err != nil {
		return 0, fmt.Errorf("bench: copy: %w", err)
	}
	return time.Since(began), nil
}

// benchCache is a Redis for one run.
type benchCache struct {
	address string
	stop    func()
}

// startBenchCache starts the redis-server on the PATH; without one it takes the
// stand-in within this process, and says so: that is slower.
func startBenchCache(ctx context.Context, log io.Writer) (*benchCache, error) {
	program, err := exec.LookPath("redis-server")
	if err != nil {
		fmt.Fprintln(log, "gridbot: no redis-server found: measured with a stand-in within the process, which is slower")
		inside, err := startDemoCache()
		if err != nil {
			return nil, err
		}
		return &benchCache{inside.url(), inside.stop}, nil
	}
	dir, err := os.MkdirTemp("/tmp", "gridbot-bench-") // a socket's path must be short
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	socket := filepath.Join(dir, "redis.sock")
	server := exec.Command(program, "--port", "0", "--unixsocket", socket, "--dir", dir, "--save", "", "--appendonly", "no")
	if err := server.Start(); err != nil {
		os.RemoveAll(dir)
		return nil, fmt.Errorf("bench: redis-server: %w", err)
	}
	c := &benchCache{"unix://" + socket, func() {
		_ = server.Process.Kill()
		_ = server.Wait()
		os.RemoveAll(dir)
	}}
	if err := answers(ctx, c.address); err != nil {
		c.stop()
		return nil, fmt.Errorf("bench: redis-server: %w", err)
	}
	return c, nil
}

// answers waits until the cache does.
func answers(ctx context.Context, address string) error {
	c, err := cache.Open(address)
	if err != nil {
		return err
	}
	defer c.Close()
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for {
		err := c.Ping(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(5 * time.Millisecond):
		}
	}
}
