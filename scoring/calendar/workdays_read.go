package calendar

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// readYears reads a workdays file. Every problem is one line of the error.
func readYears(r io.Reader, name string) (map[int]exceptions, error) {
	f := workdaysFile{name: name, years: map[int]exceptions{}}
	var root, more yaml.Node
	decoder := yaml.NewDecoder(r)
	if err := decoder.Decode(&root); errors.Is(err, io.EOF) {
		return nil, nil // an empty file adds nothing
	} else if err != nil {
		return nil, f.unreadable(err)
	}
	f.pairs(root.Content[0], f.year)
	if err := decoder.Decode(&more); err == nil {
		f.refuse(&more, "a workdays file is a single YAML document")
	} else if !errors.Is(err, io.EOF) {
		f.problems = append(f.problems, f.unreadable(err))
	}
	return f.years, errors.Join(f.problems...)
}

// workdaysFile is a file on its way to its years.
type workdaysFile struct {
	name     string
	years    map[int]exceptions
	problems []error
}

// unreadable is what the YAML package says, with its "line 3: " as ours.
func (f *workdaysFile) unreadable(err error) error {
	problem := strings.TrimPrefix(err.Error(), "yaml: ")
	if located, ok := strings.CutPrefix(problem, "line "); ok {
		return fmt.Errorf("%s:%s", f.name, located)
	}
	return fmt.Errorf("%s: %s", f.name, problem)
}

func (f *workdaysFile) refuse(node *yaml.Node, format string, args ...any) {
	f.problems = append(f.problems, fmt.Errorf("%s:%d: %s", f.name, node.Line, fmt.Sprintf(format, args...)))
}

// pairs calls take for each key of a mapping with its value.
func (f *workdaysFile) pairs(node *yaml.Node, take func(key, value *yaml.Node)) {
	if node.Kind != yaml.MappingNode {
		f.refuse(node, "expected keys with values")
		return
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		take(node.Content[i], node.Content[i+1])
	}
}

func (f *workdaysFile) year(key, value *yaml.Node) {
	year, err := strconv.Atoi(key.Value)
	switch {
	case err != nil || year < 1949 || year > 9999:
		f.refuse(key, "%q is no year", key.Value)
		return
	case f.years[year] != nil:
		f.refuse(key, "%d is given twice", year)
		return
	}
	days := exceptions{}
	f.years[year] = days
	f.pairs(value, func(key, value *yaml.Node) {
		switch key.Value {
		case "source":
		case "off":
			f.days(value, year, days, false)
		case "work":
			f.days(value, year, days, true)
		default:
			f.refuse(key, "unknown key %q (source, off, work)", key.Value)
		}
	})
}

// days adds a list of days and runs of days.
func (f *workdaysFile) days(node *yaml.Node, year int, into exceptions, worked bool) {
	if node.Kind != yaml.SequenceNode {
		f.refuse(node, "expected a list of days")
		return
	}
	for _, entry := range node.Content {
		first, last, run := strings.Cut(entry.Value, "..")
		if !run {
			last = first
		}
		from, err1 := dayOf(year, first)
		to, err2 := dayOf(year, last)
		if err := errors.Join(err1, err2); err != nil || from > to {
			f.refuse(entry, "%q is no day of %d (MM-DD) nor a run of days (MM-DD..MM-DD)", entry.Value, year)
			continue
		}
		for d := from; d <= to; d++ {
			f.day(entry, d, into, worked)
		}
	}
}

func (f *workdaysFile) day(entry *yaml.Node, d Date, into exceptions, worked bool) {
	if _, twice := into[d]; twice {
		f.refuse(entry, "%s is given twice", d)
	}
	if worked && !weekend(d) {
		f.refuse(entry, "%s is no weekend day: it is worked anyway", d)
	}
	into[d] = worked
}

func dayOf(year int, monthDay string) (Date, error) {
	return ParseDate(fmt.Sprintf("%04d-%s", year, monthDay))
}
