// Charts of shares: progress bars and rings, and pies.

import { svg } from "./dom.js";
import { fit, palette, seriesOf, textWidth } from "./chart.js";

/** linear draws a bar a value of 0 to 1, on its track. */
export function linear(spec, values, series, width, height) {
  const left = Math.min(Math.max(...values.map((v) => textWidth(v[spec.yField]))) + 12, width * 0.4);
  const room = width - left - 52, step = height / Math.max(values.length, 1), thick = Math.min(step * 0.4, 12);
  return values.map((v, i) => {
    const middle = step * (i + 0.5), share = clamp(v[spec.xField]);
    const track = { x: left, y: middle - thick / 2, height: thick, rx: thick / 2 };
    return [
      svg("text", { x: left - 8, y: middle + 4, "text-anchor": "end", class: "axis-text" }, fit(String(v[spec.yField]), left - 10)),
      svg("rect", { ...track, width: room, class: "track" }),
      svg("rect", { ...track, width: Math.max(share * room, share > 0 ? thick : 0), fill: colourOf(spec, series, v), class: "bar" }),
      svg("text", { x: left + room + 8, y: middle + 4, class: "value-text" }, percent(v, v[spec.xField])),
    ];
  });
}

/** circular draws a ring a value of 0 to 1, the largest outside, and the first in words. */
export function circular(spec, values, series, width, height) {
  const x = width / 2, y = height / 2, outer = Math.min(width, height) / 2 - 8, thick = Math.min(14, outer / (values.length * 2));
  return [
    values.map((v, i) => {
      const r = outer - i * (thick + 4), round = 2 * Math.PI * r, share = clamp(v[spec.valueField]);
      const ring = { cx: x, cy: y, r, fill: "none", "stroke-width": thick };
      return [
        svg("circle", { ...ring, class: "track-ring" }),
        svg("circle", { ...ring, stroke: colourOf(spec, series, v), "stroke-linecap": "round", "stroke-dasharray": `${share * round} ${round}`, transform: `rotate(-90 ${x} ${y})` }),
      ];
    }),
    values[0] && svg("text", { x, y: y + 2, "text-anchor": "middle", class: "ring-figure" }, percent(values[0], values[0][spec.valueField])),
    values[0] && svg("text", { x, y: y + 22, "text-anchor": "middle", class: "axis-text" }, String(values[0][spec.categoryField] ?? "")),
  ];
}

/** pie draws a slice a value, with its name outside where it is large enough. */
export function pie(spec, values, series, width, height) {
  const x = width / 2, y = height / 2, outer = Math.min(width, height) / 2 - 24, inner = outer * (spec.innerRadius ?? 0);
  const sum = values.reduce((s, v) => s + Math.max(v[spec.valueField], 0), 0) || 1;
  let turn = -Math.PI / 2;
  return values.map((v) => {
    const share = Math.max(v[spec.valueField], 0) / sum, from = turn, to = (turn += share * 2 * Math.PI), middle = (from + to) / 2;
    const at = (r, a) => `${(x + r * Math.cos(a)).toFixed(1)} ${(y + r * Math.sin(a)).toFixed(1)}`;
    const end = Math.min(to, from + 2 * Math.PI - 0.001), large = end - from > Math.PI ? 1 : 0;
    const slice = `M${at(outer, from)}A${outer} ${outer} 0 ${large} 1 ${at(outer, end)}L${at(inner, end)}A${inner} ${inner} 0 ${large} 0 ${at(inner, from)}Z`;
    const right = Math.cos(middle) >= 0;
    return [
      svg("path", { d: slice, fill: colourOf(spec, series, v), class: "slice" }, svg("title", {}, `${v[spec.categoryField]} ${v[spec.valueField]}`)),
      share > 0.03 && svg("text", { x: x + (outer + 10) * Math.cos(middle), y: y + (outer + 10) * Math.sin(middle) + 4, "text-anchor": right ? "start" : "end", class: "axis-text" },
        fit(`${v[spec.categoryField]} ${v[spec.valueField]}`, width / 2 - outer * 0.6)),
    ];
  });
}

const clamp = (share) => Math.min(Math.max(Number(share) || 0, 0), 1);
const percent = (v, share) => String(v.text ?? `${Math.round(clamp(share) * 1000) / 10}%`);

function colourOf(spec, series, v) {
  return palette[Math.max(series.indexOf(seriesOf(spec, v)), 0) % palette.length];
}
