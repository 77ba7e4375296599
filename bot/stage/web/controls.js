// The components of a card that a person uses. Outside a form each calls back at
// once; inside one they wait for the button that submits it.

import { h, icon } from "./dom.js";
import { words } from "./markdown.js";
import { anchor } from "./inline.js";
import { choose, confirmed, popup } from "./popup.js";
import { tell } from "./toast.js";

const behaviour = (e, type) => (e.behaviors ?? []).find((b) => b.type === type);
const text = (t) => t?.content ?? "";

/** form is a form's element, with the fields that will say their values in it. */
export function form(e) {
  const fields = [];
  return { fields, node: h(".form", { role: "group", "aria-label": e.name }) };
}

/** button calls back, opens a link, or submits or resets its form. */
export function button(e, path, use) {
  const look = { class: `btn-${e.type ?? "default"} btn-${e.size ?? "medium"} ${e.width === "fill" ? "fill" : ""}`, title: text(e.hover_tips) || null };
  const inside = [e.icon && icon("info"), h("span", {}, text(e.text))];
  const url = behaviour(e, "open_url")?.default_url;
  if (url && !behaviour(e, "callback") && !e.disabled) return anchor(url, inside, { class: `btn ${look.class}` });
  const node = h("button.btn", { type: "button", ...look, disabled: e.disabled || use.dead }, inside);
  node.addEventListener("click", async () => {
    if (e.form_action_type === "reset") return use.form?.fields.forEach((f) => f.reset());
    const values = e.form_action_type === "submit" ? gather(use.form) : undefined;
    if (values === null || !(await confirmed(e.confirm))) return;
    if (url) window.open(url, "_blank", "noopener");
    if (values || behaviour(e, "callback")) await busy(node, use.act(path, values ? { form: values } : {}));
  });
  return node;
}

// gather is what was put into a form, or null when something required is missing.
function gather(form) {
  const values = {};
  let missing;
  for (const f of form.fields) {
    const value = f.value(), empty = value === "" || value === undefined || (Array.isArray(value) && !value.length);
    f.node.classList.toggle("missing", Boolean(f.required && empty));
    if (f.required && empty) missing ??= f;
    f.node.addEventListener("input", () => f.node.classList.remove("missing"), { once: true });
    if (!empty) values[f.name] = value;
  }
  if (!missing) return values;
  tell("请先填写必填项", "warning");
  missing.node.querySelector("input, textarea, select, button")?.focus();
  return null;
}

// busy shows that an answer is awaited, and takes no second press meanwhile.
async function busy(node, answer) {
  node.classList.add("busy");
  node.setAttribute("aria-busy", "true");
  try { await answer; } finally {
    node.classList.remove("busy");
    node.removeAttribute("aria-busy");
  }
}

/** pressable makes a whole container a button. */
export function pressable(node, e, path, use) {
  if (e.disabled || use.dead) return node;
  const press = async (event) => {
    if (event.target !== node && event.target.closest("a, button, input, select, textarea, summary, .container") !== node) return;
    if (!(await confirmed(e.confirm))) return;
    const url = behaviour(e, "open_url")?.default_url;
    if (url) window.open(url, "_blank", "noopener");
    if (behaviour(e, "callback")) await busy(node, use.act(path, {}));
  };
  node.classList.add("pressable");
  node.setAttribute("role", "button");
  node.tabIndex = 0;
  node.addEventListener("click", press);
  node.addEventListener("keydown", (k) => { if (k.target === node && (k.key === "Enter" || k.key === " ")) { k.preventDefault(); press(k); } });
  return node;
}

// field joins a control to its form, or else lets it call back when changed.
function field(e, path, use, node, input, { value, reset, what }) {
  if (use.dead || e.disabled) node.querySelectorAll("input, select, textarea, button").forEach((i) => (i.disabled = true));
  if (use.form) {
    use.form.fields.push({ name: e.name, required: e.required, node, value, reset });
  } else if (input) {
    input.addEventListener("change", async () => {
      if (behaviour(e, "callback") && value() && (await confirmed(e.confirm))) await busy(node, use.act(path, what(value())));
    });
  }
  return node;
}

/** input is a line, some lines, or a password. */
export function input(e, path, use) {
  const many = e.input_type === "multiline_text";
  const label = text(e.label) || text(e.placeholder) || "输入";
  const box = h(many ? "textarea.field" : "input.field", {
    type: many ? null : e.input_type === "password" ? "password" : "text", rows: many ? e.rows ?? 3 : null,
    placeholder: text(e.placeholder), maxlength: e.max_length ?? 1000, "aria-label": label, "aria-required": e.required ? "true" : null,
  });
  box.value = e.default_value ?? "";
  const node = labelled(e, box);
  const reset = () => (box.value = e.default_value ?? "");
  return field(e, path, use, node, box, { value: () => box.value, reset, what: (v) => ({ input: v }) });
}

