package scoring

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
	"go.yaml.in/yaml/v3"
)

// ReadRulebook reads another street's rulebook: YAML in the shape of the
// embedded one, holding what differs from it. An unknown key or a value out of
// range is an error "name:line: …", one line for each.
func ReadRulebook(r io.Reader, name string) (*Rulebook, error) {
	rules := Default()
	if err := rules.overlay(r, name); err != nil {
		return nil, err
	}
	return rules, nil
}

func (r *Rulebook) overlay(in io.Reader, name string) error {
	decoder := yaml.NewDecoder(in)
	decoder.KnownFields(true)
	standards := r.Policies.VisitStandards
	err := decoder.Decode(r.file())
	if r.Policies.VisitStandards == nil { // a key without a value changes nothing; [] empties the list
		r.Policies.VisitStandards = standards
	}
	if errors.Is(err, io.EOF) {
		return nil // an empty file changes nothing
	}
	if err == nil {
		var rest yaml.Node
		if err = decoder.Decode(&rest); errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = fmt.Errorf("line %d: a rulebook is a single YAML document", rest.Line)
		}
	}
	return located(err, name)
}

var (
	yamlLine    = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)$`)
	yamlUnknown = regexp.MustCompile(`^field (\S+) not found in type \S+$`)
	yamlInto    = regexp.MustCompile(`^cannot unmarshal \S+ (?:(` + "`.*`" + `) )?into (\S+)$`)
)

// located turns the YAML package's errors into "name:line: …", one a line.
func located(err error, name string) error {
	problems := []string{err.Error()}
	if many := (*yaml.TypeError)(nil); errors.As(err, &many) {
		problems = many.Errors
	}
	for i, problem := range problems {
		line := yamlLine.FindStringSubmatch(problem)
		if line == nil {
			problems[i] = name + ": " + strings.TrimPrefix(problem, "yaml: ")
			continue
		}
		problems[i] = name + ":" + line[1] + ": " + plainly(line[2])
	}
	return errors.New(strings.Join(problems, "\n"))
}

// plainly says a YAML problem without the names of Go types.
func plainly(problem string) string {
	if m := yamlUnknown.FindStringSubmatch(problem); m != nil {
		return fmt.Sprintf("unknown key %q", m[1])
	}
	if m := yamlInto.FindStringSubmatch(problem); m != nil {
		switch {
		case m[2] == "bool":
			return strings.TrimSpace(m[1] + " is neither true nor false")
		case m[2] == "string":
			return "must be a text"
		default:
			return strings.TrimSpace(m[1] + " does not belong here")
		}
	}
	return problem
}

// refuse makes an error that [located] can place.
func refuse(node *yaml.Node, format string, args ...any) error {
	problem := fmt.Sprintf("line %d: ", node.Line) + fmt.Sprintf(format, args...)
	return &yaml.TypeError{Errors: []string{problem}}
}

// within reads an exact number from low to high.
func within(node *yaml.Node, low, high int64) (decimal.Decimal, error) {
	d, err := parseDecimal([]byte(node.Value))
	if node.Kind != yaml.ScalarNode || err != nil ||
		d.LessThan(decimal.NewFromInt(low)) || d.GreaterThan(decimal.NewFromInt(high)) {
		return d, refuse(node, "%q is no number from %d to %d", node.Value, low, high)
	}
	return d, nil
}

func wholeWithin(node *yaml.Node, low, high int64) (int, error) {
	d, err := within(node, low, high)
	if err != nil || !d.IsInteger() {
		return 0, refuse(node, "%q is no whole number from %d to %d", node.Value, low, high)
	}
	return int(d.IntPart()), nil
}

const maxFigure = 100_000

// UnmarshalYAML reads the figure and checks its range.
func (f *Figure) UnmarshalYAML(node *yaml.Node) (err error) {
	f.Decimal, err = within(node, 0, maxFigure)
	return err
}

// UnmarshalYAML reads the share and checks its range.
func (s *Share) UnmarshalYAML(node *yaml.Node) (err error) {
	s.Decimal, err = within(node, 0, 1)
	return err
}

func (w *weight) UnmarshalYAML(node *yaml.Node) (err error) {
	w.Decimal, err = within(node, -10, 10)
	return err
}

func (n *whole) UnmarshalYAML(node *yaml.Node) error {
	i, err := wholeWithin(node, 0, maxFigure)
	*n = whole(i)
	return err
}

func (n *divisor) UnmarshalYAML(node *yaml.Node) error {
	i, err := wholeWithin(node, 1, maxFigure)
	*n = divisor(i)
	return err
}

// UnmarshalYAML reads the lowest total, or the word none.
func (f *Floor) UnmarshalYAML(node *yaml.Node) (err error) {
	*f = Floor{}
	if node.Value == "none" {
		return nil
	}
	f.Set = true
	f.Total, err = within(node, -maxFigure, maxFigure)
	return err
}

// MarshalYAML writes the lowest total, or the word none.
func (f Floor) MarshalYAML() (any, error) {
	if !f.Set {
		return "none", nil
	}
	return f.Total.String(), nil
}

func oneOf[T ~string](node *yaml.Node, into *T, allowed ...T) error {
	if !slices.Contains(allowed, T(node.Value)) {
		return refuse(node, "%q is none of %v", node.Value, allowed)
	}
	*into = T(node.Value)
	return nil
}

// UnmarshalYAML reads a value of the policy daily_days.
func (d *DailyDays) UnmarshalYAML(node *yaml.Node) error {
	return oneOf(node, d, DailyWorkdays, DailyAll)
}

// UnmarshalYAML reads a value of the policy distance_scope.
func (s *DistanceScope) UnmarshalYAML(node *yaml.Node) error {
	return oneOf(node, s, ScopeMonth, ScopeWeek, ScopeDay)
}

// UnmarshalYAML reads a value of the policy visit_standards.
func (s *VisitStandard) UnmarshalYAML(node *yaml.Node) error {
	return oneOf(node, s, StandardKeyPersons, StandardSpecialPersons, StandardHazardSites)
}

// UnmarshalYAML reads a value of the policy period_method.
func (m *PeriodMethod) UnmarshalYAML(node *yaml.Node) error {
	return oneOf(node, m, PeriodMean, PeriodSum)
}
