/** A fraction, in whole numbers: numerator and denominator, which is above 0. */
export type Fraction = readonly [bigint, bigint];

/** The fraction that a number is in decimals. */
export function toFraction(number: number): Fraction {
  const [before = "0", after = ""] = String(number).split(".");
  return [BigInt(before + after), 10n ** BigInt(after.length)];
}

/** The sum of two fractions. */
export function plus([a, b]: Fraction, [c, d]: Fraction): Fraction {
  return [a * d + c * b, b * d];
}

/** Their difference. */
export function minus(one: Fraction, [c, d]: Fraction): Fraction {
  return plus(one, [-c, d]);
}

/** Their product. */
export function product([a, b]: Fraction, [c, d]: Fraction): Fraction {
  return [a * c, b * d];
}

/** The first divided by the second, which is above 0. */
export function over([a, b]: Fraction, [c, d]: Fraction): Fraction {
  return [a * d, b * c];
}

export function isZero([a]: Fraction): boolean {
  return a === 0n;
}

const digits = 60;

/** The number that is nearest to a fraction that is not below 0. */
export function nearestNumber([a, b]: Fraction): number {
  const all = String((a * 10n ** BigInt(digits)) / b).padStart(digits + 1, "0");
  return Number(`${all.slice(0, -digits)}.${all.slice(-digits)}`);
}
