package store

import "fmt"

// sealedColumns are the columns of a table with personal data; "" = there is none.
type sealedColumns struct {
	name   string // of a person of concern
	number string // of a row of 对象 or 隐患场所
	note   string // what somebody wrote
}

// sealedSources are the sheets with personal data.
func sealedSources() []source { return []source{concerns, hazardSites, visits, findings} }

// isSealed reports whether the table has personal data.
func (t *table) isSealed() bool { return t.sealed != sealedColumns{} }

// seal puts the personal data of a row under seal before they leave the process.
// The same name in the same row looks the same (see package seal), as do numbers
// and notes everywhere, so rows can be compared in the database.
func (l *load) seal(values []any) {
	name, number, note := l.at(l.sealed.name), l.at(l.sealed.number), l.at(l.sealed.note)
	if name >= 0 { // before its number is sealed, which says whose it is
		values[name] = l.personal.names.Seal(values[number].(string), values[name].(string))
	}
	if number >= 0 {
		if plain, ok := values[number].(string); ok { // a visit need not name anybody
			values[number] = l.personal.numbers.Seal(plain)
		}
	}
	if note >= 0 {
		values[note] = l.personal.notes.Seal(values[note].(string))
	}
}

// shown is a value of the stage for people to read: a number as it was given.
func (l *load) shown(value string) string {
	if l.personal == nil {
		return value
	}
	return l.personal.shown(value)
}

// shown is the number that a text is sealed from, or the text: what is none does
// not open.
func (p *personal) shown(text string) string {
	if number, err := p.openNumber(text); err == nil {
		return number
	}
	return text
}

func (p *personal) openNumber(text string) (string, error) {
	if p.numbers == nil {
		return text, nil
	}
	return p.numbers.Open(text)
}

// openName opens the name of the person with a sealed number.
func (p *personal) openName(number string, name []byte) (plainNumber, plainName string, err error) {
	if plainNumber, err = p.openNumber(number); err != nil {
		return "", "", fmt.Errorf("the number: %w", err)
	}
	plainName, err = p.names.Open(plainNumber, name)
	return plainNumber, plainName, err
}

// who is openName for those who can do without: "" is what cannot be read.
func (p *personal) who(number string, name []byte) (plainNumber, plainName string) {
	if p != nil {
		plainNumber, plainName, _ = p.openName(number, name)
	}
	return plainNumber, plainName
}
