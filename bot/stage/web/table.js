// A table of a card, paged where it is shown, as the client does.

import { h, icon } from "./dom.js";
import { inline } from "./inline.js";
import { markdown } from "./markdown.js";

/** table draws a table with the pages of its rows. */
export function table(e, names) {
  const rows = e.rows ?? [], perPage = e.page_size ?? 5;
  const pages = Math.max(1, Math.ceil(rows.length / perPage));
  const body = h("tbody");
  const scroll = h(".table-scroll", { tabindex: "0", role: "group", "aria-label": "表格" },
    h(`table.table.row-${/^\d/.test(e.row_height ?? "") ? "low" : e.row_height ?? "low"}`, { class: e.freeze_first_column ? "frozen" : "" }, head(e), body));
  const show = (page) => body.replaceChildren(...rows.slice(page * perPage, (page + 1) * perPage).map((row) => line(e.columns, row, names)));
  show(0);
  return h(".table-box", {}, scroll, pages > 1 && pager(pages, show));
}

function head(e) {
  const style = e.header_style ?? {};
  return h(`thead.ground-${style.background_style ?? "none"}`, {}, h("tr", {}, e.columns.map((c) => {
    const cell = h(`th.align-${align(c)}`, { scope: "col" }, c.display_name ?? c.name);
    if (/px$|%$/.test(c.width ?? "")) cell.style.width = c.width;
    return cell;
  })));
}

function line(columns, row, names) {
  return h("tr", {}, columns.map((c, i) =>
    h(i ? "td" : "th", { scope: i ? null : "row", class: `align-${align(c)} kind-${c.data_type}` }, cell(c, row[c.name], names))));
}

const align = (c) => c.horizontal_align ?? (c.data_type === "number" ? "right" : "left");

function cell(c, value, names) {
  if (value === undefined || value === null || value === "") return [];
  switch (c.data_type) {
    case "markdown": return markdown(value, names);
    case "lark_md": return inline(value, names);
    case "number": return number(value, c.format ?? {});
    case "options": return [value].flat().map((o) => h(`span.tag.tag-${o.color ?? "blue"}`, {}, o.text ?? o));
    case "persons": return [value].flat().map((id) => h("span.at", {}, names(id) || "未知用户"));
    case "date": return date(value, c.date_format ?? "YYYY/MM/DD");
  }
  return String(value);
}

function number(value, { precision, symbol = "", separator = false }) {
  const digits = precision === undefined ? { maximumFractionDigits: 10 } : { minimumFractionDigits: precision, maximumFractionDigits: precision };
  return symbol + value.toLocaleString("zh-CN", { useGrouping: separator, ...digits });
}

function date(ms, format) {
  const t = new Date(ms + 8 * 3600e3); // Shanghai, read as UTC below
  const part = (n, width = 2) => String(n).padStart(width, "0");
  const parts = { YYYY: part(t.getUTCFullYear(), 4), MM: part(t.getUTCMonth() + 1), DD: part(t.getUTCDate()), HH: part(t.getUTCHours()), mm: part(t.getUTCMinutes()), ss: part(t.getUTCSeconds()) };
  return format.replace(/YYYY|MM|DD|HH|mm|ss/g, (p) => parts[p]);
}

function pager(pages, show) {
  let page = 0;
  const where = h("span.pager-where", { "aria-live": "polite" });
  const turn = (by) => {
    page += by;
    if (by) show(page);
    where.textContent = `${page + 1} / ${pages}`;
    before.disabled = page === 0;
    after.disabled = page === pages - 1;
  };
  const before = h("button.pager-turn", { type: "button", "aria-label": "上一页", onclick: () => turn(-1) }, icon("left"));
  const after = h("button.pager-turn", { type: "button", "aria-label": "下一页", onclick: () => turn(1) }, icon("right"));
  turn(0);
  return h(".pager", {}, before, where, after);
}
