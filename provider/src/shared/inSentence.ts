import type { Fault } from "./fault";

/**
 * A fault as one sentence.
 * @param nameOf how the reader calls an input; by default as a program does.
 */
export function inSentence(fault: Fault, nameOf = (property: string): string => property): string {
  const { expected, got } = fault;
  const name = nameOf(fault.property);
  switch (fault.kind) {
    case "missing":
      return `${name} is missing: give ${expected}`;
    case "value":
      return `${name} must be ${expected}; got ${got}`;
    case "disagreement":
      return `${name} is ${got}, and ${nameOf(fault.other)} says ${expected}; make them agree`;
    case "unknownProperty":
      return `${name} is ${got}; it has ${expected}`;
    case "tagKey":
      return `${name}: the key ${got}; choose ${expected}`;
    case "tagCount":
      return `${name} has ${got} entries, the stack's aws:defaultTags included; Amazon Connect allows ${expected}`;
    case "unlikeImported":
      return `the evaluation to import has ${name} ${expected}; the program declares ${got}`;
  }
}
