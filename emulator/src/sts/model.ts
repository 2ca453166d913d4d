import type { Shape } from "../wire/shape";
import extract from "./model.json";

/** The operations that the emulator serves. */
export type StsOperationName = keyof typeof extract.operations;

/** The version of the API that every request names. */
export const version = "2011-06-15";

/** The API model of the served operations of STS. */
export const model: {
  operations: Record<StsOperationName, { input: string; unsigned?: boolean }>;
  errors: Record<string, number>;
  shapes: Record<string, Shape>;
} = extract;
