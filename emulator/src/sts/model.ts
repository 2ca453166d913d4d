import type { Shape } from "../wire/shape";
import extract from "./model.json";

/** The names of all operations. Written out, since declarations that import JSON need an option of the compiler. */
export const operationNames = ["AssumeRole", "AssumeRoleWithWebIdentity", "GetCallerIdentity"] as const;

/** An operation that the emulator serves. */
export type StsOperationName = (typeof operationNames)[number];

/** The version of the API that every request names. */
export const version = "2011-06-15";

/** The API model of the served operations of STS. */
export const model: {
  operations: Record<StsOperationName, { input: string; unsigned?: boolean }>;
  errors: Record<string, number>;
  shapes: Record<string, Shape>;
} = extract;
