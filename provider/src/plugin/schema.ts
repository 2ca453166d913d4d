/** The package's schema, as `npm run schema` makes it. */
export const schema = (): string => JSON.stringify(require("../../../plugin/schema.json"));
