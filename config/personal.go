package config

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/nanxiashu/gridbot/store/seal"
)

// PersonalKeys encrypt the names, numbers and notes about persons of concern: the first is the current
// key, the others still open what they sealed. In the file a list; in the
// environment several are separated by commas.
type PersonalKeys []seal.Key

// UnmarshalYAML reads the list. Its errors name the line and do not repeat it.
func (k *PersonalKeys) UnmarshalYAML(node *yaml.Node) error {
	bad := func(line int, problem string) error {
		return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: personal_keys: %s", line, problem)}}
	}
	if node.Kind != yaml.SequenceNode {
		return bad(node.Line, "must be a list of keys, the current one first")
	}
	*k = nil
	for _, one := range node.Content {
		key, err := seal.ParseKey(one.Value)
		if err != nil {
			return bad(one.Line, err.Error())
		}
		*k = append(*k, key)
	}
	return nil
}

// UnmarshalText reads the environment's form. Its errors do not repeat it.
func (k *PersonalKeys) UnmarshalText(text []byte) error {
	*k = nil
	for i, one := range strings.Split(string(text), ",") {
		key, err := seal.ParseKey(strings.TrimSpace(one))
		if err != nil {
			return fmt.Errorf("entry %d is %w", i+1, err)
		}
		*k = append(*k, key)
	}
	return nil
}

// readKeys reads a file with a key a line, the current one first; empty lines and
// those that begin with # do not count.
func readKeys(path string) (PersonalKeys, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("config: personal_keys_file: %w", err)
	}
	var keys PersonalKeys
	for i, line := range strings.Split(string(text), "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		key, err := seal.ParseKey(line)
		if err != nil {
			return nil, fmt.Errorf("config: %s: line %d: %w", path, i+1, err)
		}
		keys = append(keys, key)
	}
	if keys == nil {
		return nil, fmt.Errorf("config: %s: no key in it", path)
	}
	return keys, nil
}

// gatherKeys adds the keys of the file, if one is named.
func (c *Config) gatherKeys() error {
	if c.PersonalKeysFile == "" {
		return nil
	}
	if len(c.PersonalKeys) > 0 {
		return errors.New("config: give either personal_keys or personal_keys_file, so that it is clear which key is the current one")
	}
	var err error
	c.PersonalKeys, err = readKeys(c.PersonalKeysFile)
	return err
}

// Ring returns the keys for personal data, nil where none is configured. After
// [Load] it does not fail.
func (c *Config) Ring() (*seal.Ring, error) {
	if len(c.PersonalKeys) == 0 {
		return nil, nil
	}
	return seal.NewRing(c.PersonalKeys...)
}
