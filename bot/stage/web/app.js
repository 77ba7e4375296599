// The page: who is played, what is open, and what is heard.

import * as api from "./api.js";
import * as conversation from "./conversation.js";
import * as log from "./log.js";
import { h, find, icon } from "./dom.js";
import { showPeople } from "./people.js";
import { chatsOf, person, state } from "./state.js";
import { nextTheme, theme } from "./theme.js";
import { tell, trouble } from "./toast.js";

let hangUp; // ends the present stream
let heardUntil = ""; // the last call counted as unread

// The address says who is played and which chat is open: #open_id/chat_id.
function route() {
  const [openID, chatID] = location.hash.slice(1).split("/");
  const me = person(openID) ?? null, changed = me !== state.me;
  state.me = me;
  state.chatID = me ? (chatsOf(me).find((c) => c.chat_id === chatID) ?? chatsOf(me)[0]).chat_id : "";
  document.body.dataset.view = me ? "chat" : "people";
  read();
  show();
  if (changed || !hangUp) connect();
  else if (me) conversation.loadMessages().catch(trouble);
  if (me && !me.gone && state.chatID === me.chat_id) api.menu(me.open_id, "").catch(trouble); // entered the private chat
}

const go = (openID, chatID = "") => (location.hash = [openID, chatID].filter(Boolean).join("/"));

function show() {
  showPeople((p) => go(p.open_id));
  conversation.showChat((chatID) => go(state.me.open_id, chatID));
  const unread = [...state.unread.values()].reduce((sum, n) => sum + n, 0);
  document.title = `${unread ? `(${unread}) ` : ""}${state.world.bot.name} · 演示台`;
}

function connect() {
  hangUp?.();
  hangUp = api.listen(state.me?.open_id ?? "", () => refresh().catch(trouble), heard);
}

// refresh asks for everything that may have happened while nobody listened.
async function refresh() {
  const [world, lines] = await Promise.all([api.world(), api.log()]);
  take(world);
  log.showLog(lines);
  for (const c of lines.calls ?? []) if (heardUntil && c.at > heardUntil) count(c);
  heardUntil = (lines.calls ?? []).at(-1)?.at ?? (heardUntil || new Date(0).toISOString());
  show();
  if (state.me) await conversation.loadMessages();
  document.body.dataset.ready = state.me?.open_id ?? "";
}

function take(world) {
  state.world = world;
  if (state.me) state.me = person(state.me.open_id) ?? state.me;
}

async function heard(n) {
  if (n.message?.chat_id === state.chatID) conversation.heard(n.message);
  if (n.call || n.push) log.noted(n);
  if (n.call) {
    heardUntil = n.call.at;
    if (count(n.call)) show();
  }
  if (n.chats) {
    take(await api.world());
    show();
  }
}

// count makes a message the bot has sent unread, wherever it went but before the reader's eyes.
function count(call) {
  const sent = call.code === 0 && call.method === "POST" && /\/im\/v1\/messages(\/[^/]+\/reply)?$/.test(call.path) && call.note !== "repeated uuid";
  if (!sent || !call.chat_id || (call.chat_id === state.chatID && !document.hidden)) return false;
  state.unread.set(call.chat_id, (state.unread.get(call.chat_id) ?? 0) + 1);
  return true;
}

const read = () => state.unread.delete(state.chatID);

function showClock() {
  const bar = find("clockbar");
  bar.hidden = !state.world.buttons.length;
  bar.replaceChildren(h("span.clock-sign", {}, icon("clock"), h("span.clock-word", {}, "拨到")), ...state.world.buttons.map((label) =>
    h("button.clock-button", { type: "button", "data-clock": label, onclick: (e) => turn(e.currentTarget, label) }, label)));
}

async function turn(button, label) {
  button.classList.add("busy");
  button.disabled = true;
  try { tell((await api.clock(label)).sentence || "好了", "success"); } catch (error) { trouble(error); }
  button.disabled = false;
  button.classList.remove("busy");
}

function showTheme() {
  const [sign, words] = { auto: ["auto", "跟随系统"], light: ["sun", "浅色"], dark: ["moon", "深色"] }[theme()];
  find("theme").replaceChildren(icon(sign));
  find("theme").setAttribute("aria-label", `外观：${words}`);
  find("theme").title = `外观：${words}`;
}

async function begin() {
  conversation.begin();
  log.begin();
  showTheme();
  find("theme").addEventListener("click", () => { nextTheme(); showTheme(); });
  find("back").append(icon("back"));
  find("back").addEventListener("click", () => go(""));
  find("search").addEventListener("input", show);
  addEventListener("hashchange", route);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && read()) show(); });
  take(await api.world());
  find("bot-name").textContent = state.world.bot.name;
  showClock();
  route();
}

begin().catch(trouble);
