import assert from "node:assert/strict";
import * as path from "node:path";
import ts from "typescript";
import { problemsOf } from "../../scripts/package/check";
import { evaluate, npmInstall } from "../packaging/support/commands";
import { EMULATOR, installedForAll } from "../packaging/support/emulator";
import { writeFolder } from "../packaging/support/folders";
import { packInClone } from "../packaging/support/pack";
import { typeCheck } from "../packaging/support/types";

describe("the packed emulator in other people's set-ups", function () {
  this.timeout(180_000);

  const emulator = installedForAll((root) => packInClone("emulator", root));

  it("holds, built in a fresh clone, what belongs in it, and pleases publint and attw", () => {
    assert.deepEqual(problemsOf(emulator().packed.clone, emulator().packed), []);
  });

  it("asks for no newer Node.js than it names, nor does a package that it brings: npm installs them without a warning", async () => {
    const dependencies = { [EMULATOR]: `file:${emulator().packed.tarball}` };
    const folder = await writeFolder(path.join(emulator().folder, "../strict"), {
      "package.json": { private: true, dependencies },
    });
    const { stderr } = await npmInstall(folder, ["--engine-strict"]);
    assert.equal(stderr, "");
  });

  it("starts in a CommonJS program and in an ES module", async () => {
    for (const [type, load] of [
      ["commonjs", `const { startConnectEmulator, readSetup, switches } = require("${EMULATOR}");`],
      ["module", `import { startConnectEmulator, readSetup, switches } from "${EMULATOR}";`],
    ] as const) {
      const found = await evaluate(emulator().folder, `${load} ${STARTED}`, type);
      assert.deepEqual(found, { status: "running", instances: 1, loaded: ["function", "object"] }, type);
    }
  });

  it("declares its types for a strict program, its own declarations checked too", async () => {
    const sources = { "accepted.mts": PROGRAM, "accepted.cts": PROGRAM };
    const found = await typeCheck(ts, path.join(emulator().folder, "types"), sources, {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      types: [],
    });
    assert.deepEqual(found, []);
  });
});

const STARTED = `
  (async () => {
    const emulator = await startConnectEmulator();
    emulator.addInstance();
    const { status, instances } = await fetch(emulator.url + "/_emulator/health").then((answer) => answer.json());
    console.log(JSON.stringify({ status, instances: instances.length, loaded: [typeof readSetup, typeof switches] }));
    await emulator.close();
  })();
`;

const PROGRAM = `
  import {
    type Behaviour,
    type ConnectEmulator,
    type Evaluation,
    type FaultHandle,
    type FaultRule,
    type LoggedRequest,
    type Setup,
    documentedThrottle,
    readSetup,
    startConnectEmulator,
    switches,
  } from "${EMULATOR}";

  const setup: Setup = {
    instances: [{ instanceId: "i", contacts: [{ contactId: "c" }], evaluationForms: [{ activate: false }] }],
    roles: [{ roleArn: "arn:aws:iam::123456789012:role/Grader", trusts: ["AKIA"] }],
  };
  const positions: readonly string[] = switches.secondEvaluation.positions;
  const rule: FaultRule = { operation: "GetCallerIdentity", when: ({ attempt }) => attempt === 1, fault: { drop: "after" } };

  export async function run(): Promise<Evaluation[]> {
    const emulator: ConnectEmulator = await startConnectEmulator({
      setup: positions.length > 1 ? setup : readSetup("connect.json"),
      behaviour: { secondEvaluation: "refused", startLagMs: { DescribeContact: 5 } },
      throttle: documentedThrottle,
      faults: [rule],
    });
    const behaviour: Behaviour = emulator.behaviour;
    behaviour.denied = ["DescribeContact"];
    const { instanceId } = emulator.addInstance({ region: "eu-central-1" });
    emulator.addEvaluationForm(instanceId, { title: "t" });
    const handle: FaultHandle = emulator.faults.add(rule);
    await handle.hit();
    const request: LoggedRequest | undefined = emulator.requests[0];
    emulator.reset();
    await emulator.close();
    return request === undefined ? [] : emulator.evaluations();
  }
`;
