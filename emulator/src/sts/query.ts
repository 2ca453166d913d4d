import type { Input } from "../wire/service";
import type { Shape } from "../wire/shape";
import { stsError } from "./errors";
import { model, type StsOperationName, version } from "./model";

/** The fields of a form. */
export type Form = ReadonlyMap<string, string>;

/** Which operation a form asks for. */
export function actionOf(form: Form): StsOperationName {
  const action = form.get("Action");
  if (action === undefined) throw stsError("MissingAction", "The request must contain the parameter Action");
  const asked = form.get("Version");
  if (Object.hasOwn(model.operations, action) && asked === version) return action as StsOperationName;
  throw stsError("InvalidAction", `Could not find operation ${action} for version ${asked ?? "NO_VERSION_SPECIFIED"}`);
}

/** Gathers the members of an input: lists are spelled `Name.member.1`, structures `Name.Member`. */
export function decodeForm(operation: StsOperationName, form: Form): Input {
  return (read(form, "", model.operations[operation].input) ?? {}) as Input;
}

type Reader = (form: Form, path: string, shape: Shape) => unknown;

// A form has only strings. What is not a number stays a string, and validation refuses it.
const readers: Record<string, Reader> = {
  integer: (form, path) => {
    const text = form.get(path);
    return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : text;
  },
  structure: (form, path, { members = {} }) => {
    const values = Object.entries(members).map(([name, { target }]): [string, unknown] => [
      name,
      read(form, path === "" ? name : `${path}.${name}`, target),
    ]);
    const given = values.filter(([, value]) => value !== undefined);
    return given.length === 0 ? undefined : Object.fromEntries(given);
  },
  list: (form, path, { member }) => {
    const items: unknown[] = [];
    for (;;) {
      const item = read(form, `${path}.member.${items.length + 1}`, member);
      if (item === undefined) return items.length === 0 ? undefined : items;
      items.push(item);
    }
  },
};

function read(form: Form, path: string, target: string | undefined): unknown {
  const shape = shapeOf(target);
  const reader = readers[shape.type];
  return reader === undefined ? form.get(path) : reader(form, path, shape);
}

function shapeOf(name = ""): Shape {
  const shape = model.shapes[name];
  if (shape === undefined) throw new Error(`The model has no shape ${name}`);
  return shape;
}
