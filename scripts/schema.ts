import * as fs from "node:fs";
import * as path from "node:path";
import { packageSchema } from "./schema/package";

/** Writes plugin/schema.json from the comments and types of the source. */

fs.writeFileSync(path.resolve(__dirname, "../plugin/schema.json"), `${JSON.stringify(packageSchema(), null, 2)}\n`);
