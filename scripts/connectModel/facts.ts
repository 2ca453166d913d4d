import type { OperationModel } from "../../emulator/src/connect/model";
import type { Shape } from "../../emulator/src/wire/shape";

/** The emulator's model of Connect. */
export interface Model {
  source: string;
  operations: Record<string, OperationModel>;
  errors: Record<string, number>;
  shapes: Record<string, Shape>;
}

/** What a client has to know of a member. */
export interface MemberFacts {
  required: boolean;
  /** Where it travels: body, uri, or querystring, the last with its name on the wire. */
  in: string;
}

/** The members of operations' inputs and of every structure in them, by structure. */
export type Members = Record<string, Record<string, MemberFacts>>;

/** Whether the structures of the inputs have members in the body only. Others travel as the operation says. */
export function membersOf({ operations, shapes }: Model): Members {
  const bindings = new Map(Object.values(operations).map(({ input, bindings }) => [input, bindings]));
  const structures = Object.entries(shapes).filter(([, { members }]) => members !== undefined);
  return Object.fromEntries(
    structures.map(([name, { members = {} }]) => {
      const facts = Object.entries(members).map(([member, { required = false }]): [string, MemberFacts] => {
        const binding = bindings.get(name)?.[member];
        return [member, { required, in: binding === undefined ? "body" : placeOf(binding, member) }];
      });
      return [name, Object.fromEntries(facts)];
    }),
  );
}

function placeOf({ in: place, as }: { in: string; as?: string }, member: string): string {
  return place === "querystring" ? `${place} ${as ?? member}` : place;
}

/** The values of each enumeration, sorted. */
export function enumsOf({ shapes }: Model): Record<string, string[]> {
  const all = Object.entries(shapes).flatMap(([name, shape]): [string, string[]][] =>
    shape.enum ? [[name, [...shape.enum].sort()]] : [],
  );
  return Object.fromEntries(all);
}
