/**
 * What the resource class passes beside what a program declares, since the engine gives a dynamic provider no URN and
 * no resource options. Every one of these stands in users' states.
 */
export interface HiddenInputs {
  /** How the engine finds this provider; see providerSource.ts. */
  __provider?: string;
  /** Identity of the resource: a hash of organization and URN. */
  __key?: string;
  /** The resource option `import`: the ARN of an existing evaluation to adopt. */
  __import?: string;
  /** The resource option `retainOnDelete`. */
  __retainOnDelete?: boolean;
}

/** What the class tells check, and what never stands in a state. */
export interface ClassInputs {
  /** The version of the package that the program has. */
  __packageVersion?: string;
  /** Whether the default tags, which it gets as plain text, may be secrets. */
  __hasSecretDefaultTags?: boolean;
}

/** What the provider keeps in the state beside what a program may read. */
export interface HiddenOutputs extends HiddenInputs {
  /** The value of the tag by which the resource recognizes its evaluation. */
  __marker?: string;
  /** What a look found in its place. */
  __foundMarker?: string;
  /** What the resource itself wrote, as fingerprints. The class declares it as a secret. */
  __written?: string;
  /** Whether the program declared the form's version. */
  __expectsVersion?: boolean;
}

/** Separates what the class passed from what the program declares, or from what stands in the state. */
export function separate<T extends object>(
  properties: T & HiddenOutputs,
): { hidden: HiddenOutputs; rest: Omit<T, keyof HiddenOutputs> } {
  const isHidden = ([key]: [string, unknown]) => key.startsWith("__");
  const entries = Object.entries(properties);
  return {
    hidden: Object.fromEntries(entries.filter(isHidden)) as HiddenOutputs,
    rest: Object.fromEntries(entries.filter((entry) => !isHidden(entry))) as Omit<T, keyof HiddenOutputs>,
  };
}
