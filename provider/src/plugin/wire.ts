import { ListValue, NullValue, Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import { isSealedSecret, sealedSecret } from "../shared/envelope";
import { isUnknown, UNKNOWN } from "../shared/model";
import { isObject, type Json, own } from "../shared/plain";

/**
 * Properties on Pulumi's wire. There a secret is an envelope around its value, and what is not known yet is a word of its
 * type. Here values are plain, beside the places of those that are secret, and there is one word for all unknowns.
 */

/** Where a value is secret: the whole, or in these members. */
export type Secrets = true | SecretMembers;

export interface SecretMembers {
  readonly [member: string]: Secrets;
}

export interface Properties {
  readonly value: Json;
  readonly secrets?: SecretMembers | undefined;
}

/** Of a string, a boolean, a number, a list, an asset, an archive, and an object. */
const UNKNOWNS: ReadonlySet<string> = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

interface Opened {
  value: unknown;
  secrets?: Secrets | undefined;
}

/** The plain properties; none where there is no struct. */
export function opened(struct: Struct | undefined): Properties {
  const { value, secrets } = openMembers(membersOf(struct));
  return { value: value as Json, secrets: secrets === true ? undefined : secrets };
}

/** The properties as they go over the wire; what is `undefined` does not. */
export function sealed({ value, secrets = {} }: Properties): Struct {
  const struct = new Struct();
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) struct.getFieldsMap().set(key, seal(member, own(secrets, key)));
  }
  return struct;
}

/** The places that any of them has. */
export function union(...all: readonly (SecretMembers | undefined)[]): SecretMembers | undefined {
  return all.reduce((sum, one) => merged(sum, one) as SecretMembers | undefined, undefined);
}

/** Whether all of these places are secret in the other value, too. */
export function covers(secrets: Secrets | undefined, others: Secrets): boolean {
  if (secrets === true) return true;
  if (others === true || secrets === undefined) return false;
  return Object.entries(others).every(([key, other]) => covers(own(secrets, key), other));
}

export const hasUnknown = (value: unknown): boolean =>
  isUnknown(value) || (typeof value === "object" && value !== null && Object.values(value).some(hasUnknown));

const membersOf = (struct: Struct | undefined): [string, Value][] => {
  const members: [string, Value][] = [];
  struct?.getFieldsMap().forEach((member, key) => void members.push([key, member]));
  return members;
};

function openMembers(members: readonly [string, Value][]): Opened {
  const parts = members.map(([key, member]): [string, Opened] => [key, open(member)]);
  const value = Object.fromEntries(parts.map(([key, part]) => [key, part.value]));
  if (isSealedSecret(value)) return { value: value.value, secrets: true };
  const secrets = parts.flatMap(([key, part]) => (part.secrets === undefined ? [] : [[key, part.secrets] as const]));
  return secrets.length > 0 ? { value, secrets: Object.fromEntries(secrets) } : { value };
}

/** A list with a secret is one as a whole: its items have no names by which to find them again. */
function openList(items: readonly Value[]): Opened {
  const parts = items.map(open);
  const value = parts.map((part) => part.value);
  return parts.some(({ secrets }) => secrets !== undefined) ? { value, secrets: true } : { value };
}

function open(value: Value): Opened {
  switch (value.getKindCase()) {
    case Value.KindCase.STRUCT_VALUE:
      return openMembers(membersOf(value.getStructValue()));
    case Value.KindCase.LIST_VALUE:
      return openList(value.getListValue()?.getValuesList() ?? []);
    case Value.KindCase.STRING_VALUE:
      return { value: UNKNOWNS.has(value.getStringValue()) ? UNKNOWN : value.getStringValue() };
    case Value.KindCase.NUMBER_VALUE:
      return { value: value.getNumberValue() };
    case Value.KindCase.BOOL_VALUE:
      return { value: value.getBoolValue() };
    default:
      return { value: null };
  }
}

function seal(value: unknown, secrets?: Secrets): Value {
  // Where a member was to be a secret and there are no members any more, the whole is one.
  if (secrets === true || (secrets !== undefined && !isObject(value))) {
    return seal(sealedSecret(value));
  }
  const sealedValue = new Value();
  if (typeof value === "string") sealedValue.setStringValue(value);
  else if (typeof value === "number") sealedValue.setNumberValue(value);
  else if (typeof value === "boolean") sealedValue.setBoolValue(value);
  else if (Array.isArray(value)) sealedValue.setListValue(listOf(value));
  else if (isObject(value)) sealedValue.setStructValue(sealed({ value, secrets }));
  else sealedValue.setNullValue(NullValue.NULL_VALUE);
  return sealedValue;
}

function listOf(items: readonly unknown[]): ListValue {
  const list = new ListValue();
  list.setValuesList(items.map((item) => seal(item)));
  return list;
}

function merged(one: Secrets | undefined, other: Secrets | undefined): Secrets | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  if (one === true || other === true) return true;
  const keys = Object.keys({ ...one, ...other });
  return Object.fromEntries(keys.flatMap((key) => withKey(key, merged(own(one, key), own(other, key)))));
}

const withKey = (key: string, secrets: Secrets | undefined) => (secrets === undefined ? [] : [[key, secrets] as const]);
