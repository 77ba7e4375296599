// A card (JSON 2.0) as the client draws it. Every component knows its JSON
// pointer, by which the stand-in finds what was used.

import { h, icon } from "./dom.js";
import { colour, ground } from "./colour.js";
import { markdown, words, size } from "./markdown.js";
import { chart } from "./chart.js";
import { table } from "./table.js";
import * as controls from "./controls.js";

const names = {
  chat: "info", info: "info", warning: "warning", error: "warning", succeed: "yes", yes: "yes", done: "yes", time: "clock", "alarm-clock": "clock",
  calendar: "clock", bell: "bell", member: "person", group: "people", search: "search", report: "file", "sheet-line": "file", "down-small-ccm": "down", down: "down",
};

/** card draws a whole card. use.act does what is pressed, use.names tells names by
    open_id, use.dead says that nothing can be used. */
export function card(content, use) {
  const root = JSON.parse(content);
  const { config = {}, header, body = {} } = root;
  const node = h(`article.card.width-${config.width_mode ?? "default"}`, { "aria-label": title(root) });
  if (header) node.append(heading(header, use));
  const inside = h(".card-body", {}, elements(body.elements, "/body/elements", use));
  box(inside, body);
  node.append(inside);
  return node;
}

/** title is what a list of chats says about a card. */
export function title(root) {
  return root.config?.summary?.content || root.header?.title?.content || "卡片消息";
}

function heading(header, use) {
  return h(`header.card-header.template-${header.template ?? "default"}`, {},
    header.icon && sign(header.icon),
    h(".card-titles", {},
      h(".card-title-line", {},
        h("h3.card-title", {}, header.title.tag === "plain_text" ? header.title.content : markdown(header.title.content, use.names)),
        (header.text_tag_list ?? []).slice(0, 3).map((t) => h(`span.tag.tag-${t.color ?? "blue"}`, {}, t.text.content))),
      header.subtitle && h("p.card-subtitle", {}, header.subtitle.content)));
}

function elements(list, path, use) {
  return (list ?? []).map((e, i) => element(e, `${path}/${i}`, use));
}

function element(e, path, use) {
  const draw = parts[e.tag] ?? controls[e.tag];
  const node = draw ? draw(e, path, use) : h(".unknown", {}, `（${e.tag}）`);
  if (e.margin) node.style.margin = pixels(e.margin);
  return node;
}

const parts = {
  markdown(e, _, use) {
    const node = h(".markdown", {}, e.icon && sign(e.icon), h("div", {}, markdown(e.content, use.names)));
    if (e.text_align) node.classList.add(`align-${e.text_align}`);
    node.classList.add(`size-${size(e.text_size)}`);
    return node;
  },
  div: (e, _, use) => h(".div", {}, e.icon && sign(e.icon), words(e.text, use.names)),
  hr: () => h("hr"),
  img: (e) => h(".picture", { role: "img", "aria-label": e.alt?.content || "图片" }, icon("image"), e.title?.content || e.alt?.content || "图片"),
  person: (e, _, use) => h("span.at", {}, use.names(e.user_id) || "未知用户"),
  person_list: (e, _, use) => h(".persons", {}, e.persons.map((p) => h("span.at", {}, use.names(p.id) || "未知用户"))),
  chart: (e) => chart(e),
  table: (e, _, use) => table(e, use.names),
  column_set: columns,
  collapsible_panel: panel,
  interactive_container: container,
  form(e, path, use) {
    const form = controls.form(e);
    form.node.append(...elements(e.elements, `${path}/elements`, { ...use, form }));
    return box(form.node, e);
  },
};

function columns(e, path, use) {
  const node = h(`.columns.flex-${e.flex_mode ?? "none"}`, {}, e.columns.map((c, i) => {
    const column = h(".column", {}, elements(c.elements, `${path}/columns/${i}/elements`, use));
    box(column, c);
    column.style.background = ground(c.background_style);
    if (c.width === "weighted") column.style.flex = `${c.weight ?? 1} 1 0`;
    else if (/px$/.test(c.width ?? "")) column.style.flex = `0 0 ${c.width}`;
    column.style.justifyContent = { center: "center", bottom: "flex-end" }[c.vertical_align] ?? "flex-start";
    return column;
  }));
  node.style.background = ground(e.background_style);
  node.style.columnGap = spacing(e.horizontal_spacing);
  node.style.justifyContent = sides[e.horizontal_align] ?? "flex-start";
  return node;
}

function panel(e, path, use) {
  const head = e.header;
  const node = h("details.panel", { open: e.expanded },
    h(`summary.panel-head.icon-${head.icon_position ?? "right"}`, {},
      h(".panel-title", {}, words(head.title, use.names)),
      head.icon && h("span.panel-sign", {}, sign(head.icon))),
    box(h(".panel-body", {}, elements(e.elements, `${path}/elements`, use)), e));
  node.style.setProperty("--turn", `${head.icon_expanded_angle ?? -180}deg`);
  if (head.padding) node.firstElementChild.style.padding = pixels(head.padding);
  if (head.background_color) node.firstElementChild.style.background = ground(head.background_color);
  if (e.border) {
    node.classList.add("bordered");
    node.style.borderRadius = e.border.corner_radius ?? "5px";
  }
  if (e.background_color) node.style.background = ground(e.background_color);
  return node;
}

function container(e, path, use) {
  const node = controls.pressable(h(".container", {}, elements(e.elements, `${path}/elements`, use)), e, path, use);
  if (e.has_border) node.style.border = `1px solid ${colour(e.border_color ?? "grey-300")}`;
  node.style.borderRadius = e.corner_radius ?? "0";
  node.style.background = ground(e.background_style);
  return box(node, e);
}

const sides = { left: "flex-start", center: "center", right: "flex-end" };
const gaps = { small: "4px", medium: "8px", large: "12px", extra_large: "16px" };
const spacing = (name) => gaps[name] ?? name ?? "8px";
const pixels = (edges) => edges.replace(/(^|\s)(-?\d+)(?=\s|$)/g, "$1$2px");

/** box lays a container's content out as its JSON says. */
function box(node, e) {
  if (e.padding) node.style.padding = pixels(e.padding);
  if (e.direction === "horizontal") node.classList.add("horizontal");
  node.style.rowGap = spacing(e.vertical_spacing);
  node.style.columnGap = spacing(e.horizontal_spacing);
  if (e.horizontal_align) node.style[e.direction === "horizontal" ? "justifyContent" : "alignItems"] = sides[e.horizontal_align];
  return node;
}

/** sign draws an icon of a card: one that looks alike, of our own few. */
function sign(e) {
  const token = (e.token ?? "").replace(/_(outlined|filled|colorful)$/, "");
  const node = h("span.sign", {}, icon(e.tag === "custom_icon" ? "image" : names[token] ?? "info"));
  if (e.color) node.style.color = colour(e.color);
  return node;
}
