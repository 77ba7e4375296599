package stage

import (
	"encoding/json"
	"fmt"
	"strings"
)

// everything is a card of all components that a card may have, but forms.
var everything = cardOf("每一种部件", "indigo",
	md("**粗** *斜* ~~删~~ `码` <font color='green'>绿</font> <font color='red'>红</font> <text_tag color='orange'>提醒</text_tag> [链接](https://example.cn) <at id=ou_chen></at> :OK:"),
	md("1 &#60; 2 &amp; &#42;没有&#42; 粗体<br>第二行"),
	md("## 标题\n- 一\n- 二\n    - 二之一\n1. 甲\n2. 乙\n> 引用\n\n---\n| 项 | 分 |\n|---|---|\n| 走访 | 25 |"),
	`{"tag":"div","icon":{"tag":"standard_icon","token":"info_outlined","color":"blue"},"text":{"tag":"plain_text","content":"**不是** <b>标记</b>","text_size":"notation","text_color":"grey"}}`,
	`{"tag":"column_set","flex_mode":"none","horizontal_spacing":"8px","columns":[`+tile("blue-50", "完成", "25")+`,`+tile("green-50", "办结", "100%")+`,`+tile("orange-50", "超期", "1")+`]}`,
	`{"tag":"hr"}`,
	everyTable(),
	`{"tag":"collapsible_panel","expanded":true,"header":{"title":{"tag":"markdown","content":"**面板**"},"icon":{"tag":"standard_icon","token":"down-small-ccm_outlined"},"icon_position":"right"},"border":{"color":"grey","corner_radius":"8px"},"padding":"8px","elements":[`+md("里面")+`]}`,
	chartOf(`"height":"110px"`, `{"type":"linearProgress","data":{"values":[{"k":"走访","v":0.795,"text":"79.5%"},{"k":"里程","v":0.42}]},"direction":"horizontal","xField":"v","yField":"k","seriesField":"k"}`),
	`{"tag":"column_set","columns":[`+
		`{"tag":"column","width":"weighted","weight":1,"elements":[`+chartOf(`"aspect_ratio":"1:1"`, `{"type":"circularProgress","data":{"values":[{"k":"达标率","v":0.86}]},"valueField":"v","categoryField":"k"}`)+`]},`+
		`{"tag":"column","width":"weighted","weight":2,"elements":[`+chartOf(`"aspect_ratio":"2:1"`, `{"type":"pie","data":{"values":[{"k":"走访","v":40},{"k":"上报","v":35},{"k":"考勤","v":25}]},"valueField":"v","categoryField":"k","innerRadius":0.6}`)+`]}]}`,
	chartOf(`"aspect_ratio":"2:1"`, `{"type":"bar","title":{"text":"竖条"},"data":{"values":[{"x":"一","y":8,"s":"走访"},{"x":"一","y":5,"s":"上报"},{"x":"二","y":6,"s":"走访"},{"x":"二","y":9,"s":"上报"}]},"xField":["x","s"],"yField":"y","seriesField":"s","label":{"visible":true},"legends":{"visible":true}}`),
	chartOf(`"aspect_ratio":"2:1"`, `{"type":"area","data":{"values":[{"x":"6月","y":80},{"x":"7月","y":92},{"x":"8月","y":88}]},"xField":"x","yField":"y","label":{"visible":true}}`),
	`{"tag":"interactive_container","width":"fill","has_border":true,"border_color":"grey-300","corner_radius":"8px","padding":"8px 12px 8px 12px","behaviors":[{"type":"callback","value":{"do":"box"}}],"elements":[`+md("整块可点")+`]}`,
	`{"tag":"checker","text":{"tag":"plain_text","content":"走访王家"},"checked_style":{"show_strikethrough":true},"behaviors":[{"type":"callback","value":{"do":"tick"}}]}`,
	`{"tag":"column_set","flex_mode":"flow","columns":[`+inColumn(btn("主要", "primary"))+`,`+inColumn(btn("实心", "primary_filled"))+`,`+inColumn(btn("危险", "danger"))+`,`+inColumn(btn("文字", "text"))+`,`+
		inColumn(`{"tag":"button","disabled":true,"text":{"tag":"plain_text","content":"已用"}}`)+`,`+
		inColumn(`{"tag":"overflow","options":[{"text":{"tag":"plain_text","content":"归档"},"value":"archive"}],"behaviors":[{"type":"callback","value":{"do":"more"}}]}`)+`]}`,
	`{"tag":"person_list","persons":[{"id":"ou_chen"},{"id":"ou_liu"}],"drop_invalid_user_id":true}`,
)

