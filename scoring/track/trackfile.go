package track

import (
	"errors"
	"fmt"
	"io"
	"time"
)

// What can be wrong with a track file beside [ErrSwapped]; test with
// [errors.Is].
var (
	ErrFile      = errors.New("no readable track file")
	ErrNoTime    = errors.New("a point without a time")
	ErrTime      = errors.New("a time that cannot be read")
	ErrPlace     = errors.New("a place that is none on Earth")
	ErrAccuracy  = errors.New("an accuracy below 0 or above 100 km")
	ErrTooDeep   = errors.New("nested too deeply")
	ErrTooLarge  = fmt.Errorf("more than %d MiB", maxFile>>20)
	ErrTooMany   = fmt.Errorf("more than %d points", maxFixes)
	ErrDirective = errors.New("a DOCTYPE, which a track does not need")
)

const (
	maxFile     = 64 << 20  // bytes
	maxFixes    = 1_000_000 // eleven days at one a second
	maxDepth    = 32        // elements in one another
	maxAccuracy = 100_000   // metres
)

// FileError says where in a track file something is wrong. It never repeats
// what is written there: where somebody was is nobody else's business.
type FileError struct {
	Line int    // from 1; 0 where Path says it
	Path string // in GeoJSON, such as features[3].geometry.coordinates[12]
	Err  error
}

func (e *FileError) Error() string {
	if e.Path != "" {
		return fmt.Sprintf("track: %s: %v", e.Path, e.Err)
	}
	return fmt.Sprintf("track: line %d: %v", e.Line, e.Err)
}

func (e *FileError) Unwrap() error { return e.Err }

// fixCollector gathers the fixes of a file.
type fixCollector struct {
	datum Datum
	fixes []Fix
}

// fix takes a fix as it was recorded.
func (c *fixCollector) fix(f Fix) error {
	switch {
	case f.At.IsZero():
		return ErrNoTime
	case len(c.fixes) == maxFixes:
		return ErrTooMany
	}
	if err := sound(f.Place, f.Accuracy); err != nil {
		return err
	}
	f.Place = c.datum.WGS84(f.Place)
	c.fixes = append(c.fixes, f)
	return nil
}

// sound checks a place and accuracy as they were recorded.
func sound(p Point, accuracy float64) error {
	switch {
	case errors.Is(inChina([2]float64{p.Lon, p.Lat}), ErrSwapped):
		return ErrSwapped
	case !p.onEarth():
		return ErrPlace
	case !(accuracy >= 0 && accuracy <= maxAccuracy):
		return ErrAccuracy
	}
	return nil
}

// parseTime reads an RFC 3339 time. Without a zone it is UTC, as GPX has it.
func parseTime(s string) (time.Time, error) {
	for _, layout := range [...]string{time.RFC3339, "2006-01-02T15:04:05"} {
		if at, err := time.Parse(layout, s); err == nil && at.Year() >= 1970 && at.Year() < 2200 {
			return at, nil
		}
	}
	return time.Time{}, ErrTime
}

// limited reads at most maxFile bytes and then fails with [ErrTooLarge].
type limited struct {
	from io.Reader
	left int
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, ErrTooLarge
	}
	n, err := l.from.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}
