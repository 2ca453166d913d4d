import { createHash, randomUUID } from "node:crypto";

/** Makes uuids: random ones, or with a seed the same sequence in every run. */
export function idMaker(seed?: string): () => string {
  if (seed === undefined) return randomUUID;
  let count = 0;
  return () => uuidFrom(`${seed} ${count++}`);
}

function uuidFrom(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
