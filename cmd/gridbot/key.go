package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/nanxiashu/gridbot/config"
	"github.com/nanxiashu/gridbot/store/seal"
)

type keyCommand struct {
	New    keyNew    `cmd:"" default:"1" help:"Print a fresh key for personal_keys."`
	Rotate keyRotate `cmd:"" help:"Encrypt all names and the key of numbers and notes anew with the first key of personal_keys."`
}

type keyNew struct{}

func (c *keyNew) Run(g *globals) error {
	fmt.Fprintln(g.err, "gridbot: keep this key safe: without it the names, numbers and notes it encrypts are lost")
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
	fmt.Fprintf(g.out, "%d names encrypted anew, and the key of numbers and notes; the keys after the first are needed no more\n", n)
	return nil
}

// ownKeys are the keys where none is configured: one that this program makes
// the first time and keeps for this user. Where it cannot be kept there is none.
func ownKeys(notice io.Writer) (config.PersonalKeys, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return nil, nil // as in a container: the keys have to be configured
	}
	keys, made, err := keptKeys(filepath.Join(dir, "gridbot"))
	if made {
		fmt.Fprintf(notice, "gridbot: made a key for names, numbers and notes in %s; keep a copy of it, other machines need the same (personal_keys)\n",
			filepath.Join(dir, "gridbot"))
	}
	return keys, err
}

// keptKeys are the keys kept in a folder, made the first time. A folder that
// cannot be written to holds none.
func keptKeys(dir string) (keys config.PersonalKeys, made bool, err error) {
	path := filepath.Join(dir, "personal.key")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		key := seal.NewKey()
		if os.MkdirAll(dir, 0o700) != nil || os.WriteFile(path, []byte(key.Text()), 0o600) != nil {
			return nil, false, nil
		}
		return config.PersonalKeys{key}, true, nil
	}
	if err != nil {
		return nil, false, err
	}
	key, err := seal.ParseKey(string(text))
	if err != nil {
		return nil, false, fmt.Errorf("%s: %w", path, err)
	}
	return config.PersonalKeys{key}, false, nil
}
