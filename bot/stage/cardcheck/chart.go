package cardcheck

// needs says which fields each kind of VChart must name to draw anything.
var needs = map[string][]string{
	"bar": {"xField", "yField"}, "line": {"xField", "yField"}, "area": {"xField", "yField"}, "scatter": {"xField", "yField"},
	"linearProgress": {"xField", "yField"}, "circularProgress": {"valueField", "categoryField"},
	"pie": {"valueField", "categoryField"}, "funnel": {"valueField", "categoryField"},
	"radar": {"valueField", "categoryField"}, "wordCloud": {"nameField", "valueField"}, "common": {"series"},
}

// lists and objects are members whose shape VChart insists on.
var (
	chartLists   = []string{"axes", "series", "media", "region", "markLine", "markPoint"}
	chartObjects = []string{"title", "tooltip", "point", "line", "bar"}
)

// chart checks a chart_spec as far as the platform does: what it is, its data,
// its fields. How it looks is VChart's affair.
func chart(c *checker, at place, v any) {
	spec, ok := v.(map[string]any)
	if !ok {
		c.refuse(at, BadChart, v, "chart spec is not an object")
		return
	}
	kind, _ := spec["type"].(string)
	fields, known := needs[kind]
	if !known {
		c.refuse(at, BadChart, spec["type"], "chart spec invalid: unknown type")
		return
	}
	for _, name := range fields {
		if !isField(spec[name]) {
			c.refuse(at, BadChart, spec[name], "chart spec invalid: %s is wanted", name)
		}
	}
	for _, name := range chartLists {
		if _, isList := spec[name].([]any); spec[name] != nil && !isList {
			c.refuse(at, BadChart, spec[name], "chart spec invalid: %s must be an array", name)
		}
	}
	for _, name := range chartObjects {
		if _, isObject := spec[name].(map[string]any); spec[name] != nil && !isObject {
			c.refuse(at, BadChart, spec[name], "chart spec invalid: %s must be an object", name)
		}
	}
	if !isChartData(spec["data"]) {
		c.refuse(at, BadChart, spec["data"], "chart spec invalid: data without values")
	}
}

// isField is a field's name, or several.
func isField(v any) bool {
	if list, ok := v.([]any); ok {
		return len(list) > 0
	}
	return str(v) && v != ""
}

// isChartData is {"values": […]}, or a list of those.
func isChartData(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		values, ok := v["values"].([]any)
		return ok && allOf(values, func(item any) bool { _, ok := item.(map[string]any); return ok })
	case []any:
		return len(v) > 0 && allOf(v, isChartData)
	}
	return false
}
