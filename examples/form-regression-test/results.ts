/** The score of an evaluation or a question, in percent. */
export interface Result {
  /** Of the case. */
  name: string;
  question: string;
  /** `undefined` if the case expects nothing of the question. */
  expected: number | undefined;
  /** `undefined` if there is no score: the form gives none, or Connect is not done yet. */
  scored: number | undefined;
}

/** AWS does not document how scores are rounded. */
const TOLERANCE = 0.01;

export const differs = ({ expected, scored }: Result): boolean =>
  expected !== undefined && (scored === undefined || Math.abs(scored - expected) > TOLERANCE);

export function tableOf(results: readonly Result[]): string {
  const rows = results.map(({ name, question, expected, scored }) => [name, question, shown(expected), shown(scored)]);
  const table = [["case", "question", "expected", "scored"], ...rows];
  const pad = (cell: string, column: number) => {
    const width = Math.max(...table.map((row) => row[column]?.length ?? 0));
    return column < 2 ? cell.padEnd(width) : cell.padStart(width);
  };
  return table.map((row) => row.map(pad).join("  ")).join("\n");
}

const shown = (score: number | undefined): string => (score === undefined ? "none" : `${Number(score.toFixed(2))} %`);
