import { dirname, resolve } from "node:path";
import { documentCheck } from "../connect/validation";
import { DocumentError } from "../wire/documents";
import { isObject } from "../wire/plain";
import { formOf, type WrittenForm } from "./formFile";
import { readJson } from "./jsonFile";
import { setupSchema } from "./schema";
import type { Setup } from "./setup";

const problemsOf = documentCheck(setupSchema);

/** Reads a set-up from a JSON file, with the forms to whose files it leads; throws everything that is wrong with them. */
export function readSetup(file: string): Setup {
  const setup = readJson(file);
  const problems = [...problemsOf(setup), ...readForms(setup, dirname(file)), ...repeats(setup)];
  if (problems.length > 0) throw new DocumentError(problems);
  return setup as Setup;
}

/** Puts forms where the set-up has what leads to them, and answers with what is wrong. */
function readForms(setup: unknown, folder: string): string[] {
  const forms = items(setup, "instances").flatMap(([place, instance]) => items(instance, "evaluationForms", place));
  return forms.flatMap(([place, form]) => {
    if (typeof form.content !== "string" && !isObject(form.content)) return [];
    const where = `${place}.content${typeof form.content === "string" ? `: ${form.content}: ` : "."}`;
    try {
      const written = writtenForm(form, folder);
      Object.assign(form, {
        ...written,
        ...form,
        content: written.content,
        tags: { ...written.tags, ...tagsOf(form) },
      });
      return [];
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      return error.problems.map((problem) => where + problem);
    }
  });
}

function writtenForm({ content, activate }: Members, folder: string): WrittenForm {
  const form = typeof content === "string" ? readJson(resolve(folder, content)) : content;
  return formOf(form, { activate: typeof activate === "boolean" ? activate : undefined });
}

function tagsOf({ tags }: Members): Members {
  return isObject(tags) ? tags : {};
}

/** The ids that are there more than once where each must be another one. */
function repeats(setup: unknown): string[] {
  const instances = items(setup, "instances");
  const within = (list: string) => instances.map(([place, instance]) => items(instance, list, place));
  return [
    ...repeated("instanceId", instances),
    ...within("contacts").flatMap((contacts) => repeated("contactId", contacts)),
    ...within("users").flatMap((users) => repeated("userId", users)),
    ...within("evaluationForms").flatMap((forms) => repeated("evaluationFormId", forms)),
    ...repeated("roleArn", items(setup, "roles")),
    ...repeated("accessKeyId", items(setup, "accessKeys")),
  ];
}

function repeated(member: string, list: Item[]): string[] {
  const ids = list.map(([, item]) => item[member]);
  return list.flatMap(([place], index) => {
    const first = ids.indexOf(ids[index]);
    return ids[index] === undefined || first === index
      ? []
      : [`${place}.${member}: must not be the one of ${list[first]?.[0]}`];
  });
}

type Members = Record<string, unknown>;

/** Something in a list, and its place in the file. */
type Item = [place: string, item: Members];

// What is no list of objects is told by the schema.
function items(parent: unknown, list: string, place?: string): Item[] {
  const found = isObject(parent) ? parent[list] : undefined;
  const path = [place, list].filter(Boolean).join(".");
  const all = Array.isArray(found) ? (found as unknown[]) : [];
  return all.flatMap((item, index): Item[] => (isObject(item) ? [[`${path}.${index}`, item]] : []));
}
