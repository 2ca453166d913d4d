/** Finds the folder that holds the language host for YAML, and builds it when there is none. */
export declare function ensureYamlHost(): Promise<string>;
