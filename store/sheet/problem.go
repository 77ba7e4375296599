package sheet

import (
	"errors"
	"fmt"
)

// problem is what is wrong with a cell, a row or a file, in words for the
// people of the centre.
type problem string

func (p problem) Error() string { return string(p) }

func problemf(format string, args ...any) problem {
	return problem(fmt.Sprintf(format, args...))
}

const notOpened = problem("文件打不开，请检查有没有权限读取")

// FileError is a file that cannot be read at all.
type FileError struct {
	File    string
	Problem string // in Chinese, for the people of the centre
}

func (e *FileError) Error() string { return e.File + "：" + e.Problem }

// brokenRow is a row at which the reading of a file ends.
type brokenRow struct {
	row int
	problem
}

// rowOf returns the row an error names, or the one that was to be read.
func rowOf(err error, next int) int {
	if broken := (*brokenRow)(nil); errors.As(err, &broken) {
		return broken.row
	}
	return next
}

// words are what to tell people about an error of reading.
func words(err error) problem {
	var known problem
	var broken *brokenRow
	switch {
	case errors.As(err, &broken):
		return broken.problem
	case errors.As(err, &known):
		return known
	}
	return problemf("文件读不完整，可能已损坏（%v）", err)
}
