import type { Layout } from "./layouts";
import { npm, type Setup } from "./setups";
import { USUAL } from "./versions";

/** What is tried together. */
export interface Combination {
  readonly setup: Setup;
  readonly layout: Layout;
  readonly node: string;
  readonly sdk: string;
  readonly typescript?: string;
}

/** A row or a column, with its part of the combination. */
export interface Line extends Partial<Combination> {
  readonly name: string;
  /** What a user has to do for it, as Markdown. */
  readonly setting?: string;
}

/** Something that does not work, by rows and columns (all, where none are named), and a part of what is said then. */
interface KnownFailure {
  readonly rows?: readonly Line[];
  readonly columns?: readonly Line[];
  readonly says: string;
}

export interface Table {
  readonly title: string;
  /** The head of the first column. */
  readonly corner: string;
  readonly rows: readonly Line[];
  readonly columns: readonly Line[];
  readonly known?: readonly KnownFailure[];
}

/** One combination, in its place in a table. */
export interface Cell {
  /** All that is tried, so that a result belongs to these versions and to no others. */
  readonly id: string;
  readonly combination: Combination;
  readonly setting?: string;
  /** A part of what is said, where it is known not to work. */
  readonly known?: string;
}

export const cellsOf = (table: Table): Cell[] =>
  table.rows.flatMap((row) => table.columns.map((column) => cellAt(table, row, column)));

export function cellAt({ title, known = [] }: Table, row: Line, column: Line): Cell {
  const { name: rowName, setting: rowSetting, ...rowPart } = row;
  const { name: columnName, setting: columnSetting, ...columnPart } = column;
  const combination = { setup: npm, ...USUAL, ...rowPart, ...columnPart };
  const { setup, layout, node, sdk } = combination;
  if (layout === undefined) throw new Error(`${title}: neither ${rowName} nor ${columnName} has a layout.`);
  const setting = rowSetting ?? columnSetting;
  const failure = known.find(
    ({ rows, columns }) => (rows ?? [row]).includes(row) && (columns ?? [column]).includes(column),
  );
  return {
    id: [
      title,
      rowName,
      columnName,
      `${setup.tool.package} ${setup.tool.version}`,
      `Node.js ${node}`,
      `SDK ${sdk}`,
    ].join(", "),
    combination: { ...combination, layout },
    ...(setting && { setting }),
    ...(failure && { known: failure.says }),
  };
}