function labelled(e, box) {
  const title = text(e.label);
  return h(`label.labelled.label-${e.label_position ?? "top"}`, {}, title && h("span.label", {}, title, e.required && h("span.required", { "aria-hidden": "true" }, " *")), box);
}

function select(e, path, use, options) {
  const box = h("select.field", { "aria-label": text(e.placeholder) || "选择", class: `select-${e.type ?? "default"}` },
    h("option", { value: "" }, text(e.placeholder) || "请选择"),
    options.map(([value, label]) => h("option", { value }, label)));
  const initial = e.initial_option ?? (e.initial_index ? options[e.initial_index - 1]?.[0] : "") ?? "";
  const reset = () => (box.value = initial);
  reset();
  const node = h(`.select.${e.width === "fill" ? "fill" : "natural"}`, {}, box, icon("down"));
  return field(e, path, use, node, box, { value: () => box.value, reset, what: (v) => ({ option: v }) });
}

const offered = (e) => (e.options ?? []).map((o) => [o.value, text(o.text)]);
const people = (e, use) => {
  const named = (e.options ?? []).map((o) => [o.value, use.names(o.value)]).filter(([, name]) => name);
  return named.length ? named : use.members();
};

export const select_static = (e, path, use) => select(e, path, use, offered(e));
export const select_person = (e, path, use) => select(e, path, use, people(e, use));
export const multi_select_static = (e, path, use) => several(e, path, use, offered(e));
export const multi_select_person = (e, path, use) => several(e, path, use, people(e, use));

function several(e, path, use, options) {
  const value = () => boxes.filter((b) => b.checked).map((b) => b.value);
  const boxes = options.map(([v]) => h("input", { type: "checkbox", value: v }));
  const shown = h("span.chosen");
  const show = () => (shown.textContent = value().map((v) => options.find(([o]) => o === v)[1]).join("、") || text(e.placeholder) || "请选择");
  const reset = () => { boxes.forEach((b) => (b.checked = (e.selected_values ?? []).includes(b.value))); show(); };
  const done = h("button.btn.btn-primary.btn-small", { type: "button" }, "确定");
  const menu = popup(h("button.field.several", { type: "button", "aria-label": text(e.placeholder) || "多选" }, shown, icon("down")),
    h(".menu-list", {}, boxes.map((b, i) => h("label.menu-item", {}, b, options[i][1])), done));
  boxes.forEach((b) => b.addEventListener("change", show));
  reset();
  const node = field(e, path, use, h(".select.fill", {}, menu.node), null, { value, reset });
  done.addEventListener("click", () => {
    menu.close();
    if (!use.form && behaviour(e, "callback")) busy(node, use.act(path, { options: value() }));
  });
  return node;
}

/** overflow is a menu behind three dots. */
export function overflow(e, path, use) {
  const node = choose(h("button.btn.btn-default.btn-small.overflow", { type: "button", "aria-label": "更多", disabled: e.disabled || use.dead }, icon("more")),
    e.options.map((o) => [o, text(o.text)]), async (o) => {
      if (o.multi_url?.url) return void window.open(o.multi_url.url, "_blank", "noopener");
      if (await confirmed(e.confirm)) await busy(node, use.act(path, { option: o.value }));
    });
  return node;
}

/** checker is a task to tick; without behaviour it is ticked only here. */
export function checker(e, path, use) {
  const box = h("input", { type: "checkbox", "aria-label": text(e.text) });
  const reset = () => (box.checked = Boolean(e.checked));
  reset();
  const node = h("label.checker", {}, box, h(`span.checker-text${e.checked_style?.show_strikethrough ? ".strikes" : ""}`, {}, words(e.text, use.names)));
  if (use.form) return field(e, path, use, node, box, { value: () => box.checked, reset });
  if (e.disabled || use.dead) box.disabled = true;
  box.addEventListener("change", () => behaviour(e, "callback") && busy(node, use.act(path, { checked: box.checked })));
  return node;
}

function picker(type, initial, write) {
  return (e, path, use) => {
    const box = h("input.field", { type, "aria-label": text(e.placeholder) || "选择时间" });
    const reset = () => (box.value = (e[initial] ?? "").replace(" ", "T"));
    reset();
    const value = () => (box.value ? `${write(box.value)} +0800` : "");
    return field(e, path, use, h(".picker", {}, box), box, { value, reset, what: (v) => ({ option: v }) });
  };
}

export const date_picker = picker("date", "initial_date", (v) => v);
export const picker_time = picker("time", "initial_time", (v) => v);
export const picker_datetime = picker("datetime-local", "initial_datetime", (v) => v.replace("T", " "));
