package remind

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Words are the sentences of the reminders and of the centre's daily report, by
// their names in words.yaml. Nil are those that come with the program.
type Words struct {
	sentences map[string]string
}

//go:embed words.yaml
var ownWords string

// own are the sentences that come with the program.
var own = func() *Words {
	w := &Words{map[string]string{}}
	if err := yaml.Unmarshal([]byte(ownWords), &w.sentences); err != nil {
		panic(err) // cannot happen: it is part of the program, and tested
	}
	return w
}()

// ReadWords reads a street's own sentences and lays them over those of the
// program. An error lists, with name and line, every sentence that there is not
// and every field that a sentence has not.
func ReadWords(r io.Reader, name string) (*Words, error) {
	var file yaml.Node
	if err := yaml.NewDecoder(r).Decode(&file); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("words: %s: %s", name, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	words := &Words{maps.Clone(own.sentences)}
	if len(file.Content) == 0 {
		return words, nil
	}
	top := file.Content[0]
	if top.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("words: %s: line %d: must be sentences by their names", name, top.Line)
	}
	var problems []error
	for i := 0; i+1 < len(top.Content); i += 2 {
		if problem := words.take(top.Content[i], top.Content[i+1]); problem != "" {
			problems = append(problems, fmt.Errorf("words: %s: line %d: %s", name, top.Content[i].Line, problem))
		}
	}
	return words, errors.Join(problems...)
}

// take lays one sentence over the program's own; it says what is wrong with it.
func (w *Words) take(key, sentence *yaml.Node) string {
	standard, ok := own.sentences[key.Value]
	switch {
	case !ok:
		return fmt.Sprintf("there is no sentence %s", key.Value)
	case sentence.Kind != yaml.ScalarNode || strings.TrimSpace(sentence.Value) == "":
		return key.Value + " must be a sentence"
	}
	known := field.FindAllString(standard, -1)
	for _, f := range field.FindAllString(sentence.Value, -1) {
		if !slices.Contains(known, f) {
			return fmt.Sprintf("%s has no field %s; it has %s", key.Value, f, cmp.Or(strings.Join(known, " "), "none"))
		}
	}
	w.sentences[key.Value] = sentence.Value
	return ""
}

// field is where a sentence takes in a figure or a name: {grids}.
var field = regexp.MustCompile(`\{[^{}]*\}`)

// fields are what a sentence takes in, by name.
type fields map[string]any

// Say is a sentence with its fields filled in; "" for one that there is not.
func (w *Words) Say(key string, f map[string]any) string {
	if w == nil {
		w = own
	}
	return field.ReplaceAllStringFunc(w.sentences[key], func(name string) string {
		return fmt.Sprint(f[strings.Trim(name, "{}")])
	})
}

func (p *Planner) say(key string, f fields) string { return p.Words.Say(key, f) }
