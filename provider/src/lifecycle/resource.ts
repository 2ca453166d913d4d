/** What a verb is told of the resource beside its properties. */
export interface Resource {
  /** Stays the same however often the creation is repeated, and tells the resource from all others. */
  key: string;
  /** The resource option `import`: the ARN of an existing evaluation to adopt. */
  adopts?: string;
  /** The resource option `retainOnDelete`. */
  isRetained?: boolean;
}
