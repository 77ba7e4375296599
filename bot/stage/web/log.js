// The drawer that shows what the bot asks of the platform, and what the platform
// pushes to the bot.

import { h, find, icon } from "./dom.js";
import { chatName, exact } from "./state.js";

const most = 500;
let lines = []; // newest first

/** showLog takes the whole log. */
export function showLog({ calls, pushes }) {
  lines = [...(calls ?? []).map(called), ...(pushes ?? []).map(pushed)].sort((a, b) => b.at.localeCompare(a.at)).slice(0, most);
  draw();
}

/** noted takes a new call or push. */
export function noted({ call, push }) {
  lines.unshift(call ? called(call) : pushed(push));
  lines.length = Math.min(lines.length, most);
  if (find("log").hidden) return;
  if (matches(lines[0])) find("log-lines").prepend(row(lines[0]));
  while (find("log-lines").children.length > most) find("log-lines").lastElementChild.remove();
}

const called = (c) => ({
  kind: "call", at: c.at, wrong: c.code !== 0, mark: String(c.code || c.status), title: `${c.method} ${short(c.path)}`,
  about: [chatName(c.chat_id), c.note, c.message].filter(Boolean).join(" · "),
});

// short leaves out what all paths have, and most of the ids.
const short = (path) => path.replace("/open-apis", "").replace(/\b([a-z]{2}_\w{6})\w{6,}/g, "$1…");

const pushed = (p) => ({
  kind: "push", at: p.at, wrong: Boolean(p.problem), mark: p.status ? String(p.status) : "失败", title: p.type,
  about: [p.try > 1 && `第 ${p.try} 次`, `${Math.round(p.took / 1e6)} 毫秒`, p.problem].filter(Boolean).join(" · "),
});

function matches(line) {
  const wanted = find("log-filter").value;
  return wanted === "all" || wanted === line.kind || (wanted === "wrong" && line.wrong);
}

function draw() {
  const shown = lines.filter(matches);
  find("log-lines").replaceChildren(...(shown.length ? shown.map(row) : [h("li.quiet", {}, "还没有记录")]));
}

function row(line) {
  return h(`li.log-line.${line.kind}`, { class: line.wrong ? "wrong" : "" },
    h("span.log-way", { title: line.kind === "call" ? "机器人 → 平台" : "平台 → 机器人" }, line.kind === "call" ? "调用" : "推送"),
    h("span.log-title", {}, line.title),
    h("span.log-mark", {}, line.mark),
    h("time.log-time", { datetime: line.at }, exact(line.at)),
    h("span.log-about", {}, line.about));
}

function toggle(open) {
  find("log").hidden = !open;
  document.body.classList.toggle("with-log", open);
  find("log-open").setAttribute("aria-expanded", String(open));
  if (open) draw(), find("log-close").focus();
  else find("log-open").focus();
}

/** begin wires the drawer. */
export function begin() {
  find("log-open").append(icon("log"), h("span.tool-word", {}, "记录"));
  find("log-close").append(icon("close"));
  find("log-filter").after(icon("down"));
  find("log-open").addEventListener("click", () => toggle(find("log").hidden));
  find("log-close").addEventListener("click", () => toggle(false));
  find("log-filter").addEventListener("change", draw);
  find("log").addEventListener("keydown", (e) => e.key === "Escape" && toggle(false));
}
