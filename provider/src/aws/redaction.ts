import type { Settings } from "./settings";

/** What was sent may be secret, and a service may repeat it in its error: it is taken out of the service's words. */

/** A value that was sent. */
export type Sent = string | number;

/** A text of this length is taken out wherever it stands; a shorter one, such as `No`, only where it stands for itself. */
const LONG = 4;
const REDACTED = "[redacted]";
/** However it is spelled: a 7 that was sent comes back as 7.0. */
const NUMBER = /(?<![A-Za-z0-9.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![A-Za-z0-9])/gi;

export function redact(message: string, sent: readonly Sent[]): string {
  const texts = sent.filter((value) => typeof value === "string");
  const numbers = new Set(sent.filter((value) => typeof value === "number").map(Math.abs));
  // The longest first: one may be the beginning of another.
  const spellings = texts.flatMap(spellingsOf).sort((a, b) => b.length - a.length);
  const withoutTexts =
    spellings.length === 0 ? message : message.replace(new RegExp(spellings.map(pattern).join("|"), "g"), REDACTED);
  return withoutTexts.replace(NUMBER, (found) => (numbers.has(Math.abs(Number(found))) ? REDACTED : found));
}

/** As it is, and as JSON. */
function spellingsOf(value: string): string[] {
  const text = value.trim();
  return text === "" ? [] : [text, JSON.stringify(text).slice(1, -1)];
}

function pattern(text: string): string {
  const literal = text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return text.length >= LONG ? literal : `(?<![A-Za-z0-9])${literal}(?![A-Za-z0-9])`;
}

/** What of the settings goes out with calls, and is secret by its nature or may be. */
export function secretsIn({
  accessKey,
  secretKey,
  token,
  assumeRole = [],
  assumeRoles = [],
  assumeRoleWithWebIdentity: identity,
}: Settings): string[] {
  const keys = [accessKey, secretKey, token, identity?.policy, identity?.webIdentityToken];
  const ofRoles = [...assumeRole, ...assumeRoles].flatMap(({ policy, externalId, sourceIdentity, tags = {} }) => [
    ...[policy, externalId, sourceIdentity],
    ...Object.values(tags),
  ]);
  return [...keys, ...ofRoles].filter((value) => value !== undefined);
}
