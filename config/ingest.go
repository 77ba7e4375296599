package config

import (
	"fmt"
	"strings"
)

// IngestToken lets a system push records, besides those made by gridbot token.
type IngestToken struct {
	Name   string   `yaml:"name"`   // what the logs call it
	Token  string   `yaml:"token"`  // the secret itself, 20 characters at least
	Sheets []string `yaml:"sheets"` // only these; empty = all
}

// IngestTokens is a list in the file; in the environment NAME=TOKEN, or
// NAME=TOKEN@走访+里程 for some sheets only, several separated by commas.
type IngestTokens []IngestToken

// UnmarshalText reads the environment's form. Its errors do not repeat it.
func (t *IngestTokens) UnmarshalText(text []byte) error {
	*t = nil
	for i, one := range strings.Split(string(text), ",") {
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		name, secret, ok := strings.Cut(one, "=")
		if !ok {
			return fmt.Errorf("entry %d is not NAME=TOKEN or NAME=TOKEN@SHEET+SHEET", i+1)
		}
		token := IngestToken{Name: name}
		var sheets string
		if token.Token, sheets, ok = strings.Cut(secret, "@"); ok {
			token.Sheets = strings.Split(sheets, "+")
		}
		*t = append(*t, token)
	}
	return nil
}

// shortestToken is how long a token must be so that it cannot be guessed.
const shortestToken = 20

// problem is what is wrong with the tokens, "" if nothing. Which sheets there
// are is for the command to check.
func (t IngestTokens) problem() string {
	for _, one := range t {
		switch {
		case one.Name == "":
			return "a token without a name"
		case len(one.Token) < shortestToken:
			return fmt.Sprintf("the token of %s is shorter than %d characters", one.Name, shortestToken)
		}
	}
	return ""
}
