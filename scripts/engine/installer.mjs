// Runs as a process of its own: what the Automation API prints and leaves behind is easily thrown away then.
import { createRequire } from "node:module";

const [root, version] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const { PulumiCommand } = require("@pulumi/pulumi/automation");
const { SemVer } = createRequire(require.resolve("@pulumi/pulumi/package.json"))("semver");

await PulumiCommand.install({ root, version: new SemVer(version) });
