import { type Cell, cellAt, cellsOf, type Table } from "./cells";
import type { Result, Results } from "./results";
import { TABLES } from "./tables";

/** Writes what came of the trials between the markers of the page. */
export function withTables(page: string, results: Results): string {
  const parts = {
    tried: triedText(results),
    ...Object.fromEntries(TABLES.map((table) => [table.title, tableText(table, results)])),
  };
  return Object.entries(parts).reduce((text, [name, part]) => between(text, name, part), page);
}

function between(page: string, name: string, part: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/compatibility-matrix.md has no ${begin} with an ${end} after it.`);
  return `${page.slice(0, from)}${begin}\n\n${part}\n\n${page.slice(to)}`;
}

function triedText(results: Results): string {
  const tried = TABLES.flatMap(cellsOf).flatMap(({ id }) => results[id] ?? []);
  const list = (key: "day" | "engine" | "platform") =>
    [...new Set(tried.map((result) => result[key]))].sort().join(" and ");
  return `${tried.length} combinations were tried on ${list("day")}, on ${list("platform")} with Pulumi ${list("engine")}.`;
}

function tableText(table: Table, results: Results): string {
  const notes: string[] = [];
  const rows = table.rows.map((row) => [
    row.name,
    ...table.columns.map((column) => {
      const cell = cellAt(table, row, column);
      return cellText(cell, results[cell.id], notes);
    }),
  ]);
  const text = aligned([[table.corner, ...table.columns.map(({ name }) => name)], ...rows]);
  return [text, ...notes.map((note, at) => `${at === 0 ? "\n" : ""}${at + 1}. ${note}`)].join("\n");
}

function cellText({ setting }: Cell, result: Result | undefined, notes: string[]): string {
  if (result === undefined) return "not tried";
  if (result.says !== undefined)
    return `does not work (${numberOf(`It says: \`${result.says.replaceAll("`", "'")}\``, notes)})`;
  return setting === undefined ? "works" : `works with a setting (${numberOf(setting, notes)})`;
}

function numberOf(note: string, notes: string[]): number {
  if (!notes.includes(note)) notes.push(note);
  return notes.indexOf(note) + 1;
}

function aligned([head = [], ...rows]: string[][]): string {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => (row[at] ?? "").length)));
  const line = (cells: string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
