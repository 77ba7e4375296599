// What the page knows: everybody and everything there is, who is played, which
// chat is open, and what has not been read.

export const state = { world: { bot: {}, people: [], groups: [], menu: [], buttons: [] }, me: null, chatID: "", unread: new Map() };

/** person is somebody by open_id; undefined if there is nobody. */
export const person = (openID) => state.world.people.find((p) => p.open_id === openID);

/** group is a group by chat_id; undefined for private chats. */
export const group = (chatID) => state.world.groups.find((g) => g.chat_id === chatID);

/** nameOf is the name of a person or of the bot; "" for nobody. */
export const nameOf = (openID) => (openID === state.world.bot.open_id ? state.world.bot.name : person(openID)?.name ?? "");

/** chatsOf is the chats of a person: the private one first, then their groups. */
export function chatsOf(p) {
  const groups = state.world.groups.filter((g) => g.members.includes(p.open_id));
  return [{ chat_id: p.chat_id, name: state.world.bot.name, private: true }, ...groups];
}

/** chatName is how the log names a chat. */
export function chatName(chatID) {
  return group(chatID)?.name ?? state.world.people.find((p) => p.chat_id === chatID)?.name ?? "";
}

const clockTime = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hour12: false });
const exactTime = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "long", day: "numeric" });

/** when writes an instant as 11月23日 16:40, exact as 16:40:05. */
export const when = (at) => `${day.format(new Date(at))} ${clockTime.format(new Date(at))}`;
export const exact = (at) => exactTime.format(new Date(at));
