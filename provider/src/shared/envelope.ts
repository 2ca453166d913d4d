import type { Json } from "./plain";

/** The engine's envelope around a secret that stands among plain values. */

const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

export const sealedSecret = (value: unknown): Json => ({ [SIGNATURE_KEY]: SIGNATURE, value });

export const isSealedSecret = (value: Json): boolean => value[SIGNATURE_KEY] === SIGNATURE;
