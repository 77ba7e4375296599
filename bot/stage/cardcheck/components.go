package cardcheck

import "strings"

// component is one tag of card JSON 2.0 (pages: card JSON 2.0 components).
type component struct {
	properties properties
	container  bool // counts as a level of nesting
	rootOnly   bool // only directly in body.elements
	inForm     bool // can be used by a person, so it needs a name inside a form
	also       func(c *checker, at place, v map[string]any)
}

var (
	textSize = text // an unknown size shows as normal
	align    = oneOf("left", "center", "right")
	valign   = oneOf("top", "center", "bottom")
	spacing  = pixels(0, 99, "small", "medium", "large", "extra_large")
	margin   = edges(-99, 99, 1, 2, 3, 4)
	padding  = edges(0, 99, 1, 2, 3, 4)

	tagColor = oneOf(strings.Fields("neutral blue turquoise lime orange violet indigo wathet green yellow red purple carmine")...)
	template = oneOf(strings.Fields("blue wathet turquoise green yellow orange red carmine violet purple indigo grey default")...)
)

// common is what every component takes, box what every container takes besides.
var (
	common = properties{"tag": must(text), "element_id": may(uniqueID), "margin": may(margin)}
	box    = properties{
		"padding": may(padding), "direction": may(oneOf("vertical", "horizontal")),
		"horizontal_spacing": may(spacing), "vertical_spacing": may(spacing),
		"horizontal_align": may(align), "vertical_align": may(valign),
	}
	words = properties{
		"tag": must(text), "content": must(text), "i18n_content": may(anyMap), "element_id": may(uniqueID),
		"text_size": may(textSize), "text_color": may(color), "text_align": may(align), "lines": may(integer(1, 1000)),
	}
)

var (
	icon  = tagged(map[string]kind{"standard_icon": object(standardIcon), "custom_icon": object(customIcon)})
	plain = tagged(map[string]kind{"plain_text": counted(object(words))})
	rich  = tagged(map[string]kind{"plain_text": counted(object(words)), "lark_md": counted(markdownIn(object(words)))})
	title = tagged(map[string]kind{"plain_text": counted(object(words)), "markdown": counted(markdownIn(object(words))), "lark_md": counted(markdownIn(object(words)))})

	standardIcon = properties{"tag": must(text), "token": must(filled), "color": may(color), "size": may(text)}
	customIcon   = properties{"tag": must(text), "img_key": must(image), "size": may(text)}

	confirm = object(properties{"title": must(plain), "text": must(plain)})
	urls    = properties{"url": may(anyLink), "pc_url": may(anyLink), "ios_url": may(anyLink), "android_url": may(anyLink)}
	usable  = properties{"behaviors": may(callbacks), "name": may(filled), "disabled": may(boolean), "disabled_tips": may(plain), "hover_tips": may(plain), "confirm": may(confirm)}
	field   = usable.with(properties{"required": may(boolean), "placeholder": may(shortText), "width": may(pixels(0, 9999, "default", "fill"))})
)

var rootProperties = properties{
	"schema": must(oneOf("2.0")),
	"config": may(object(properties{
		"update_multi": may(onlyTrue), "enable_forward": may(boolean), "enable_forward_interaction": may(boolean),
		"width_mode": may(oneOf("default", "compact", "fill")), "locales": may(listOf(text)),
		"summary":                may(object(properties{"content": may(text), "i18n_content": may(anyMap)})),
		"use_custom_translation": may(boolean), "streaming_mode": may(boolean), "streaming_config": may(anyMap),
		"style": may(object(properties{"text_size": may(anyMap), "color": may(anyMap)})),
	})),
	"card_link": may(object(urls)),
	"header": may(object(properties{
		"title": must(rich), "subtitle": may(rich), "template": may(template), "icon": may(icon), "padding": may(padding),
		"text_tag_list": may(listOf(object(properties{
			"tag": must(oneOf("text_tag")), "element_id": may(uniqueID), "text": must(plain), "color": may(tagColor),
		}))),
	})),
	"body": may(object(box.with(properties{"elements": may(elements)}))),
}

