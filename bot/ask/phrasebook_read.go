package ask

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// bookFile is the shape of phrases.yaml.
type bookFile struct {
	Dialect    map[string]sayings
	Assistants sayings
	Fillers    sayings
	Units      sayings
	Endings    sayings
	Surnames   string
	Words      map[string]sayings
	Topics     map[string]sayings
	Periods    map[string]sayings
	Spans      sayings
	Tops       struct{ Best, Worst, First, Last, Tails sayings }
	Rules      []ruleFile
	Suggest    map[string]entry
}

// entry is a text of the file and the line it stands in.
type entry struct {
	text string
	line int
}

// UnmarshalYAML remembers the line.
func (e *entry) UnmarshalYAML(node *yaml.Node) error {
	e.line = node.Line
	return node.Decode(&e.text)
}

// sayings are the entries of a list, each pattern written out.
type sayings []entry

// UnmarshalYAML writes patterns out. What a pattern says again is left out;
// what is written twice stays, to be refused.
func (s *sayings) UnmarshalYAML(node *yaml.Node) error {
	var written []entry
	if err := node.Decode(&written); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, e := range written {
		texts, err := patterns(e.text)
		if err != nil {
			return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: %v", e.line, err)}}
		}
		for _, text := range texts {
			if len(texts) > 1 && seen[text] {
				continue
			}
			seen[text] = true
			*s = append(*s, entry{text, e.line})
		}
	}
	return nil
}

// patterns writes a pattern out: (还|)差(几|多少) says four things.
func patterns(text string) ([]string, error) {
	front, rest, found := strings.Cut(text, "(")
	if !found {
		if strings.ContainsAny(text, "|)") {
			return nil, fmt.Errorf("%q is no pattern such as (还|)差几条", text)
		}
		return []string{text}, nil
	}
	choices, rest, closed := strings.Cut(rest, ")")
	backs, err := patterns(rest)
	if err != nil || !closed || strings.ContainsAny(front, "|)") {
		return nil, fmt.Errorf("%q is no pattern such as (还|)差几条", text)
	}
	var all []string
	for _, choice := range strings.Split(choices, "|") {
		for _, back := range backs {
			all = append(all, front+choice+back)
		}
	}
	return all, nil
}

type ruleFile struct {
	Means entry
	Topic string
	Top   int
	Has   []entry
	Not   []entry
}

// readPhrasebook reads a phrase book. Its error has a line "name:line: …" for
// every mistake.
func readPhrasebook(text []byte, name string) (*phrasebook, error) {
	var f bookFile
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	err := decoder.Decode(&f)
	if err == nil {
		var b *phrasebook
		if b, err = f.build(); err == nil {
			return b, nil
		}
	}
	return nil, located(err, name)
}

var (
	yamlLine    = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)$`)
	yamlUnknown = regexp.MustCompile(`^field (\S+) not found in type \S+$`)
)

// located turns errors "line 3: …" into "name:3: …", one a line.
func located(err error, name string) error {
	problems := strings.Split(err.Error(), "\n")
	if many := (*yaml.TypeError)(nil); errors.As(err, &many) {
		problems = many.Errors
	}
	for i, problem := range problems {
		m := yamlLine.FindStringSubmatch(problem)
		if m == nil {
			problems[i] = name + ": " + problem
			continue
		}
		what := yamlUnknown.ReplaceAllString(m[2], `unknown key "$1"`)
		problems[i] = name + ":" + m[1] + ": " + what
	}
	return errors.New(strings.Join(problems, "\n"))
}
