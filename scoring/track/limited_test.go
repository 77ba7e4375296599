package track

import (
	"errors"
	"strings"
	"testing"
)

// The XML reader is too slow to be fed with 64 MiB here.
func TestALargeGPXIsRefused(t *testing.T) {
	text := "<gpx>" + strings.Repeat(" ", 100) + "</gpx>"
	if _, err := readGPX(&limited{strings.NewReader(text), len(text)}, WGS84); !errors.Is(err, ErrTooLarge) {
		t.Error("at the limit:", err)
	}
	if _, err := readGPX(&limited{strings.NewReader(text), len(text) + 1}, WGS84); err != nil {
		t.Error("below the limit:", err)
	}
}
