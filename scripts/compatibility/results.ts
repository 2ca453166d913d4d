import * as fs from "node:fs";
import * as path from "node:path";

/** What came of each cell, by its id, kept beside the page that is made from it. */

export interface Result {
  /** In ISO 8601. */
  readonly day: string;
  readonly engine: string;
  readonly platform: string;
  /** What was said instead, where it did not work. */
  readonly says?: string;
}

export type Results = Readonly<Record<string, Result>>;

const FILE = path.join(__dirname, "results.json");

export const readResults = (): Results => JSON.parse(fs.readFileSync(FILE, "utf8")) as Results;

export const writeResults = (results: Results): void => fs.writeFileSync(FILE, `${JSON.stringify(results, null, 1)}\n`);
