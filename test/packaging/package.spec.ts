import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as fs from "node:fs/promises";
import { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import ts from "typescript";
import { OWN_SDK as SDK } from "../../scripts/compatibility/versions";
import { misfits } from "../../scripts/package/check";
import { repositoryRoot } from "../support/environment";
import { evaluate } from "./support/commands";
import { writeFolder } from "./support/folders";
import { installPackage, PACKAGE as NAME } from "./support/installation";
import { assertWholeLife } from "./support/lifecycle";
import { type PackedInClone, packBuilt } from "./support/pack";
import { ACCEPTED, type Complaint, REFUSED, typeCheck } from "./support/types";

const manifest = readJson(path.join(repositoryRoot, "provider/package.json")) as {
  version: string;
  repository: { url: string };
  main: string;
  types: string;
  exports: Record<string, string | Record<string, string>>;
  bin?: Record<string, string>;
};

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

describe("the packed package", function () {
  this.timeout(180_000);

  let root: string;
  let packed: PackedInClone;

  before(async () => {
    root = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-package-"));
    packed = await packBuilt("provider", root);
  });

  after(() => fs.rm(root, { recursive: true, force: true, maxRetries: 3 }));

  it("has a README whose links work anywhere", async () => {
    const { version, repository } = manifest;
    const readme = await fs.readFile(path.join(packed.clone, "provider/README.md"), "utf8");
    const links = [...readme.matchAll(/(?:\]\(|(?:src|href)="|^\[[^\]]+\]: )([^)"\s]+)/gm)].map(
      ([, link]) => link ?? "",
    );
    assert.deepEqual(
      links.filter((link) => !/^(https:|#)/.test(link)),
      [],
    );
    const site = repository.url.replace("git+", "").replace(".git", "");
    assert.ok(links.includes(`${site}/blob/v${version}/docs/limits.md`));
    assert.ok(links.includes(`${site}/tree/v${version}/examples`));
  });

  it("leads from its declarations and its built modules to its sources", async () => {
    for (const [map, source] of Object.entries({
      "index.d.ts.map": "../src/index.ts",
      "index.js.map": "../src/index.ts",
    })) {
      const { sources } = readJson(path.join(packed.clone, "provider/dist", map)) as { sources: string[] };
      assert.deepEqual(sources, [source]);
    }
  });

  it("holds, packed, what belongs in it and nothing else", () => {
    const { clone, files } = packed;
    for (const file of [
      "README.md",
      "LICENSE",
      "dist/index.js",
      "dist/index.d.ts",
      "dist/index.js.map",
      "src/index.ts",
    ]) {
      assert.ok(files.includes(file), file);
    }
    assert.deepEqual(misfits(clone, packed), []);
  });

  it("holds every file that its package.json names", () => {
    const entries = [...Object.values(manifest.exports), manifest.bin ?? {}];
    const named = [manifest.main, manifest.types, ...entries.flatMap(targets)];
    assert.ok(named.length > 2);
    const missing = named.filter((file) => !packed.files.includes(path.posix.normalize(file)));
    assert.deepEqual(missing, []);
  });

  describe("installed with npm", () => {
    let folder: string;

    before(async () => {
      folder = await installPackage(packed, path.join(root, "installed"), SDK);
    });

    it("gives a CommonJS program the resource", async () => {
      const found = await evaluate(
        folder,
        `const exported = require("${NAME}");
         console.log(JSON.stringify({ names: Object.keys(exported).sort(), type: exported.ContactEvaluation.__pulumiType }));`,
        "commonjs",
      );
      assert.deepEqual(found, {
        names: ["ContactEvaluation", "Provider", "getContactEvaluations", "getContactEvaluationsOutput"],
        type: "pulumi-nodejs:dynamic/connect:ContactEvaluation",
      });
    });

    it("gives an ES module the resource by its name", async () => {
      const found = await evaluate(
        folder,
        `import { ContactEvaluation } from "${NAME}";
         console.log(JSON.stringify(ContactEvaluation.__pulumiType));`,
        "module",
      );
      assert.equal(found, "pulumi-nodejs:dynamic/connect:ContactEvaluation");
    });

    it("gives the engine the provider, which loads the AWS client only to call and Pulumi's SDK never", async () => {
      const { verbs, changes, modules } = (await evaluate(folder, WATCHED_PROVIDER, "commonjs")) as Watched;
      assert.deepEqual(verbs.sort(), ["check", "configure", "create", "delete", "diff", "read", "update"]);
      assert.deepEqual(changes, { changes: false });
      const owners = modules.loaded.map((file) => packageOf(folder, file));
      const foreign = owners.filter((owner) => owner !== NAME);
      // Every one of them would cost time in every `pulumi up`.
      assert.deepEqual(foreign, []);
      assert.deepEqual(modules.unchanged, modules.loaded, "an up without changes loads more");
      const called = new Set(modules.calling.map((file) => packageOf(folder, file)));
      assert.ok(called.has("@aws-sdk/client-connect"));
      for (const configured of ["@aws-sdk/credential-providers", "@aws-sdk/client-sts", "https-proxy-agent"]) {
        assert.ok(!called.has(configured), `${configured} is loaded although nothing asks for it`);
      }
    });

    it("brings up, keeps and destroys the first evaluation of the README, as it stands there", async () => {
      const readme = await fs.readFile(path.join(repositoryRoot, "README.md"), "utf8");
      const program = /^```ts\n([\s\S]*?)^```$/m.exec(readme)?.[1] ?? "";
      const project = await writeFolder(path.join(folder, "readme"), {
        "Pulumi.yaml": "name: readme\nruntime: nodejs\n",
        "package.json": { name: "readme", private: true, main: "index.ts" },
        // Beside what the README has: by which it is known which Node.js ran it.
        "index.ts": `${program}\ndeclare const process: { version: string };\nexport const node = process.version;\n`,
      });
      // The TypeScript is that of Pulumi's SDK.
      assert.throws(() => createRequire(path.join(project, "index.ts")).resolve("typescript"), /Cannot find module/);
      await assertWholeLife(project);
    });

    describe("has types", () => {
      let found: Complaint[];
      const ofFile = (name: string) => found.filter(({ file }) => file === name).map(({ message }) => message);

      before(async () => {
        const refused = REFUSED.map(({ source }, at) => [`refused${at}.ts`, source]);
        const sources = { "accepted.mts": ACCEPTED, "accepted.cts": ACCEPTED, ...Object.fromEntries(refused) };
        found = await typeCheck(ts, path.join(folder, "types"), sources, {
          target: ts.ScriptTarget.ES2022,
          module: ts.ModuleKind.Node16,
          moduleResolution: ts.ModuleResolutionKind.Node16,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          types: ["node"],
        });
      });

      it("that accept a strict program, and are correct themselves", () => {
        assert.deepEqual(
          found.filter(({ file }) => !file.startsWith("refused")),
          [],
        );
      });

      for (const [at, { mistake, names }] of REFUSED.entries()) {
        it(`that refuse ${mistake}`, () => {
          const messages = ofFile(`refused${at}.ts`);
          assert.equal(messages.length, 1, messages.join("\n"));
          assert.match(messages.join(), names);
        });
      }
    });
  });
});

/** What a package.json may name in one entry of its `exports`, or in `bin`. */
function targets(entry: string | Record<string, string>): string[] {
  return typeof entry === "string" ? [entry] : Object.values(entry);
}

interface Watched {
  verbs: string[];
  changes: unknown;
  modules: Record<"loaded" | "unchanged" | "calling", string[]>;
}

/** Does what an `up` without changes does, then a read whose answer does not matter, and tells what was loaded when. */
const WATCHED_PROVIDER = `
  const provider = require("${NAME}/provider");
  const id = "arn:aws:connect:eu-central-1:123456789012:instance/i/contact-evaluation/e";
  const config = {
    "aws:region": "eu-central-1",
    "aws:accessKey": "AKIATESTTESTTEST",
    "aws:secretKey": "emulated-secret-key",
    "aws:endpoints": JSON.stringify([{ connect: "http://127.0.0.1:1" }]),
    "aws:maxRetries": "0",
  };
  const modules = {};
  const note = (moment) => { modules[moment] = Object.keys(require.cache); };
  const run = async () => {
    note("loaded");
    await provider.configure({ config: { get: (key) => config[key] } });
    const declared = { instanceId: "i", contactId: "c", evaluationFormId: "f", __key: "key" };
    const { inputs } = await provider.check(declared, declared);
    const state = { ...inputs, evaluationArn: id, status: "DRAFT" };
    const changes = await provider.diff(id, state, inputs);
    note("unchanged");
    provider.read(id, state).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 0));
    note("calling");
    console.log(JSON.stringify({ verbs: Object.keys(provider), changes, modules }));
    process.exit();
  };
  run();
`;

/** The package in an installation that a loaded file belongs to. */
function packageOf(folder: string, file: string): string {
  const [, ...inside] = file.split(`${path.sep}node_modules${path.sep}`);
  const parts = (inside.at(-1) ?? "").split(path.sep);
  assert.ok(file.includes(path.basename(folder)), `${file} is not in ${folder}`);
  return parts.slice(0, parts[0]?.startsWith("@") ? 2 : 1).join("/");
}
