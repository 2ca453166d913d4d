/** Finds the folder that holds `pulumi`, without installing anything. */
export declare function findEngine(): Promise<string | undefined>;

/** Finds the folder that holds `pulumi`, and installs an engine when there is none. */
export declare function ensureEngine(): Promise<string>;
