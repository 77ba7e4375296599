// Elements made by calls: whatever people write goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** h makes an element: h("a.link", {href}, "text", [more]). on* attributes are listeners. */
export function h(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name || "div");
  if (classes.length) node.className = classes.join(" ");
  return fill(node, attributes, children);
}

/** svg makes an element of a drawing. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") value.split(" ").filter(Boolean).forEach((c) => node.classList.add(c));
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((c) => c !== undefined && c !== null && c !== false));
  return node;
}

/** redraw replaces what a node holds; the focus stays on what has the same key. */
export function redraw(node, key, children) {
  const held = node.contains(document.activeElement) && document.activeElement.getAttribute(key);
  node.replaceChildren(...children);
  if (held) node.querySelector(`[${key}="${CSS.escape(held)}"]`)?.focus();
}

/** find is the page's own element of that id. */
export const find = (id) => document.getElementById(id);

const strokes = {
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9l6 6 6-6",
  left: "M14 6l-6 6 6 6",
  right: "M10 6l6 6-6 6",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  send: "M4 12l16-8-6 16-3-7-7-1z",
  forward: "M14 5l6 6-6 6M20 11H9a5 5 0 0 0-5 5v3",
  sun: "M12 4V2M12 22v-2M4 12H2M22 12h-2M6 6L5 5M19 19l-1-1M18 6l1-1M5 19l1-1M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
  moon: "M20 14A8.5 8.5 0 0 1 10 4a8.5 8.5 0 1 0 10 10z",
  auto: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 8h7.5M12 12h9M12 16h7.5",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20 20l-4-4",
  log: "M5 6h14M5 12h14M5 18h9",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4",
  info: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 11v5M12 8h.01",
  warning: "M12 4l9 16H3zM12 10v4M12 17h.01",
  yes: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM8.5 12l2.5 2.5 4.5-5",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21a8 8 0 0 1 16 0",
  people: "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 20a6.5 6.5 0 0 1 13 0M16 5.5a3.5 3.5 0 0 1 0 6.5M18 14a6.5 6.5 0 0 1 3.5 6",
};

/** icon draws one of the few pictures the page has. */
export function icon(name) {
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: strokes[name] ?? strokes.info }));
}

/** avatar is a person's or chat's round sign, its colour made of the name. */
export function avatar(name, kind = "person") {
  let sum = 0;
  for (const c of name) sum = (sum * 31 + c.codePointAt(0)) % 8;
  const sign = kind === "bot" ? robot() : [...name].slice(-2).join("");
  return h(`span.avatar.avatar-${kind}.tone-${sum}`, { "aria-hidden": "true" }, sign);
}

function robot() {
  return svg("svg", { viewBox: "0 0 24 24", class: "robot" },
    svg("path", { d: "M12 3v3M5 10a3 3 0 0 1 3-3h8a3 3 0 0 1 3 3v5a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3zM9 12v1.5M15 12v1.5" }));
}
