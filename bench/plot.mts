import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { CONTENDERS, type Contender, OPERATIONS, type Operation } from "./plan.js";

/** A point of the plot: so many evaluations took so long. */
export interface Point {
  contender: Contender;
  operation: Operation;
  count: number;
  seconds: number;
}

const COLOURS: Readonly<Record<Contender, string>> = {
  floor: "#8c8c8c",
  class: "#2f6fdb",
  plugin: "#1f9d55",
  documented: "#e07b00",
};

const ROWS = 2;
const COLUMNS = 3;

/** The seconds of each operation over the number of evaluations, as SVG. */
export function plot(points: readonly Point[]): string {
  const operations = Object.keys(OPERATIONS) as Operation[];
  const column = (operation: Operation) => operations.indexOf(operation) % COLUMNS;
  const row = (operation: Operation) => Math.floor(operations.indexOf(operation) / COLUMNS);
  const facet = { fx: (p: Point) => column(p.operation), fy: (p: Point) => row(p.operation) };
  const titles = operations.map((operation) => ({ operation, title: OPERATIONS[operation].title.replaceAll("`", "") }));
  const contenders = Object.keys(CONTENDERS) as Contender[];
  const most = Math.max(...points.map(({ count }) => count));
  const { document } = parseHTML("<html></html>") as unknown as Pick<Plot.PlotOptions, "document">;
  const svg = Plot.plot({
    document,
    className: "plot",
    width: 960,
    height: 260 * ROWS,
    marginLeft: 45,
    marginTop: 30,
    style: { background: "white", color: "#333" },
    grid: true,
    fx: { axis: null },
    fy: { axis: null, padding: 0.14 },
    x: { label: "evaluations", ticks: [1, 200, 500, 1000].filter((count) => count <= most) },
    y: { label: "seconds" },
    color: { domain: Object.keys(COLOURS), range: Object.values(COLOURS) },
    marks: [
      Plot.frame({ stroke: "#ddd" }),
      Plot.text(titles, {
        fx: (t: { operation: Operation }) => column(t.operation),
        fy: (t: { operation: Operation }) => row(t.operation),
        text: "title",
        frameAnchor: "top",
        dy: -9,
        fontWeight: "bold",
      }),
      Plot.lineY(points, { ...facet, x: "count", y: "seconds", stroke: "contender", marker: "circle" }),
      ...contenders.map((contender, at) =>
        Plot.text([CONTENDERS[contender]], {
          fx: () => 0,
          fy: () => 0,
          fill: COLOURS[contender],
          frameAnchor: "top-left",
          dx: 10,
          dy: 28 + 14 * at,
        }),
      ),
    ],
  });
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "Seconds of each operation over the number of evaluations");
  return `${svg.outerHTML}\n`;
}
