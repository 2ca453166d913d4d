/** The lowest engine that the provider runs on. */
export declare const MINIMUM_VERSION: string;
