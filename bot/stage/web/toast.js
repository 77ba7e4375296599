// Short words over the page: what the bot answers to a press, and what went wrong.

import { h, find, icon } from "./dom.js";

const signs = { info: "info", success: "yes", warning: "warning", error: "warning" };

/** tell shows a toast for a while; a longer sentence stays longer. */
export function tell(sentence, kind = "info", onclick) {
  const known = signs[kind] ? kind : "info";
  const node = h(onclick ? "button.toast" : ".toast", { class: `toast-${known}`, type: onclick ? "button" : null },
    icon(signs[known]), h("span", {}, sentence));
  const close = () => node.remove();
  if (onclick) node.addEventListener("click", () => { close(); onclick(); });
  const place = find("toasts");
  place.append(node);
  while (place.children.length > 3) place.firstElementChild.remove();
  setTimeout(close, 3500 + sentence.length * 60);
}

/** trouble tells that something the tester did was not possible. */
export const trouble = (error) => tell(`没有做成：${error.message}`, "error");
