package config

import (
	"fmt"
	"time"

	"go.yaml.in/yaml/v3"
)

// ClockTime is a time of day in Shanghai, written 16:40.
type ClockTime struct{ Hour, Minute int }

// UnmarshalYAML reads HH:MM; the error names the line.
func (t *ClockTime) UnmarshalYAML(node *yaml.Node) error {
	at, err := time.Parse("15:04", node.Value)
	if err != nil {
		return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: %q is no time of day (HH:MM)", node.Line, node.Value)}}
	}
	*t = ClockTime{at.Hour(), at.Minute()}
	return nil
}

// Duration returns the time since midnight.
func (t ClockTime) Duration() time.Duration {
	return time.Duration(t.Hour)*time.Hour + time.Duration(t.Minute)*time.Minute
}
