package config

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// document is the configuration file as it was read, to tell where a value stands.
type document struct {
	path string
	root yaml.Node
}

// where names the place of a setting: file and line, or the setting's path when
// it came from the environment.
func (d document) where(path []string) string {
	name := strings.Join(path, ".")
	if line := line(&d.root, path); line > 0 {
		return fmt.Sprintf("%s: line %d: %s", d.path, line, name)
	}
	return name
}

// line returns the line of the key at path, 0 where the file does not set it.
func line(node *yaml.Node, path []string) int {
	if node.Kind == yaml.DocumentNode && len(node.Content) > 0 {
		node = node.Content[0]
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		switch {
		case key.Value != path[0]:
		case len(path) == 1:
			return key.Line
		default:
			return line(value, path[1:])
		}
	}
	return 0
}
