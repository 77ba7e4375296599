// The list of people one can play, grouped by role.

import { h, avatar, find, redraw } from "./dom.js";
import { state } from "./state.js";

/** showPeople draws the list; choose is called with the person pressed. */
export function showPeople(choose) {
  const wanted = find("search").value.trim();
  const groups = new Map();
  for (const p of state.world.people) {
    if (![p.name, p.role, p.grid].some((t) => (t ?? "").includes(wanted))) continue;
    const role = p.role || "其他";
    groups.set(role, [...(groups.get(role) ?? []), p]);
  }
  const list = [...groups].map(([role, people], i) => h("section.role", { "aria-labelledby": `role-${i}` },
    h("h2.role-name", { id: `role-${i}` }, role, h("span.role-count", {}, String(people.length))),
    h("ul", {}, people.map((p) => h("li", {}, one(p, choose))))));
  redraw(find("people"), "data-person", list.length ? list : [h("p.empty", {}, "没有找到这样的人")]);
}

function one(p, choose) {
  const unread = state.unread.get(p.chat_id) ?? 0;
  return h("button.person", {
    type: "button", "data-person": p.open_id, "aria-current": state.me?.open_id === p.open_id ? "true" : null,
    class: p.gone ? "gone" : "", onclick: () => choose(p),
  },
  avatar(p.name),
  h("span.person-words", {}, h("span.person-name", {}, p.name), about(p) && h("span.person-grid", {}, about(p))),
  badge(unread));
}

// about is what the role, which stands above the list, leaves open.
const about = (p) => (p.gone ? "已离职" : p.grid);

/** badge is how many messages have not been read; nothing for none. */
export function badge(n) {
  return n > 0 && h("span.badge", { "aria-label": `${n} 条未读` }, n > 99 ? "99+" : String(n));
}
