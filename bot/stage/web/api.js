// What the page asks the stand-in and does there.

async function get(path) {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`服务没有回应（HTTP ${answer.status}）`);
  return answer.json();
}

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  const data = await answer.json();
  if (!answer.ok) throw new Error(data.error ?? `HTTP ${answer.status}`);
  return data;
}

export const world = () => get("page/world");
export const log = () => get("page/log");
export const chat = (as, id) => get(`page/chat?${new URLSearchParams({ as, chat_id: id })}`);

export const say = (as, chat_id, text, mention) => post("page/say", { as, chat_id, text, mention });
export const act = (as, message_id, path, what) => post("page/act", { as, message_id, path, ...what });
export const forward = (as, message_id, chat_id) => post("page/forward", { as, message_id, chat_id });
export const menu = (as, key) => post("page/menu", { as, key });
export const setBot = (as, chat_id, inside) => post("page/bot", { as, chat_id, inside });
export const clock = (label) => post("page/clock", { label });

/** listen tells what happens to a person, until closed. ready is called whenever
    the line stands (again): what happened before it must be asked for. */
export function listen(as, ready, heard) {
  const line = new EventSource(`page/stream?${new URLSearchParams({ as })}`);
  line.addEventListener("open", ready);
  line.addEventListener("message", (e) => heard(JSON.parse(e.data)));
  return () => line.close();
}
