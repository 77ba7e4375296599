package sheet

// Report says what was found about a sheet while it was read.
type Report struct {
	Name    Name
	Bad     BadCells // with any of these nothing of the sheet may be stored
	Notices []Notice
}

// Notice says what was passed over without harm.
type Notice struct {
	File string
	Text string // in Chinese, for the people of the centre
}

// Refuse adds a bad cell for a record that was read well but cannot be stored,
// because what it refers to is not there.
func (rp *Report) Refuse(at Line, column, value, problem string) {
	rp.Bad.Add(BadCell{rp.Name, at.File, at.Row, column, value, problem})
}

func (rp *Report) notice(file, text string) {
	rp.Notices = append(rp.Notices, Notice{file, text})
}
