package sheet

import "io"

// maxRecord is how many bytes of a file one row may take; the longest boundary fits.
const maxRecord = 4 << 20

var tooLong = problemf("有一行太长（超过 %d MB），CSV 文件可能是少了一个引号", maxRecord>>20)

// leash lets a row be only so long, whatever a file pretends. Who reads renews
// left at the beginning of each.
type leash struct {
	from io.Reader
	left int
}

func (l *leash) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, tooLong
	}
	n, err := l.from.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}
