import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import { workspaceRoot } from "../../scripts/compatibility/layouts";
import { npmNested } from "../../scripts/compatibility/setups";
import { MINIMUM_SDK, NEWEST_SDK, OWN_SDK as SDK } from "../../scripts/compatibility/versions";
import { problemsOf } from "../../scripts/package/check";
import { npmInstall, pnpmInstall } from "../packaging/support/commands";
import { writeFolder } from "../packaging/support/folders";
import { installPackage, PACKAGE as NAME } from "../packaging/support/installation";
import { assertSpeaksWhenMissing, assertWholeLife } from "../packaging/support/lifecycle";
import { type PackedInClone, packInClone } from "../packaging/support/pack";
import { calibrationKit, commonJsProgram, moduleProgram, programOfTheKit } from "../packaging/support/programs";
import { ACCEPTED, type Compiler, typeCheck } from "../packaging/support/types";

describe("the package in other people's set-ups", function () {
  this.timeout(180_000);

  let root: string;
  let packed: PackedInClone;

  before(async () => {
    root = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-setups-"));
    packed = await packInClone("provider", root);
  });

  after(() => fs.rm(root, { recursive: true, force: true, maxRetries: 3 }));

  it("holds, built in a fresh clone, what belongs in it, and pleases publint and attw", () => {
    assert.deepEqual(problemsOf(packed.clone, packed), []);
  });

  const programs = { "a CommonJS program": commonJsProgram, "an ES module": moduleProgram };
  for (const [what, program] of Object.entries(programs)) {
    it(`works in ${what}`, async () => {
      const folder = await installPackage(packed, path.join(root, path.basename(what)), SDK);
      await assertWholeLife(await writeFolder(path.join(folder, "program"), program));
    });
  }

  it("declares its types for the TypeScript that Pulumi's SDK brings along", async () => {
    const folder = await installPackage(packed, path.join(root, "vendored"), SDK);
    const vendor = path.join(folder, "node_modules/@pulumi/pulumi/vendor");
    const version = (await fs.readdir(vendor)).find((name) => name.startsWith("typescript@")) ?? "";
    const compiler = require(path.join(vendor, version, "typescript.js")) as Compiler;
    const found = await typeCheck(
      compiler,
      path.join(folder, "types"),
      { "accepted.ts": ACCEPTED },
      {
        target: compiler.ScriptTarget.ES2020,
        module: compiler.ModuleKind.CommonJS,
        moduleResolution: 2, // "node", which later versions of TypeScript call by another name.
        types: [],
      },
    );
    // The declarations of others are not this package's to mend.
    assert.deepEqual(
      found.filter(({ file }) => !file.includes("node_modules") || file.includes(`/${NAME}/`)),
      [],
    );
  });

  it("works in a workspace that installs it beside its member alone, which Pulumi.yaml in the root names", async () => {
    const ingredients = {
      setup: npmNested,
      sdk: SDK,
      packed: `file:${packed.tarball}`,
      kits: { owning: "", asking: "" },
    };
    const folder = await writeFolder(path.join(root, "workspace"), workspaceRoot.files(ingredients));
    await npmInstall(folder, ["--install-strategy=nested"]);
    assert.throws(() => createRequire(path.join(folder, "index.js")).resolve(NAME), /Cannot find module/);
    await assertWholeLife(folder);
  });

  const STORES = {
    "in its default layout": [],
    "with its packages in a global store": ["--config.enable-global-virtual-store=true"],
  };
  for (const [at, [where, flags]] of Object.entries(STORES).entries()) {
    it(`works where pnpm, ${where}, hides it as a dependency of a dependency`, async () => {
      await assertWorksHidden(path.join(root, `pnpm-${at}`), flags);
    });
  }

  async function assertWorksHidden(parent: string, flags: readonly string[]): Promise<void> {
    const program = path.join(parent, "program");
    await writeFolder(path.join(parent, "calibration-kit"), {
      ...calibrationKit,
      "package.json": {
        name: "calibration-kit",
        version: "1.0.0",
        dependencies: { [NAME]: `file:${packed.tarball}` },
        peerDependencies: { "@pulumi/pulumi": "^3" },
      },
    });
    await writeFolder(program, {
      ...programOfTheKit,
      "package.json": {
        name: "program",
        private: true,
        main: "index.js",
        dependencies: { "@pulumi/pulumi": SDK, "calibration-kit": "file:../calibration-kit" },
      },
    });
    await pnpmInstall(program, flags);
    const kept = path.relative(program, await fs.realpath(path.join(program, "node_modules/@pulumi/pulumi")));
    assert.equal(kept.startsWith(".."), flags.length > 0, kept);
    assert.throws(() => createRequire(path.join(program, "index.js")).resolve(NAME), /Cannot find module/);
    await assertWholeLife(program);
  }

  it("says what to install where when it was removed before its last evaluation, and works again afterwards", async () => {
    const folder = await installPackage(packed, path.join(root, "removed"), MINIMUM_SDK);
    await assertSpeaksWhenMissing(await writeFolder(path.join(folder, "removed"), commonJsProgram), {
      remove: () => fs.rename(path.join(folder, "node_modules", NAME), path.join(folder, "aside")),
      install: () => fs.rename(path.join(folder, "aside"), path.join(folder, "node_modules", NAME)),
    });
  });

  for (const [which, sdk] of Object.entries({ oldest: MINIMUM_SDK, newest: NEWEST_SDK })) {
    it(`works with ${sdk}, the ${which} SDK of Pulumi that it allows`, async () => {
      await assertWholeLife(
        await writeFolder(
          path.join(await installPackage(packed, path.join(root, sdk), sdk), "program"),
          commonJsProgram,
        ),
      );
    });
  }
});
