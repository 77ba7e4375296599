// Markdown within a line.

import { h } from "./dom.js";
import { colour } from "./colour.js";

const entities = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: "\u00a0", sim: "~" };
const emoji = { OK: "👌", THUMBSUP: "👍", SMILE: "😄", HEART: "❤️", CLAP: "👏", PARTY: "🎉", DONE: "✅", ROSE: "🌹" };

/** inline draws a text that may have several lines, but no blocks. */
export function inline(text, names) {
  const nodes = [];
  let plain = "";
  const flush = () => { if (plain) nodes.push(plain); plain = ""; };
  let at = 0;
  while (at < text.length) {
    const found = next(text, at, names);
    if (found?.text !== undefined) plain += found.text;
    else if (found) { flush(); nodes.push(...[found.nodes].flat()); }
    else plain += text[at];
    at += found?.length ?? 1;
  }
  flush();
  return nodes;
}

// next is what begins here, if anything does: {length, text or nodes}.
function next(text, at, names) {
  switch (text[at]) {
    case "\n": return { length: 1, nodes: h("br") };
    case "\\": return /[!-/:-@[-`{-~]/.test(text[at + 1] ?? "") ? { length: 2, text: text[at + 1] } : undefined;
    case "&": return entity(text.slice(at, at + 12));
    case "`": return pair(text, at, "`", (inside) => h("code", {}, inside));
    case "*": return pair(text, at, "**", (i) => h("b", {}, inline(i, names))) ?? pair(text, at, "*", (i) => h("i", {}, inline(i, names)));
    case "~": return pair(text, at, "~~", (i) => h("s", {}, inline(i, names)));
    case "!": return text[at + 1] === "[" ? link(text, at + 1, names, true) : undefined;
    case "[": return link(text, at, names, false);
    case "▇": case "▁": return blocks(text.slice(at, at + 40));
    case ":": return face(text.slice(at, at + 24));
    case "<": return tag(text, at, names);
  }
}

function entity(text) {
  const found = /^&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/i.exec(text);
  if (!found) return;
  const code = found[1] ? Number(found[1]) : found[2] ? parseInt(found[2], 16) : undefined;
  if (code !== undefined) return code <= 0x10ffff ? { length: found[0].length, text: String.fromCodePoint(code) } : undefined;
  const char = entities[found[3]];
  return char && { length: found[0].length, text: char };
}

// pair is a text between two equal marks, which must hug it.
function pair(text, at, mark, draw) {
  if (!text.startsWith(mark, at)) return;
  const end = text.indexOf(mark, at + mark.length + 1);
  const inside = text.slice(at + mark.length, end);
  if (end < 0 || /^\s|\s$/.test(inside)) return;
  return { length: inside.length + 2 * mark.length, nodes: draw(inside) };
}

function link(text, at, names, picture) {
  const found = /^\[([^\]]*)\]\(([^)\s]*)[^)]*\)/.exec(text.slice(at));
  if (!found) return;
  const length = found[0].length + (picture ? 1 : 0);
  if (picture) return { length, nodes: h("span.picture", { role: "img", "aria-label": found[1] || "图片" }, found[1] || "图片") };
  return { length, nodes: anchor(found[2], inline(found[1], names)) };
}

/** anchor is a link to outside; anything but a web address is only its words. */
export function anchor(url, children, attributes = {}) {
  if (!/^https?:\/\//.test(url ?? "")) return h("span", attributes, children);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", ...attributes }, children);
}

// blocks is a bar made of characters: its cells touch, as they do in the client's font.
function blocks(text) {
  const cells = /^[▁-█]+/.exec(text)[0];
  return { length: cells.length, nodes: h("span.blocks", {}, cells) };
}

function face(text) {
  const found = /^:([A-Z]+):/.exec(text);
  return found && emoji[found[1]] && { length: found[0].length, text: emoji[found[1]] };
}

// tag is one of the platform's tags with what it encloses.
function tag(text, at, names) {
  const opening = /^<\/?([a-z_]+)((?:\s[^>]*)?)\s*\/?>/i.exec(text.slice(at));
  if (!opening) return;
  const name = opening[1].toLowerCase();
  if (name === "br") return { length: opening[0].length, nodes: h("br") };
  if (opening[0][1] === "/") return { length: opening[0].length, nodes: [] };
  const start = at + opening[0].length;
  const end = closing(text, start, name);
  if (end < 0) return { length: opening[0].length, nodes: [] };
  const inside = text.slice(start, end);
  return { length: end + name.length + 3 - at, nodes: enclose(name, attributesOf(opening[2]), inside, names) };
}

// closing finds the end of a tag's content, past tags of the same name within it.
function closing(text, from, name) {
  const marks = new RegExp(`<(/?)${name}(?:\\s[^>]*)?>`, "gi");
  marks.lastIndex = from;
  for (let depth = 1, found; (found = marks.exec(text)); ) {
    depth += found[1] ? -1 : 1;
    if (depth === 0) return found.index;
  }
  return -1;
}

function attributesOf(text) {
  const list = {};
  for (const [, name, quoted, bare] of text.matchAll(/([a-z_]+)\s*=\s*(?:['"]([^'"]*)['"]|([^\s'">]+))/gi)) list[name] = quoted ?? bare;
  return list;
}

function enclose(name, given, inside, names) {
  switch (name) {
    case "font": return coloured(h("span", {}, inline(inside, names)), given.color);
    case "at": return h("span.at", {}, "@" + (given.id === "all" ? "所有人" : inside || nameOf(given, names)));
    case "person": return h("span.at", {}, nameOf(given, names));
    case "text_tag": return h(`span.tag.tag-${given.color ?? "blue"}`, {}, inline(inside, names));
    case "number_tag": return h("span.number-tag", {}, inside);
    case "link": case "a": return anchor(given.url ?? given.href, inline(inside, names));
    case "local_datetime": return new Date(Number(given.millisecond)).toLocaleString("zh-CN", { timeZone: "Asia/Shanghai" });
    case "raw": return inside;
    case "b": case "i": case "u": case "s": return h(name, {}, inline(inside, names));
  }
  return inline(inside, names);
}

function coloured(node, name) {
  if (name) node.style.color = colour(name);
  return node;
}

function nameOf(given, names) {
  return (given.ids ?? given.id ?? "").split(",").map((id) => names(id) || "未知用户").join("、");
}
