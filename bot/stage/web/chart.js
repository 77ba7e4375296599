// Charts of cards, drawn from the part of VChart's spec that cards use: bars,
// lines, progress and pies. They are drawn anew when their width changes.

import { h, svg } from "./dom.js";
import { bars, lines } from "./chartaxes.js";
import { linear, circular, pie } from "./chartshare.js";

const kinds = { bar: bars, line: lines, area: lines, linearProgress: linear, circularProgress: circular, pie };
const ratios = { "1:1": 1, "2:1": 1 / 2, "4:3": 3 / 4, "16:9": 9 / 16 };

/** palette is the colours of series, in their order. */
export const palette = ["var(--chart-1)", "var(--chart-2)", "var(--chart-3)", "var(--chart-4)", "var(--chart-5)", "var(--chart-6)"];

/** chart draws a chart component. */
export function chart(e) {
  const spec = e.chart_spec, draw = kinds[spec.type];
  const node = h("figure.chart");
  if (!draw) return h("figure.chart.unknown", {}, `（图表：${spec.type}）`);
  const values = [spec.data].flat().flatMap((d) => d.values);
  const series = [...new Set(values.map((v) => seriesOf(spec, v)))];
  const drawing = h(".drawing");
  if (spec.title?.visible !== false && spec.title?.text) node.append(h("figcaption.chart-title", {}, spec.title.text));
  node.append(drawing);
  if (spec.legends?.visible && series.length > 1) node.append(legend(series));
  new ResizeObserver(([{ contentRect }]) => {
    const width = Math.floor(contentRect.width);
    if (width < 40 || width === Number(drawing.dataset.width)) return;
    drawing.dataset.width = width;
    const height = heightOf(e, width, node);
    drawing.replaceChildren(svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": spoken(spec, values) },
      draw(spec, values, series, width, height)));
  }).observe(drawing);
  return node;
}

/** seriesOf is the name of the series a value is in; "" if there is only one. */
export function seriesOf(spec, value) {
  const field = spec.seriesField ?? spec.categoryField;
  return String(value[field] ?? "");
}

/** textWidth is about how wide a text is, at 12 pixels. */
export function textWidth(text) {
  let width = 0;
  for (const c of String(text)) width += c.codePointAt(0) > 0x2e7f ? 12 : 6.8;
  return width;
}

/** fit cuts a text to a width. */
export function fit(text, width) {
  if (textWidth(text) <= width) return text;
  let cut = "";
  for (const c of text) {
    if (textWidth(cut + c + "…") > width) break;
    cut += c;
  }
  return cut + "…";
}

// heightOf is the drawing's part of the component's height, beside title and legend.
function heightOf(e, width, node) {
  const beside = [...node.children].filter((c) => !c.matches(".drawing")).reduce((sum, c) => sum + c.offsetHeight, 0);
  const whole = /px$/.test(e.height ?? "") ? parseInt(e.height) : Math.min(width * (ratios[e.aspect_ratio] ?? 9 / 16), 360);
  return Math.max(48, Math.round(whole - beside));
}

function legend(series) {
  return h(".legend", {}, series.map((name, i) => {
    const mark = h("span.legend-mark");
    mark.style.background = palette[i % palette.length];
    return h("span.legend-item", {}, mark, name);
  }));
}

function spoken(spec, values) {
  const [name, value] = spec.categoryField ? [spec.categoryField, spec.valueField]
    : spec.direction === "horizontal" || spec.type === "linearProgress" ? [spec.yField, spec.xField] : [spec.xField, spec.yField];
  const said = values.map((v) => `${[name].flat().map((n) => v[n]).join(" ")} ${v.text ?? v[value]}`);
  return [spec.title?.text, ...said].filter(Boolean).join("，");
}
