// The platform's colour names as colours; style.css maps the families for light and dark.

const families = ["blue", "carmine", "green", "indigo", "lime", "grey", "orange", "purple", "red", "sunflower", "turquoise", "violet", "wathet", "yellow"];

// How much of the family's hue the paler shades hold, over the card's ground.
const shades = { "00": 4, 50: 8, 100: 15, 200: 28, 300: 42, 350: 52, 400: 70, 500: 100 };

/** colour is a CSS colour of the platform's name for it; an unknown one is the text's own. */
export function colour(name) {
  if (name === "white") return "#fff";
  if (name === "bg-white") return "var(--card)";
  const [family, shade = "600"] = (name ?? "").split("-");
  if (!families.includes(family)) return "currentColor";
  return shades[shade] ? `color-mix(in srgb, var(--${family}-hue) ${shades[shade]}%, var(--card))` : `var(--${family})`;
}

/** ground is the same for backgrounds, where default is none and a bare family is pale. */
export function ground(name) {
  if (!name || name === "default") return "transparent";
  return families.includes(name) ? colour(`${name}-50`) : colour(name);
}
