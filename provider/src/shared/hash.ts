import { createHash } from "node:crypto";

/** SHA-256 of the parts in hexadecimal; `["ab"]` and `["a", "b"]` differ. */
export const hash = (...parts: unknown[]): string => createHash("sha256").update(JSON.stringify(parts)).digest("hex");
