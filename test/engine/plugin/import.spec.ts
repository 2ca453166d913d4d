import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { PLUGIN } from "../../support/fronts";
import { type World, worldForEach } from "../../support/world";

/** What the state declares, as the code says it that `pulumi import` writes. */
async function generated(w: World, name: string) {
  const { inputs = {} } = await w.stack.resource(name);
  return w.program(name, inputs);
}

const copied = { "form/level": "gold", team: "quality" };

describe("an evaluation that is imported into the plugin", () => {
  const world = worldForEach({ front: PLUGIN });

  /** A colleague's, in which they worked. */
  async function colleagues(w: World, contactId = w.contactA): Promise<string> {
    const arn = await w.colleagueStarts({ contactId, tags: copied });
    w.unmanaged.delete(arn);
    w.emulator.someone.answers(arn, { q1: { StringValue: "Yes" } });
    w.emulator.someone.notes(arn, { q2: "warm" });
    return arn;
  }

  const assertUntouched = (w: World, tags: Record<string, string> = copied, arn = w.only.arn) => {
    const evaluation = w.evaluations().find((one) => one.arn === arn);
    assert.deepEqual(evaluation?.tags, tags);
    assert.deepEqual(Object.keys(evaluation?.answers ?? {}), ["q1"]);
    assert.deepEqual(evaluation?.notes, { q2: { Value: "warm" } });
  };

  it("by the command is declared by the code that it writes, without a change, and takes nothing but its tags", async () => {
    const w = world();
    const arn = await colleagues(w);
    await w.stack.import(PLUGIN.type, "one", arn);
    const program = await generated(w, "one");
    assert.deepEqual((await w.stack.preview({ program })).changes, { same: 1 });
    assert.deepEqual((await w.stack.up({ program })).changes, { same: 1 });
    assert.deepEqual((await w.stack.refresh()).changes, { same: 1 });
    await w.stack.up({ program: w.program("one", { tags: { ...copied, team: "sales" } }) });
    assert.equal(w.marker(arn), (await w.stack.resource("one")).outputs?.__marker);
    assertUntouched(w, { ...copied, team: "sales" });
    await w.stack.destroyFails();
    assertUntouched(w, { ...copied, team: "sales" });
  });

  it("by a program keeps the tags of others, whatever tags it names, also once the option is gone", async () => {
    const w = world();
    const named: [string, Record<string, string> | undefined, Record<string, string>][] = [
      ["no tags", undefined, copied],
      ["some of its tags, one with another value", { team: "sales" }, { ...copied, team: "sales" }],
      ["other tags", { mine: "1" }, { ...copied, mine: "1" }],
      ["all of its tags", copied, copied],
    ];
    const imported = await Promise.all(
      named.map(async ([what, tags, then]) => {
        const { contactId } = w.emulator.addContact(w.instanceId);
        return { what, contactId, arn: await colleagues(w, contactId), tags, then };
      }),
    );
    type Imported = (typeof imported)[number];
    const program = (argsOf: (one: Imported) => object, optsOf: (one: Imported) => object) => async () => {
      for (const one of imported) w.declare(one.what, { contactId: one.contactId, ...argsOf(one) }, optsOf(one));
    };
    const assertEach = (then: (one: Imported) => Record<string, string>) => {
      for (const one of imported) assertUntouched(w, then(one), one.arn);
    };
    const declared = ({ tags }: Imported) => ({ ...(tags && { tags }) });
    await w.stack.up({ program: program(declared, ({ arn }) => ({ import: arn })) });
    assertEach(({ then }) => then);
    const all = { same: named.length };
    assert.deepEqual((await w.stack.up({ program: program(declared, () => ({})) })).changes, all);
    await w.stack.refresh();
    assert.deepEqual((await w.stack.up()).changes, all);
    assertEach(({ then }) => then);
    // What the program names is its own: it goes when the program drops it.
    const last = () => ({ tags: { last: "1" } });
    await w.stack.up({ program: program(last, () => ({})) });
    assertEach(({ tags }) => {
      const others = Object.entries(copied).filter(([key]) => tags?.[key] === undefined);
      return { ...Object.fromEntries(others), last: "1" };
    });
  });

  it("has its secrets encrypted, as the program says, by the update that takes it", async () => {
    const w = world();
    const arn = await w.colleagueStarts({ tags: { hidden: "canary", open: "1" } });
    w.unmanaged.delete(arn);
    await w.stack.up({ program: w.program("one", { tags: { hidden: pulumi.secret("canary") } }, { import: arn }) });
    assert.doesNotMatch(JSON.stringify(await w.stack.resource("one")), /canary/);
    assert.deepEqual(w.only.tags, { hidden: "canary", open: "1" });
  });

  it("is refused where another resource has it, of this stack or another one, and the state does not get it", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const { arn } = w.only;
    const words = /could not import evaluation arn:\S+\n\s+why: its tag pulumi-connect-evaluations says that another/;
    const { stderr, stdout } = await w.stack.import(PLUGIN.type, "two", arn, { expectFailure: true });
    assert.match(stdout + stderr, words);
    const both = async () => void [w.declare("one"), w.declare("two", {}, { import: arn })];
    for (const refused of [await w.stack.previewFails({ program: both }), await w.stack.upFails({ program: both })]) {
      assert.match(refused.diagnostics.join("\n"), words);
    }
    await w.stack.up({ program: w.program("one") });
    assert.equal(w.only.arn, arn);
  });

  it("by a file, with others, is declared by the code that it writes, without a change", async () => {
    const w = world();
    const ids = { one: await colleagues(w), two: await w.colleagueStarts({ contactId: w.contactB }) };
    w.unmanaged.delete(ids.two);
    const resources = Object.entries(ids).map(([name, id]) => ({ type: PLUGIN.type, name, id }));
    const file = path.join(w.stack.workDir, "import.json");
    await fs.writeFile(file, JSON.stringify({ resources }));
    await w.stack.cli([
      "import",
      "--file",
      file,
      "--yes",
      "--skip-preview",
      "--generate-code=false",
      "--protect=false",
    ]);
    const programs = await Promise.all(Object.keys(ids).map((name) => generated(w, name)));
    const program = async () => void (await Promise.all(programs.map((one) => one())));
    assert.deepEqual((await w.stack.up({ program })).changes, { same: 2 });
    assert.deepEqual((await w.managed()).sort(), Object.values(ids).sort());
    assert.deepEqual(w.emulator.evaluation(ids.one)?.tags, copied);
    assert.deepEqual(Object.keys(w.emulator.evaluation(ids.one)?.answers ?? {}), ["q1"]);
  });

  it("is refused where a calibration session has it, and kept where a run without a preview got it into the state", async () => {
    const w = world();
    const arn = await w.colleagueStarts();
    w.emulator.someone.setsType(arn, "CALIBRATION");
    const words =
      /could not import evaluation arn:\S+\n\s+why: it belongs to a calibration session.*\n\s+do: +only read it/;
    const { stderr, stdout } = await w.stack.import(PLUGIN.type, "one", arn, { expectFailure: true });
    assert.match(stdout + stderr, words);
    const program = w.program("one", {}, { import: arn });
    assert.match((await w.stack.upFails({ program })).diagnostics.join("\n"), words);
    const { diagnostics } = await w.stack.up({ program: async () => void PLUGIN.get("read", arn) });
    assert.match(diagnostics.join("\n"), /^kept arn:\S+: it belongs to a calibration session/);
    assert.deepEqual((await w.stack.up()).changes, {});
  });

  it("is refused where the program declares another contact, since another one would be started in its place", async () => {
    const w = world();
    const arn = await colleagues(w);
    const program = w.program("one", { contactId: w.contactB }, { import: arn });
    const { diagnostics } = await w.stack.previewFails({ program });
    assert.match(
      diagnostics.join("\n"),
      /could not import evaluation arn:.*\n.*it has another contactId than the program/,
    );
    w.unmanaged.add(arn);
  });

  it("is refused where there is none, and where the id is none", async () => {
    const w = world();
    const arn = await colleagues(w);
    w.emulator.someone.deletes(arn);
    for (const [id, words] of [
      [arn, /could not read evaluation arn:/],
      ["nothing", /nothing/],
    ] as const) {
      const { stderr, stdout } = await w.stack.import(PLUGIN.type, "one", id, { expectFailure: true });
      assert.match(stdout + stderr, words);
      assert.doesNotMatch(stdout + stderr, /internal error|\n\s+at /);
    }
    assert.deepEqual(await w.managed(), []);
  });
});

describe("an evaluation that a program only reads through the plugin", () => {
  const world = worldForEach({ front: PLUGIN });

  it("has everything that is to be read, whoever has it, and is let alone", async () => {
    const w = world();
    const arn = await w.colleagueStarts({ tags: copied });
    w.emulator.someone.answers(arn, { q1: { StringValue: "Yes" } });
    const program = async () => {
      const { tags, answers, status } = PLUGIN.get("theirs", arn);
      return { tags, answers, status };
    };
    const { outputs } = await w.stack.up({ program });
    assert.deepEqual(outputs, { tags: copied, answers: { q1: "Yes" }, status: "DRAFT" });
    await w.stack.refresh();
    assert.deepEqual((await w.stack.resource("theirs")).outputs?.tags, copied);
    await w.stack.up({ program: w.program("one") });
    const { id = "" } = await w.stack.resource("one");
    await w.stack.up({ program: async () => void [w.declare("one"), PLUGIN.get("again", id)] });
    await w.stack.destroy();
    assert.equal(w.only.arn, arn);
  });
});