var components = map[string]component{
	"markdown": {properties: common.with(properties{
		"content": must(markdown), "i18n_content": may(anyMap), "text_size": may(textSize), "text_align": may(align), "icon": may(icon),
	})},
	"div": {properties: common.with(properties{"text": may(rich), "icon": may(icon), "width": may(pixels(16, 999, "fill", "auto"))})},
	"hr":  {properties: common},
	"img": {properties: common.with(properties{
		"img_key": must(image), "i18n_img_key": may(anyMap), "alt": must(plain), "title": may(rich), "size": may(text),
		"scale_type":    may(oneOf("crop_center", "crop_top", "fit_horizontal")),
		"corner_radius": may(text), "transparent": may(boolean), "preview": may(boolean),
	})},
	"person": {properties: common.with(properties{
		"user_id": must(person), "size": may(avatarSize), "show_avatar": may(boolean), "show_name": may(boolean), "style": may(oneOf("normal", "capsule")),
	})},
	"person_list": {also: personList, properties: common.with(properties{
		"persons": must(listOf(object(properties{"id": must(filled)}))), "drop_invalid_user_id": may(boolean), "lines": may(integer(1, 1000)),
		"show_name": may(boolean), "show_avatar": may(boolean), "size": may(avatarSize), "icon": may(icon),
	})},
	"chart": {properties: common.with(properties{
		"chart_spec": must(chart), "aspect_ratio": may(oneOf("1:1", "2:1", "4:3", "16:9")), "height": may(pixels(1, 999, "auto")),
		"color_theme": may(oneOf("brand", "rainbow", "complementary", "converse", "primary")), "preview": may(boolean),
	})},
	"table": {rootOnly: true, also: table, properties: common.with(tableProperties)},

	"column_set": {container: true, properties: common.with(properties{
		"flex_mode": may(oneOf("none", "stretch", "flow", "bisect", "trisect")), "horizontal_spacing": may(spacing), "horizontal_align": may(align),
		"background_style": may(color), "columns": must(listOf(column)), "action": may(object(properties{"multi_url": must(object(urls))})),
	})},
	"collapsible_panel": {container: true, properties: common.with(box, properties{
		"expanded": may(boolean), "header": must(panelHeader), "background_color": may(color), "elements": may(elements),
		"border": may(object(properties{"color": may(color), "corner_radius": may(pixels(0, 999))})),
	})},
	"interactive_container": {container: true, properties: common.with(box, usable, properties{
		"behaviors": must(actions), "width": may(pixels(16, 999, "fill", "auto")), "height": may(pixels(10, 999, "auto")),
		"background_style": may(either(oneOf("laser"), color)), "has_border": may(boolean), "border_color": may(color),
		"corner_radius": may(pixels(0, 999)), "elements": may(elements),
	})},
	"form": {container: true, rootOnly: true, properties: common.with(box, properties{"name": must(filled), "elements": must(formElements)})},

	"button": {inForm: true, also: button, properties: common.with(usable, properties{
		"behaviors": may(actions), "text": may(shortText), "icon": may(icon), "form_action_type": may(oneOf("submit", "reset")),
		"type": may(oneOf("default", "primary", "danger", "text", "primary_text", "danger_text", "primary_filled", "danger_filled", "laser")),
		"size": may(oneOf("tiny", "small", "medium", "large")), "width": may(pixels(100, 9999, "default", "fill")),
	})},
	"input": {inForm: true, properties: common.with(field, properties{
		"default_value": may(text), "max_length": may(integer(1, 1000)), "input_type": may(oneOf("text", "multiline_text", "password")), "show_icon": may(boolean),
		"rows": may(integer(1, 1000)), "auto_resize": may(boolean), "max_rows": may(integer(1, 1000)), "label": may(plain), "label_position": may(oneOf("top", "left")),
	})},
	"select_static":       selection(properties{"options": may(options), "initial_option": may(text), "initial_index": may(integer(0, 999))}),
	"multi_select_static": selection(properties{"options": may(options), "selected_values": may(listOf(text))}),
	"select_person":       selection(properties{"options": may(people), "initial_option": may(text)}),
	"multi_select_person": selection(properties{"options": may(people), "selected_values": may(listOf(text))}),
	"date_picker":         {inForm: true, properties: common.with(field, properties{"initial_date": may(text)})},
	"picker_time":         {inForm: true, properties: common.with(field, properties{"initial_time": may(text)})},
	"picker_datetime":     {inForm: true, properties: common.with(field, properties{"initial_datetime": may(text)})},
	"overflow": {inForm: true, properties: common.with(usable, properties{"width": may(text), "options": must(listOf(object(properties{
		"text": must(plain), "value": may(text), "multi_url": may(object(urls)),
	})))})},
	"checker": {inForm: true, properties: common.with(usable, properties{
		"checked": may(boolean), "text": may(rich), "overall_checkable": may(boolean), "padding": may(padding),
		"button_area":   may(object(properties{"pc_display_rule": may(oneOf("always", "on_hover")), "buttons": may(elements)})),
		"checked_style": may(object(properties{"show_strikethrough": may(boolean), "opacity": may(number(0, 1))})),
	})},
}

var avatarSize = oneOf("extra_small", "small", "medium", "large")

func selection(more properties) component {
	return component{inForm: true, properties: common.with(field, properties{"type": may(oneOf("default", "text"))}, more)}
}
