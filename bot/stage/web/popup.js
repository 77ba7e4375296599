// Small menus that open below a button, and the question before a press.

import { h, find } from "./dom.js";

/** popup opens a menu below its opener; Escape, or a press elsewhere, closes it. */
export function popup(opener, menu) {
  menu.classList.add("menu");
  menu.hidden = true;
  opener.setAttribute("aria-expanded", "false");
  const node = h("span.popup", {}, opener, menu);
  const away = (e) => { if (!node.contains(e.target)) close(); };
  const toggle = (open) => {
    menu.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    document[open ? "addEventListener" : "removeEventListener"]("pointerdown", away);
    if (open) menu.querySelector("button, input")?.focus();
  };
  const close = () => toggle(false);
  opener.addEventListener("click", () => toggle(menu.hidden));
  node.addEventListener("keydown", (e) => {
    if (e.key === "Escape") close(), opener.focus();
    if (e.key === "ArrowDown" || e.key === "ArrowUp") step(menu, e);
  });
  return { node, close };
}

function step(menu, e) {
  const items = [...menu.querySelectorAll("button, input")];
  const at = items.indexOf(document.activeElement) + (e.key === "ArrowDown" ? 1 : -1);
  items.at(at % items.length)?.focus();
  e.preventDefault();
}

/** choose is a popup of things to choose one of: [[value, label], …]. */
export function choose(opener, options, chosen) {
  opener.setAttribute("aria-haspopup", "menu");
  const menu = popup(opener, h(".menu-list", { role: "menu" }, options.map(([value, label]) =>
    h("button.menu-item", { type: "button", role: "menuitem", onclick: () => { menu.close(); chosen(value); } }, label))));
  return menu.node;
}

/** confirmed asks before a press whose component wants that. */
export function confirmed(confirm) {
  if (!confirm) return Promise.resolve(true);
  const dialog = find("confirm");
  find("confirm-title").textContent = confirm.title.content;
  find("confirm-text").textContent = confirm.text.content;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true }));
}
