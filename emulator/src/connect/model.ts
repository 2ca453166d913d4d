import type { Shape } from "../wire/shape";
import extract from "./model.json";

/** The operations that the emulator serves. */
export type ConnectOperationName = keyof typeof extract.operations;

/** How one operation travels over HTTP, and which errors it models. */
export interface OperationModel {
  method: string;
  uri: string;
  input: string;
  /** Members outside the body; `as` is their name on the wire where it differs. */
  bindings: Record<string, { in: string; as?: string }>;
  errors: string[];
}

/** The API model of the served operations of Connect. */
export const model: {
  operations: Record<ConnectOperationName, OperationModel>;
  errors: Record<string, number>;
  shapes: Record<string, Shape>;
} = extract;

/** Every operation name, in the model's order. */
export const operationNames = Object.keys(model.operations) as ConnectOperationName[];
