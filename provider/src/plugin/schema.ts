import { VERSION } from "../shared/version";

/** The package's schema, as `npm run schema` makes it, in this version. */
export const schema = (): string =>
  JSON.stringify({ ...(require("../../../plugin/schema.json") as object), version: VERSION });
