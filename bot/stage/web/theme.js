// Light, dark, or as the system has it. Loaded first, so that nothing flashes.

const key = "gridbot.theme", order = ["auto", "light", "dark"];

/** theme is the choice in force. */
export const theme = () => document.documentElement.dataset.theme ?? "auto";

/** nextTheme goes on to the next choice and returns it. */
export function nextTheme() {
  set(order[(order.indexOf(theme()) + 1) % order.length]);
  return theme();
}

function set(name) {
  if (name === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  try { localStorage.setItem(key, name); } catch { /* a browser that keeps nothing */ }
}

try { set(order.includes(localStorage.getItem(key)) ? localStorage.getItem(key) : "auto"); } catch { set("auto"); }