// formCard asks for what an appeal needs.
var formCard = cardOf("申诉", "blue", `{"tag":"form","name":"appeal","vertical_spacing":"12px","elements":[`+strings.Join([]string{
	md("觉得哪里扣得不对？写一句就好，中心会在 3 个工作日内回复。"),
	`{"tag":"select_static","name":"kind","width":"fill","placeholder":{"tag":"plain_text","content":"哪一类"},"options":[{"text":{"tag":"plain_text","content":"例会考勤"},"value":"meeting"},{"text":{"tag":"plain_text","content":"入户走访"},"value":"visit"}]}`,
	`{"tag":"date_picker","name":"day","placeholder":{"tag":"plain_text","content":"哪一天"}}`,
	`{"tag":"multi_select_static","name":"days","placeholder":{"tag":"plain_text","content":"还有哪几天"},"options":[{"text":{"tag":"plain_text","content":"11月3日"},"value":"3"},{"text":{"tag":"plain_text","content":"11月9日"},"value":"9"}]}`,
	`{"tag":"input","name":"reason","required":true,"input_type":"multiline_text","label":{"tag":"plain_text","content":"情况说明"},"placeholder":{"tag":"plain_text","content":"当时的情况"}}`,
	`{"tag":"column_set","flex_mode":"flow","columns":[` + inColumn(`{"tag":"button","name":"ok","type":"primary_filled","form_action_type":"submit","text":{"tag":"plain_text","content":"提交"},"confirm":{"title":{"tag":"plain_text","content":"提交申诉？"},"text":{"tag":"plain_text","content":"提交后不能再改。"}}}`) + `,` +
		inColumn(`{"tag":"button","name":"no","form_action_type":"reset","text":{"tag":"plain_text","content":"重填"}}`) + `]}`,
}, ",")+`]}`)

func cardOf(title, template string, elements ...string) string {
	return `{"schema":"2.0","header":{"title":{"tag":"plain_text","content":"` + title + `"},"template":"` + template +
		`","text_tag_list":[{"tag":"text_tag","text":{"tag":"plain_text","content":"示例"},"color":"` + template + `"}]},"body":{"vertical_spacing":"10px","elements":[` + strings.Join(elements, ",") + `]}}`
}

func md(content string) string {
	raw, _ := json.Marshal(content) // a string always has JSON
	return `{"tag":"markdown","content":` + string(raw) + `}`
}

func tile(ground, label, figure string) string {
	return `{"tag":"column","width":"weighted","weight":1,"padding":"8px 12px","background_style":"` + ground + `","elements":[` + md("<font color='grey'>"+label+"</font><br>**"+figure+"**") + `]}`
}

func inColumn(element string) string {
	return `{"tag":"column","width":"auto","elements":[` + element + `]}`
}

func btn(text, kind string) string {
	return `{"tag":"button","type":"` + kind + `","text":{"tag":"plain_text","content":"` + text + `"},"behaviors":[{"type":"callback","value":{"do":"x"}}]}`
}

func chartOf(size, spec string) string {
	return `{"tag":"chart",` + size + `,"chart_spec":` + spec + `}`
}

// everyTable is a table of every type of column, of eleven rows in three pages.
func everyTable() string {
	rows := make([]string, 11)
	for i := range rows {
		rows[i] = fmt.Sprintf(`{"a":"第%d行","b":%d.5,"c":[{"text":"达标","color":"green"}],"d":["ou_chen"],"e":1795449600000,"f":"**粗** [看](https://example.cn)"}`, i+1, i*100)
	}
	return `{"tag":"table","page_size":5,"header_style":{"background_style":"grey","bold":true},"freeze_first_column":true,"columns":[` +
		`{"name":"a","display_name":"行","data_type":"text"},{"name":"b","display_name":"数","data_type":"number","format":{"precision":1,"separator":true}},{"name":"c","display_name":"状态","data_type":"options"},` +
		`{"name":"d","display_name":"人","data_type":"persons"},{"name":"e","display_name":"日期","data_type":"date","date_format":"MM月DD日"},{"name":"f","display_name":"说明","data_type":"markdown"}],"rows":[` + strings.Join(rows, ",") + `]}`
}
