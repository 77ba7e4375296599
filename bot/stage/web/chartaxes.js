// Charts with axes: bars of either direction, lines and areas.

import { svg } from "./dom.js";
import { fit, palette, seriesOf, textWidth } from "./chart.js";

const top = 8, axis = 22;

/** bars draws one bar a value; values of one name stand beside each other if the
    name is made of two fields, else upon each other. */
export function bars(spec, values, series, width, height) {
  const flat = spec.direction === "horizontal";
  const name = [flat ? spec.yField : spec.xField].flat(), value = flat ? spec.xField : spec.yField;
  const groups = grouped(values, name[0]);
  const beside = name.length > 1;
  const total = (g) => (beside ? Math.max(...g.map((v) => v[value])) : g.reduce((sum, v) => sum + Math.max(v[value], 0), 0));
  const most = Math.max(...[...groups.values()].map(total), 0), least = axisFrom(spec, flat ? "bottom" : "left");
  const draw = flat ? lying : standing;
  return draw({ spec, groups: [...groups], value, series, beside, least, most, width, height });
}

// axisFrom is where the axis of the values begins: as in VChart at zero, unless
// the spec says another one.
function axisFrom(spec, orient) {
  return spec.axes?.find((a) => a.orient === orient)?.min ?? 0;
}

function grouped(values, field) {
  const groups = new Map();
  for (const v of values) groups.set(v[field], [...(groups.get(v[field]) ?? []), v]);
  return groups;
}

function lying({ spec, groups, value, series, beside, least, most, width, height }) {
  const left = Math.min(Math.max(...groups.map(([name]) => textWidth(name))) + 12, width * 0.4);
  const room = width - left - 44, step = (height - 8) / Math.max(groups.length, 1);
  return groups.map(([name, list], i) => {
    const middle = 4 + step * (i + 0.5), thick = Math.min(step * 0.62, 18) / (beside ? list.length : 1);
    let from = 0;
    const drawn = list.map((v, k) => {
      const length = most > least ? (Math.max(v[value] - least, 0) / (most - least)) * room : 0;
      const y = middle - thick / 2 + (beside ? (k - (list.length - 1) / 2) * thick : 0);
      const x = left + (beside ? 0 : from);
      from += length;
      return [
        bar(x, y, Math.max(length, 1), thick - (beside ? 1 : 0), colourOf(spec, series, v), v, value),
        spec.label?.visible && (beside || k === list.length - 1) && label(left + (beside ? length : from) + 6, y + thick / 2 + 4, v[value], "start"),
      ];
    });
    return [label(left - 8, middle + 4, fit(String(name), left - 10), "end", "axis-text"), drawn];
  });
}

function standing({ spec, groups, value, series, beside, least, most, width, height }) {
  const { left, y, grid } = scale(least, most, width, height);
  const step = (width - left) / Math.max(groups.length, 1), thick = Math.min(step * 0.6, 36);
  return [grid, groups.map(([name, list], i) => {
    const middle = left + step * (i + 0.5);
    let from = 0;
    const drawn = list.map((v, k) => {
      const size = Math.max(v[value], least), wide = beside ? thick / list.length : thick;
      const x = middle - thick / 2 + (beside ? k * wide : 0);
      const upper = y(beside ? size : from + size), lower = y(beside ? least : Math.max(from, least));
      from += size;
      return [
        bar(x, upper, wide - (beside ? 1 : 0), Math.max(lower - upper, 1), colourOf(spec, series, v), v, value),
        spec.label?.visible && label(x + wide / 2, upper - 5, v[value], "middle"),
      ];
    });
    return [drawn, step > 18 && label(middle, height - 6, fit(String(name), step - 2), "middle", "axis-text")];
  })];
}

/** lines draws a line a series over the names. */
export function lines(spec, values, series, width, height) {
  const value = spec.yField, names = [...new Set(values.map((v) => v[spec.xField]))];
  const numbers = values.map((v) => v[value]);
  const { left, y, grid } = scale(Math.min(...numbers, axisFrom(spec, "left")), Math.max(...numbers), width, height);
  const step = (width - left - 24) / Math.max(names.length - 1, 1), x = (name) => left + 12 + step * names.indexOf(name);
  const every = Math.ceil((Math.max(...names.map(textWidth)) + 10) / step);
  return [grid,
    names.map((n, i) => i % every === 0 && label(x(n), height - 6, n, "middle", "axis-text")),
    series.map((name, i) => one(values.filter((v) => seriesOf(spec, v) === name), palette[i % palette.length])),
  ];

  function one(list, colour) {
    const points = list.map((v) => [x(v[spec.xField]), y(v[value])]);
    const path = "M" + points.map((p) => p.map(Math.round).join(" ")).join("L");
    const showValues = spec.label?.visible && series.length === 1;
    return [
      spec.type === "area" && points.length > 0 && svg("path", { d: `${path}L${points.at(-1)[0]} ${height - axis}L${points[0][0]} ${height - axis}Z`, fill: colour, "fill-opacity": 0.14 }),
      svg("path", { d: path, fill: "none", stroke: colour, "stroke-width": 2, "stroke-linejoin": "round" }),
      list.map((v, i) => svg("circle", { cx: points[i][0], cy: points[i][1], r: 3, class: "point", stroke: colour }, hint(v[spec.xField], v[value]))),
      showValues && list.map((v, i) => label(points[i][0], points[i][1] - 8, v[value], "middle")),
    ];
  }
}

// scale is the value axis: round steps, with a grid.
function scale(low, most, width, height) {
  const rough = (most - low || 1) / 4, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough);
  const from = Math.floor(low / step) * step, to = Math.max(Math.ceil(most / step) * step, from + step);
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => Number((from + i * step).toPrecision(6)));
  const left = Math.max(...ticks.map(textWidth)) + 8;
  const y = (v) => top + 8 + (1 - (v - from) / (to - from)) * (height - axis - top - 8);
  const grid = ticks.map((t) => [
    svg("line", { x1: left, x2: width, y1: y(t), y2: y(t), class: "grid-line" }),
    label(left - 6, y(t) + 4, t, "end", "axis-text"),
  ]);
  return { left, y, grid };
}

function colourOf(spec, series, v) {
  return palette[Math.max(series.indexOf(seriesOf(spec, v)), 0) % palette.length];
}

function bar(x, y, width, height, fill, v, value) {
  return svg("rect", { x, y, width, height, rx: Math.min(3, width / 2, height / 2), fill, class: "bar" }, hint(v.name ?? "", v[value]));
}

const hint = (name, value) => svg("title", {}, `${name} ${value}`.trim());

function label(x, y, text, anchor, kind = "value-text") {
  return svg("text", { x, y, "text-anchor": anchor, class: kind }, String(text));
}
