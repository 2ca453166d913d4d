import { Decimal } from "decimal.js";

/**
 * Numbers of 60 decimal digits. What has an end in decimals is exact, and a third is off so far behind the 17 digits of
 * a JavaScript number that the nearest one comes out.
 */
export const Exact = Decimal.clone({ precision: 60 });

/** A number that is computed with. */
export type Exact = Decimal;

export const zero: Exact = new Exact(0);
export const hundred: Exact = new Exact(100);

/** The sum of numbers, 0 of none. */
export function sum(numbers: readonly Decimal.Value[]): Exact {
  return numbers.reduce((total: Exact, number) => total.plus(number), zero);
}
