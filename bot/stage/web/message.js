// One message of a chat.

import { h, avatar, icon } from "./dom.js";
import { card, title } from "./card.js";
import { choose } from "./popup.js";
import { chatsOf, group, nameOf, state } from "./state.js";

/** message draws a message. use.act presses something on its card, use.forward
    passes the card on, use.parent finds the message it answers. */
export function message(m, use) {
  const own = m.sender === state.me?.open_id && !m.from_bot;
  const name = m.from_bot ? state.world.bot.name : nameOf(m.sender) || "未知用户";
  return h(`li.message.${own ? "own" : "other"}`, { "data-id": m.id },
    avatar(name, m.from_bot ? "bot" : "person"),
    h(".message-words", {},
      (group(m.chat_id) || m.from_bot) && !own && h(".sender", {}, name, m.from_bot && h("span.bot-mark", {}, "机器人")),
      h(".message-line", {}, bubble(m, use))));
}

function bubble(m, use) {
  if (m.recalled) return h(".recalled", {}, "消息已撤回");
  const answered = m.parent_id && use.parent(m.parent_id);
  const quote = answered && h(".quote", {}, `回复 ${answered.from_bot ? state.world.bot.name : nameOf(answered.sender)}：${preview(answered)}`);
  if (m.type === "interactive") return [h(".card-frame", {}, quote, m.forwarded && h(".quote", {}, "转发的卡片"), drawn(m, use)), passing(m, use)];
  return h(".bubble", {}, quote, content(m));
}

// drawn is a card; one that cannot be drawn must not take the others with it.
function drawn(m, use) {
  try {
    const config = JSON.parse(m.content).config ?? {};
    return card(m.content, {
      names: nameOf, act: (path, what) => use.act(m, path, what), dead: m.forwarded && !config.enable_forward_interaction,
      members: () => (group(m.chat_id)?.members ?? [state.me.open_id]).map((id) => [id, nameOf(id)]),
    });
  } catch (error) {
    console.error(error);
    return h(".bubble", {}, "（卡片无法显示）");
  }
}

// passing offers the person's other chats for a card that may be passed on.
function passing(m, use) {
  if (JSON.parse(m.content).config?.enable_forward === false) return;
  const others = chatsOf(state.me).filter((c) => c.chat_id !== m.chat_id && !c.dissolved);
  if (!others.length) return;
  return choose(h("button.tool.pass-on", { type: "button", "aria-label": "转发", title: "转发" }, icon("forward")),
    others.map((c) => [c.chat_id, `转发到 ${c.name}`]), (chatID) => use.forward(m, chatID));
}

function content(m) {
  const c = JSON.parse(m.content);
  switch (m.type) {
    case "text": return mentioned(c.text, m.mentions ?? []);
    case "post": return Object.values(c)[0]?.content?.map((line) => h("p", {}, line.map((n) => n.text ?? (n.user_id ? "@" + nameOf(n.user_id) : ""))));
    case "file": return h("span.attachment", {}, icon("file"), c.file_name ?? "文件");
    case "image": return h("span.attachment", {}, icon("image"), "图片");
  }
  return `（${m.type}）`;
}

// mentioned puts names where the keys of mentions are.
function mentioned(text, mentions) {
  const names = new Map([...mentions.map((n) => [n.key, n.name]), ["@_all", "所有人"]]);
  return text.split(/(@_user_\d+|@_all|\n|<at [^>]*>[^<]*<\/at>)/).map((part) => {
    if (part === "\n") return h("br");
    const at = /^<at user_id="([^"]*)">([^<]*)/.exec(part);
    const name = at ? at[2] || (at[1] === "all" ? "所有人" : nameOf(at[1])) : names.get(part);
    return name ? h("span.at", {}, "@" + name) : part;
  });
}

/** preview is a message in one short line. */
export function preview(m) {
  if (m.recalled) return "消息已撤回";
  if (m.type === "interactive") return `［卡片］${title(JSON.parse(m.content))}`;
  if (m.type !== "text") return { file: "［文件］", image: "［图片］" }[m.type] ?? "［消息］";
  const text = JSON.parse(m.content).text;
  return (m.mentions ?? []).reduce((t, n) => t.replaceAll(n.key, "@" + n.name), text).replaceAll("@_all", "@所有人");
}

/** roleOf is what stands below a person's name. */
export const roleOf = (p) => [p.role, p.grid].filter(Boolean).join(" · ");
