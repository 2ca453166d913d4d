import { Ajv } from "ajv";
import type { JsonSchema } from "./schema";
import { describeViolation, type Violation, violationsOf } from "./violations";

/** Everything that is wrong with a document that a person wrote. */
export class DocumentError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join("\n  "));
  }
}

/** Checks JSON that a person wrote: unknown members are refused, and every mistake is told at once. */
export function documentCheck(schema: JsonSchema, shapes: JsonSchema): (document: unknown) => string[] {
  const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true });
  ajv.addSchema(shapes).addSchema(schema, "document");
  return (document) => {
    const check = ajv.getSchema("document");
    if (check === undefined) throw new Error("There is no schema");
    check(document);
    return violationsOf(check).filter(isTelling).map(describeViolation);
  };
}

// What each alternative lacks says less than that none of them fits. Of a name, the rule that it breaks is told, too.
function isTelling({ schemaPath, keyword }: Violation): boolean {
  return keyword !== "propertyNames" && !/\/(oneOf|anyOf)\//.test(schemaPath);
}
