package cardcheck

// The parts of components that need more than a list of properties.

// tagged is an object that is one of a few, told apart by its tag.
func tagged(kinds map[string]kind) kind {
	return func(c *checker, at place, v any) {
		object, _ := v.(map[string]any)
		tag, _ := object["tag"].(string)
		k, known := kinds[tag]
		if !known {
			c.refuse(at.tagged(tag), BadJSON, tag, "the tag must be one of %v", sorted(kinds))
			return
		}
		k(c, at.tagged(tag), v)
	}
}

// counted is a text object, which counts as an element.
func counted(k kind) kind {
	return func(c *checker, at place, v any) {
		c.elements++
		k(c, at, v)
	}
}

func column(c *checker, at place, v any) {
	c.elements++
	c.object(at, v, columnProperties)
}

var columnProperties = common.with(box, properties{
	"tag": must(oneOf("column")), "width": may(pixels(16, 600, "auto", "weighted")), "weight": may(integer(1, 5)),
	"background_style": may(color), "elements": may(elements), "action": may(object(properties{"multi_url": must(object(urls))})),
})

// panelHeader's padding: two values are refused although the page allows them.
var panelHeader = object(properties{
	"title": must(title), "icon": may(icon), "icon_position": may(oneOf("left", "right", "follow_text")),
	"icon_expanded_angle": may(test("-180, -90, 90 or 180", func(v any) bool {
		return v == -180.0 || v == -90.0 || v == 90.0 || v == 180.0
	})),
	"width": may(pixels(16, 999, "fill", "auto", "auto_when_fold")), "background_color": may(color),
	"vertical_align": may(valign), "padding": may(edges(0, 99, 1, 4)),
})

var (
	shortText = func(c *checker, at place, v any) {
		plain(c, at, v)
		if object, ok := v.(map[string]any); ok {
			upTo(100, text)(c, at.in("content"), object["content"])
		}
	}
	people  = listOf(object(properties{"value": must(filled)}))
	options = func(c *checker, at place, v any) {
		listOf(object(properties{"text": must(plain), "value": must(filled), "icon": may(icon)}))(c, at, v)
		seen := map[any]bool{}
		list, _ := v.([]any)
		for i, item := range list {
			option, _ := item.(map[string]any)
			if seen[short(option["value"])] {
				c.refuse(at.item(i), BadJSON, option["value"], "the option's value is used twice")
			}
			seen[short(option["value"])] = true
		}
	}
)

// actions are behaviours that may open a link, callbacks those that may not.
var (
	actions   = listOf(behavior(true))
	callbacks = listOf(behavior(false))
)

func behavior(links bool) kind {
	return func(c *checker, at place, v any) {
		object, _ := v.(map[string]any)
		switch kind, _ := object["type"].(string); {
		case kind == "callback":
			c.object(at, v, properties{"type": must(text), "value": may(either(anyMap, text))})
		case kind == "open_url" && links:
			c.object(at, v, properties{
				"type": must(text), "default_url": must(link), "pc_url": may(anyLink), "ios_url": may(anyLink), "android_url": may(anyLink),
			})
		case kind == "form_action":
			c.object(at, v, properties{"type": must(text), "behavior": must(oneOf("submit", "reset"))})
		default:
			c.refuse(at, BadJSON, object["type"], "unknown behavior, or not one of this component")
		}
	}
}

// button needs something to show; in a form it may be the one that submits.
func button(c *checker, at place, v map[string]any) {
	if v["text"] == nil && v["icon"] == nil {
		c.refuse(at, BadJSON, nil, "a button needs a text or an icon")
	}
	switch {
	case v["form_action_type"] != nil && c.form == nil:
		c.refuse(at, BadJSON, v["form_action_type"], "form_action_type outside a form")
	case v["form_action_type"] == "submit":
		c.form.submits = true
	}
}

// formElements are what a form holds: among it a button that submits.
func formElements(c *checker, at place, v any) {
	around := c.form // a form in a form is refused, and still walked through
	c.form = &form{}
	elements(c, at, v)
	if !c.form.submits {
		c.refuse(at, BadJSON, nil, "a form needs a button with form_action_type submit")
	}
	c.form = around
}

func personList(c *checker, at place, v map[string]any) {
	if v["drop_invalid_user_id"] == true {
		return
	}
	list, _ := v["persons"].([]any)
	for i, item := range list {
		object, _ := item.(map[string]any)
		person(c, at.in("persons").item(i).in("id"), object["id"])
	}
}
