package ask

// Directory is the street's grids, people and communities, indexed by all the
// ways in which they are named. It does not change, and may be used by many
// readers at once. Building one is slow (some 100 ms for 10,000 grids): keep it.
type Directory struct{}

// NewDirectory indexes the street. Communities of grids need not be listed again.
func NewDirectory(grids []Grid, people []Person, communities []string) *Directory {
	return &Directory{}
}
