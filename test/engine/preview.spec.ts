import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { ContactEvaluationArgs } from "pulumi-connect-evaluations";
import { inWords, patternInWords } from "../support/fronts";
import { ofClass } from "../support/ofClass";
import { type World, worldForEach } from "../support/world";

/** A resource whose output is not known before it is created. */
class Later extends pulumi.CustomResource {
  declare readonly value: pulumi.Output<string>;
  constructor(name: string, value: string) {
    const __provider =
      "exports.handler = () => ({ create: async (i) => ({ id: 'x', outs: { ...i, value: i.given } }) });";
    super("pulumi-nodejs:dynamic/test:Later", name, { given: value, value: undefined, __provider });
  }
}

describe("a preview", () => {
  const world = worldForEach();

  const unknowns: [
    string,
    (w: World, later: (value: string) => pulumi.Output<string>) => Partial<ContactEvaluationArgs>,
  ][] = [
    ["a contact", (w, later) => ({ contactId: later(w.contactB) })],
    [
      "a contact within an ARN",
      (w, later) => ({
        contactId: pulumi.interpolate`arn:aws:connect:eu-central-1:123456789012:instance/${w.instanceId}/contact/${later(w.contactB)}`,
      }),
    ],
    ["a value of a tag", (_, later) => ({ tags: { a: later("1"), b: "1" } })],
    ["a set of tags", (_, later) => ({ tags: later("1").apply((a) => ({ a })) })],
    [
      "a flag",
      (_, later) => ({
        autoEvaluationConfiguration: { enabled: later("1").apply(() => true) },
        forceDestroy: later("1").apply(() => true),
      }),
    ],
    [
      "answers and what belongs to them",
      (_, later) => ({
        answers: { q1: later("Yes"), q2: later("7").apply(Number), q3: later("text") },
        notes: { s1: later("note") },
        submit: later("1").apply(() => false),
        triggers: [{ items: [later("item")] }],
        waitForAutoEvaluation: { timeoutSeconds: later("9").apply(Number) },
      }),
    ],
    [
      "all answers and all notes",
      (_, later) => ({
        answers: later("Yes").apply((q1) => ({ q1 })),
        notes: later("Good.").apply((s1) => ({ s1 })),
      }),
    ],
    ["a client token and Region", (_, later) => ({ clientToken: later("t"), region: later("eu-central-1") })],
  ];
  it("passes where values are not known yet, at any depth, for a new evaluation and for a change", async () => {
    const w = world();
    const names = unknowns.map(([what]) => what);
    const program = async () => {
      const made = new Map<string, Later>();
      const later = (value: string) => {
        const resource = made.get(value) ?? new Later(`later-${value}`, value);
        made.set(value, resource);
        return resource.value;
      };
      for (const [what, args] of unknowns) w.declare(what, args(w, later));
    };
    await w.stack.preview({ program });
    await w.stack.up({ program: async () => names.map((name) => w.declare(name)) && undefined });
    const known = await Promise.all(names.map((name) => w.stack.resource(name)));
    await w.stack.preview({ program });
    await w.stack.up();
    assert.equal(w.emulator.evaluations().length, unknowns.length);
    const now = await Promise.all(names.map((name) => w.stack.resource(name)));
    const replaced = names.filter((_, n) => known[n]?.id !== now[n]?.id);
    assert.deepEqual(replaced, ["a contact", "a contact within an ARN", "a flag"]);
  });

  it("warns where what is not known yet may turn out to be no replacement, and the run decides", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const { arn } = w.only;
    w.emulator.someone.answers(arn, { q1: { StringValue: "Yes" } });
    const program = (contactId: string) => async () => {
      w.declare("one", { contactId: new Later("later", contactId).value });
    };
    const { diagnostics } = await w.stack.preview({ program: program(w.contactA) });
    const told = diagnostics.join("\n");
    assert.match(told, /contactId: not known yet. If this changes, [^\n]*the run fails: [\s\S]*it has 1 answer/);
    await w.stack.upFails({ program: program(w.contactB) });
    assert.deepEqual([w.only.arn, w.only.contactId], [arn, w.contactA]);
    await w.stack.up({ program: w.program("one") });
    await w.stack.preview({ program: program(w.contactA) });
    await w.stack.up();
    assert.equal(w.only.arn, arn);
  });

  const wrong: [string, (w: World) => Record<string, unknown>, RegExp][] = [
    ["an empty string", () => ({ contactId: "" }), /contactId must be .*; got an empty string/],
    [
      "an ARN of another instance",
      () => ({ contactId: "arn:aws:connect:eu-central-1:123456789012:instance/other/contact/c" }),
      /contactId is an ARN of instance other/,
    ],
    [
      "another kind of ARN",
      (w) => ({ evaluationFormId: `arn:aws:connect:eu-central-1:123456789012:instance/${w.instanceId}/contact/c` }),
      /evaluationFormId must be .*got an ARN of kind contact/,
    ],
    [
      "51 tags",
      () => ({ tags: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, "v"])) }),
      /tags has 51 entries/,
    ],
    ["a number for a tag", () => ({ tags: { a: 5 } }), /tags\["a"\] must be .*; got a number; give it as a string/],
    ["a list for a map", () => ({ tags: ["a"] }), /tags must be an object of strings.*; got a list/],
  ];
  // Every kind of bad input stands in the unit tests of check; here the engine is seen to stop at what check says.
  it("refuses bad input before any call, says what to write instead, and nothing is lost", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    w.emulator.clearRequests();
    for (const [what, args, message] of wrong) {
      const failed = await w.stack.previewFails({
        program: w.program("one", args(w) as Partial<ContactEvaluationArgs>),
      });
      assert.match(failed.diagnostics.join("\n"), message, what);
      assert.doesNotMatch(failed.output, /\n\s+at /, what);
    }
    assert.equal(w.emulator.calls(), 0);
    assert.equal((await w.managed()).length, 1);
  });

  it("refuses a default tag that Connect would refuse, and names the configuration before any call", async () => {
    const w = world();
    await w.stack.configure({
      "aws:defaultTags": JSON.stringify({ tags: { "aws:team": "1", "a#b": "2", fine: "3" } }),
    });
    const failed = await w.stack.previewFails({ program: w.program("one", { tags: { "": "4" } }) });
    const said = failed.diagnostics.join("\n");
    assert.ok(said.includes(`${inWords("aws:defaultTags")}.tags["aws:team"]: the key starts with aws:`), said);
    assert.match(said, patternInWords(/aws:defaultTags\.tags\["a#b"\]: the key has a character other than/));
    assert.match(said, / tags\[""\]: the key is empty/);
    assert.equal(w.emulator.calls(), 0);
  });

  it("tells a wrong configuration, and what the key expects", async () => {
    const w = world();
    await w.stack.configure({
      "aws:defaultTags": "Owner=me",
      "aws:assumeRoles": '[{"roleArn":"arn:aws:iam::1:role/r"}]',
    });
    const failed = await w.stack.previewFails({ program: w.program("one") });
    assert.match(
      failed.diagnostics.join("\n"),
      patternInWords(/aws:assumeRoles is not supported.*\n.*aws:defaultTags must be|aws:defaultTags must be JSON/),
    );
    assert.doesNotMatch(failed.output, /\n\s+at /);
  });

  ofClass.it(
    "names both versions when the program's class is newer than the provider that the engine found",
    async () => {
      const w = world();
      const newer: pulumi.ResourceTransform = ({ props, opts }) => ({
        props: { ...props, nextInput: 1, __packageVersion: "99.0.0" },
        opts,
      });
      const program = w.program("one", {}, { transforms: [newer] });
      const { diagnostics } = await w.stack.previewFails({ program });
      assert.match(
        diagnostics.join("\n"),
        /nextInput is not a property of ContactEvaluation; .*\. The program uses version 99\.0\.0 of pulumi-connect-evaluations, and the engine found version \d+\.\d+\.\d+ in \S+: install one version only/,
      );
    },
  );

  ofClass.it("keeps the class's version out of the state", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const { inputs, outputs } = await w.stack.resource("one");
    assert.deepEqual([inputs?.__packageVersion, outputs?.__packageVersion], [undefined, undefined]);
  });
});
