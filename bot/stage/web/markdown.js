// The platform's markdown as elements: CommonMark without HTML, and its own few
// tags (font, at, text_tag, link, person, …). Anything else in angle brackets vanishes.

import { h } from "./dom.js";
import { colour } from "./colour.js";
import { inline } from "./inline.js";

const bullet = /^(\s*)([-*+])\s+(.*)$/;
const numbered = /^(\s*)(\d+)[.)]\s+(.*)$/;
const divider = /^\s*(?:<hr\s*\/?>|(?:-\s*){3,}|(?:\*\s*){3,})$/;
const tableRule = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/** markdown draws a text. names tells a person's name by open_id. */
export function markdown(text, names = () => "") {
  const lines = text.replaceAll("\r", "").split("\n");
  const blocks = [];
  let at = 0;
  while (at < lines.length) at = block(lines, at, blocks, names);
  return blocks;
}

// block draws what begins at a line and returns where the next begins.
function block(lines, at, blocks, names) {
  const line = lines[at];
  if (!line.trim()) return at + 1;
  if (divider.test(line)) return blocks.push(h("hr")), at + 1;
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading) return blocks.push(h(`p.md-h${heading[1].length}`, {}, inline(heading[2], names))), at + 1;
  if (line.startsWith("```")) return code(lines, at, blocks);
  if (line.startsWith(">")) return quote(lines, at, blocks, names);
  if (bullet.test(line) || numbered.test(line)) return list(lines, at, blocks, names);
  if (line.includes("|") && tableRule.test(lines[at + 1] ?? "") && lines[at + 1].includes("-")) return table(lines, at, blocks, names);
  return paragraph(lines, at, blocks, names);
}

function code(lines, at, blocks) {
  let end = at + 1;
  while (end < lines.length && !lines[end].startsWith("```")) end++;
  blocks.push(h("pre", {}, h("code", {}, lines.slice(at + 1, end).join("\n"))));
  return end + 1;
}

function quote(lines, at, blocks, names) {
  let end = at;
  while (end < lines.length && lines[end].startsWith(">")) end++;
  const inside = lines.slice(at, end).map((l) => l.replace(/^>\s?/, "")).join("\n");
  blocks.push(h("blockquote", {}, markdown(inside, names)));
  return end;
}

// list nests by four spaces a level.
function list(lines, at, blocks, names) {
  const open = [];
  let end = at;
  for (; end < lines.length; end++) {
    const found = bullet.exec(lines[end]) ?? numbered.exec(lines[end]);
    if (!found) break;
    const level = Math.min(Math.floor(found[1].length / 4), open.length);
    const name = /\d/.test(found[2]) ? "ol" : "ul";
    open.length = Math.min(open.length, level + 1);
    if (open[level]?.localName !== name) {
      open[level] = h(name, name === "ol" ? { start: found[2] } : {});
      const parent = level ? open[level - 1].lastElementChild : null;
      if (parent) parent.append(open[level]);
      else blocks.push(open[level]);
    }
    open[level].append(h("li", {}, inline(found[3], names)));
  }
  return end;
}

function table(lines, at, blocks, names) {
  const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((c) => c.trim());
  let end = at + 2;
  while (end < lines.length && lines[end].includes("|")) end++;
  const row = (line, tag) => h("tr", {}, cells(line).map((c) => h(tag, {}, inline(c, names))));
  blocks.push(h(".table-scroll", { tabindex: "0", role: "group", "aria-label": "表格" }, h("table.md-table", {},
    h("thead", {}, row(lines[at], "th")), h("tbody", {}, lines.slice(at + 2, end).map((l) => row(l, "td"))))));
  return end;
}

function paragraph(lines, at, blocks, names) {
  let end = at + 1;
  while (end < lines.length && lines[end].trim() && !/^(#{1,6}\s|```|>|\s*[-*+]\s|\s*\d+[.)]\s)/.test(lines[end]) && !divider.test(lines[end])) end++;
  blocks.push(h("p", {}, inline(lines.slice(at, end).join("\n"), names)));
  return end;
}

/** words draws a text object of a card: plain_text, lark_md or markdown. */
export function words(text, names) {
  if (!text) return [];
  const plain = text.tag === "plain_text";
  const node = h(`.text.size-${size(text.text_size)}`, {}, plain ? lines(text.content) : markdown(text.content ?? "", names));
  if (text.text_align) node.classList.add(`align-${text.text_align}`);
  if (text.lines) node.style.setProperty("--lines", text.lines), node.classList.add("clamped");
  if (plain && text.text_color) node.style.color = colour(text.text_color);
  return node;
}

function lines(content = "") {
  return content.split("\n").flatMap((line, i) => (i ? [h("br"), line] : [line]));
}

const sizes = {
  "heading-0": 30, "heading-1": 24, "heading-2": 20, "heading-3": 18, "heading-4": 16, heading: 16, notation: 12,
  "xxxx-large": 30, "xxx-large": 24, "xx-large": 20, "x-large": 18, large: 16, small: 12, "x-small": 10,
};

/** size is a text size in pixels; an unknown one is the normal 14. */
export const size = (name) => sizes[name] ?? 14;
