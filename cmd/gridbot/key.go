package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/nanxiashu/gridbot/config"
	"github.com/nanxiashu/gridbot/store/seal"
)

type keyCommand struct {
	New    keyNew    `cmd:"" default:"1" help:"Print a fresh key for personal_keys."`
	Rotate keyRotate `cmd:"" help:"Encrypt all names anew with the first key of personal_keys."`
}

type keyNew struct{}

func (c *keyNew) Run(g *globals) error {
	fmt.Fprintln(g.err, "gridbot: keep this key safe: without it the names it encrypts are lost")
	fmt.Fprintln(g.out, seal.NewKey().Text())
	return nil
}

type keyRotate struct{}

// Run can be broken off and called again; the service may be running.
func (c *keyRotate) Run(ctx context.Context, g *globals) error {
	house, err := openHouse(ctx, g)
	if err != nil {
		return err
	}
	defer house.close()
	n, err := house.store.Reseal(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(g.out, "%d names encrypted anew; the keys after the first are needed no more\n", n)
	return nil
}

// demoKeys are the demo's own: made the first time, and kept with its data.
func demoKeys(dir string) (config.PersonalKeys, error) {
	path := filepath.Join(dir, "personal.key")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		key := seal.NewKey()
		return config.PersonalKeys{key}, os.WriteFile(path, []byte(key.Text()), 0o600)
	}
	if err != nil {
		return nil, err
	}
	key, err := seal.ParseKey(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return config.PersonalKeys{key}, nil
}
