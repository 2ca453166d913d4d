import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { type Cell, cellsOf } from "./compatibility/cells";
import { withTables } from "./compatibility/page";
import { type Result, type Results, readResults, writeResults } from "./compatibility/results";
import { TABLES } from "./compatibility/tables";
import { tryAll } from "./compatibility/trials";

const USAGE = `npm run compatibility [-- OPTION …]

Installs the packed package in every way that docs/compatibility-matrix.md tells of, runs each on the real engine and a local
Connect, and writes the tables of the page. Takes about an hour, and four gigabytes in node_modules/.cache.

  --only TEXT      tries only what has the text in its name; may be given several times
  --missing        tries only what has no result yet: after an interruption, or for new versions and rows
  --list           names what would be tried, and tries nothing
  --report         writes the tables again from the last results, and tries nothing
  --help
`;

const PAGE = path.resolve(__dirname, "../docs/compatibility-matrix.md");

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true, default: [""] },
      missing: { type: "boolean" },
      list: { type: "boolean" },
      report: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(USAGE);
  const cells = TABLES.flatMap(cellsOf);
  const results = new Map(Object.entries(readResults()));
  const isWanted = ({ id }: Cell) =>
    values.only.some((text) => id.toLowerCase().includes(text.toLowerCase())) && !(values.missing && results.has(id));
  const wanted = cells.filter(isWanted);
  if (values.list) return console.log(wanted.map(({ id }) => id).join("\n"));
  // After each, so that a run that is cut off has not been for nothing.
  const keep = (cell: Cell, result: Result) => writeResults(stillTried(cells, results.set(cell.id, result)));
  if (!values.report) await tryAll(wanted, keep);
  fs.writeFileSync(PAGE, withTables(fs.readFileSync(PAGE, "utf8"), stillTried(cells, results)));
}

/** Results of what the tables have, in their order. */
function stillTried(cells: readonly Cell[], results: ReadonlyMap<string, Result>): Results {
  return Object.fromEntries(
    cells.flatMap(({ id }) => {
      const result = results.get(id);
      return result === undefined ? [] : [[id, result]];
    }),
  );
}

main();
