// The open chat: its messages, and how one writes into it.

import * as api from "./api.js";
import { h, avatar, find, icon, redraw } from "./dom.js";
import { badge } from "./people.js";
import { message, roleOf } from "./message.js";
import { chatsOf, group, state, when } from "./state.js";
import { tell, trouble } from "./toast.js";

let messages = []; // of the open chat, oldest first
let stuck = true; // the newest message is in sight, and stays so

const use = {
  parent: (id) => messages.find((m) => m.id === id),
  async act(m, path, what) {
    try {
      const outcome = await api.act(state.me.open_id, m.id, path, what);
      if (outcome.toast) tell(outcome.toast, outcome.kind);
    } catch (error) { trouble(error); }
  },
  async forward(m, chatID) {
    try {
      await api.forward(state.me.open_id, m.id, chatID);
      tell("已转发", "success");
    } catch (error) { trouble(error); }
  },
};

/** showChat draws everything around the messages; open goes to another chat. */
export function showChat(open) {
  const me = state.me, here = group(state.chatID);
  find("chat").hidden = !me;
  find("welcome").hidden = Boolean(me);
  if (!me) return;
  find("me-avatar").replaceChildren(avatar(me.name));
  find("me-name").textContent = me.name;
  find("me-role").textContent = me.gone ? "已离职" : here ? `${roleOf(me)} · 群里 ${here.members.length} 人` : roleOf(me);
  redraw(find("tabs"), "data-chat", chatsOf(me).map((c) => tab(c, open)));
  showBotToggle(here);
  showComposer(me, here);
}

function tab(c, open) {
  const chosen = c.chat_id === state.chatID;
  return h("button.tab", {
    type: "button", role: "tab", "aria-selected": String(chosen), "aria-controls": "scroll", tabindex: chosen ? "0" : "-1",
    "data-chat": c.chat_id, onclick: () => open(c.chat_id),
    onkeydown(e) {
      const to = { ArrowRight: e.currentTarget.nextElementSibling, ArrowLeft: e.currentTarget.previousElementSibling }[e.key];
      if (to) to.focus(), to.click();
    },
  }, icon(c.private ? "person" : "people"), h("span", {}, c.private ? `私聊 ${c.name}` : c.name), badge(state.unread.get(c.chat_id) ?? 0));
}

function showBotToggle(here) {
  const button = find("bot-toggle");
  button.hidden = !here || here.dissolved;
  if (here) button.textContent = here.bot_inside ? "移出机器人" : "添加机器人";
}

function showComposer(me, here) {
  const silent = me.gone || here?.dissolved;
  find("composer").inert = Boolean(silent);
  find("menu-bar").hidden = Boolean(here) || !state.world.menu.length;
  redraw(find("menu-bar"), "data-key", state.world.menu.map((e) => h("button.menu-entry", { type: "button", "data-key": e.key, onclick: () => press(e.key) }, e.label)));
  find("mention-box").hidden = !here;
  find("mention").disabled = !here?.bot_inside;
  find("mention-label").textContent = here && !here.bot_inside ? "机器人不在这个群里" : `@${state.world.bot.name}`;
  find("write").placeholder = silent ? (me.gone ? "已离职，不能再发消息" : "这个群已经解散") : here ? `发到 ${here.name}` : `发给 ${state.world.bot.name}`;
}

async function press(key) {
  think();
  try { await api.menu(state.me.open_id, key); } catch (error) { trouble(error); }
}

/** loadMessages asks for all that was said in the open chat. */
export async function loadMessages() {
  const { open_id } = state.me, id = state.chatID;
  const answer = await api.chat(open_id, id);
  if (id !== state.chatID || open_id !== state.me.open_id) return; // gone elsewhere meanwhile
  messages = answer.messages;
  const list = find("messages");
  list.replaceChildren(...(messages.length ? messages.map((m, i) => [time(m, messages[i - 1]), message(m, use)]).flat().filter(Boolean) : [quiet()]));
  stuck = true;
  find("scroll").scrollTop = 0;
  bottom();
}

const quiet = () => h("li.quiet", {}, group(state.chatID) ? "群里还没有消息。打开 @ 开关，就能叫到机器人。" : "还没有消息。说一句话，或者点下面的菜单试试。");

function time(m, before) {
  if (before && new Date(m.created_at) - new Date(before.created_at) < 5 * 60e3) return null;
  return h("li.time", {}, h("time", { datetime: m.created_at }, when(m.created_at)));
}

/** heard takes a new or changed message of the open chat. */
export function heard(m) {
  const list = find("messages"), at = messages.findIndex((known) => known.id === m.id);
  if (at >= 0) {
    const same = messages[at].content === m.content && messages[at].recalled === m.recalled;
    messages[at] = m;
    if (!same) list.querySelector(`[data-id="${m.id}"]`)?.replaceWith(message(m, use));
    return;
  }
  list.querySelector(".quiet")?.remove();
  if (m.from_bot) thought();
  const parts = [time(m, messages.at(-1)), message(m, use)].filter(Boolean);
  messages.push(m);
  list.querySelector(".thinking")?.before(...parts) ?? list.append(...parts);
  if (!m.from_bot && m.sender === state.me.open_id) stuck = true;
  bottom();
}

let patience;

// think shows that the bot is at work, until it says something or for a while.
function think() {
  thought();
  find("messages").append(h("li.thinking", { "aria-label": "机器人正在处理" }, avatar(state.world.bot.name, "bot"), h("span.dots", {}, h("i"), h("i"), h("i"))));
  patience = setTimeout(thought, 12000);
  bottom();
}

function thought() {
  clearTimeout(patience);
  find("messages").querySelector(".thinking")?.remove();
}

// rest is where the newest message can be read: the end of the list, but not past
// the message's beginning.
function rest() {
  const scroll = find("scroll"), newest = find("messages").lastElementChild;
  return Math.min(scroll.scrollHeight - scroll.clientHeight, newest ? newest.offsetTop - 12 : 0);
}

function bottom() {
  const scroll = find("scroll");
  if (stuck && scroll.scrollTop < rest()) scroll.scrollTop = rest();
}

async function send(event) {
  event.preventDefault();
  const box = find("write"), text = box.value.trim(), here = group(state.chatID);
  if (!text) return;
  const mention = Boolean(here) && find("mention").checked && here.bot_inside;
  box.value = "";
  grow();
  try {
    const said = api.say(state.me.open_id, state.chatID, text, mention);
    if (!here || mention) think();
    await said;
  } catch (error) {
    thought();
    if (!box.value) box.value = text;
    grow();
    trouble(error);
  }
}

// grow makes the box as high as its text, and offers to send one.
function grow() {
  const box = find("write");
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 140)}px`;
  find("send").disabled = !box.value.trim();
}

async function toggleBot() {
  try { await api.setBot(state.me.open_id, state.chatID, !group(state.chatID).bot_inside); } catch (error) { trouble(error); }
}

/** begin wires what stands on the page from the start. */
export function begin() {
  find("send").append(icon("send"));
  find("composer").addEventListener("submit", send);
  find("write").addEventListener("input", grow);
  find("write").addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || e.shiftKey || e.isComposing) return;
    e.preventDefault();
    find("composer").requestSubmit();
  });
  find("bot-toggle").addEventListener("click", toggleBot);
  const scroll = find("scroll");
  scroll.addEventListener("scroll", () => (stuck = scroll.scrollTop > rest() - 60));
  new ResizeObserver(bottom).observe(find("messages"));
}
