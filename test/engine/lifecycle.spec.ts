import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { ContactEvaluationArgs } from "pulumi-connect-evaluations";
import { DECLARED_SOURCE, PROVIDER_SOURCE } from "../../provider/src/dynamic/providerSource";
import { ofClass } from "../support/ofClass";
import { type World, worldForEach } from "../support/world";

describe("a contact evaluation on the engine", () => {
  const world = worldForEach();

  it("is started with all that the program says, and its ARN is the id", async () => {
    const { stack, emulator, ...w } = world();
    const args = {
      tags: { purpose: "calibration" },
      autoEvaluationConfiguration: { enabled: true },
      clientToken: "mine",
    };
    const { outputs } = await stack.up({ program: world().program("one", args) });
    const { arn } = world().only;
    assert.equal(outputs.arn, arn);
    const resource = await stack.resource("one");
    assert.equal(resource.id, arn);
    assert.equal(resource.type, world().front.type);
    assert.deepEqual(
      emulator.requests.map(({ operation, input }) => ({ operation, input })),
      [
        { operation: "DescribeContact", input: { InstanceId: w.instanceId, ContactId: w.contactA } },
        {
          operation: "StartContactEvaluation",
          input: {
            InstanceId: w.instanceId,
            ContactId: w.contactA,
            EvaluationFormId: w.form,
            AutoEvaluationConfiguration: { Enabled: true },
            ClientToken: "mine",
            Tags: { purpose: "calibration", "pulumi-connect-evaluations": world().marker(arn) },
          },
        },
        {
          operation: "DescribeContactEvaluation",
          input: { InstanceId: w.instanceId, EvaluationId: world().only.evaluationId },
        },
      ],
    );
  });

  it("shows in its outputs what was declared and what the service decided", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { tags: { a: "1" } }) });
    const { outputs = {} } = await w.stack.resource("one");
    const { __provider: _, __key, __marker, createdTime, lastModifiedTime, evaluatorArn, ...rest } = outputs;
    assert.deepEqual(rest, {
      instanceId: w.instanceId,
      contactId: w.contactA,
      evaluationFormId: w.form,
      tags: { a: "1" },
      evaluationArn: w.only.arn,
      evaluationId: w.only.evaluationId,
      evaluationFormVersion: 1,
      evaluationType: "STANDARD",
      contactAgentId: "agent-a",
      status: "DRAFT",
    });
    assert.match(String(__key), /^[0-9a-f]{32}$/);
    assert.equal(__marker, w.marker(w.only.arn));
    assert.match(String(__marker), /^[0-9a-f]{16}$/);
    assert.match(String(evaluatorArn), /:assumed-role\/Deployer\//);
    for (const time of [createdTime, lastModifiedTime]) assert.equal(new Date(String(time)).toISOString(), time);
  });

  ofClass.it("keeps the long form of the provider where refresh and destroy read it, whatever happens", async () => {
    const w = world();
    const steps: [string, () => Promise<unknown>][] = [
      ["up", () => w.stack.up({ program: w.program("one", { tags: { a: "1" } }) })],
      ["an update", () => w.stack.up({ program: w.program("one", { tags: { a: "2" } }) })],
      ["a refresh", () => w.stack.refresh()],
      [
        "a failed update",
        () => {
          w.emulator.faults.add({ operation: "TagResource", fault: { error: "AccessDeniedException" } });
          return w.stack.upFails({ program: w.program("one", { tags: { a: "3" } }) });
        },
      ],
      ["an up that mends it", () => w.stack.up()],
    ];
    for (const [what, step] of steps) {
      await step();
      const { inputs, outputs } = await w.stack.resource("one");
      assert.deepEqual([inputs?.__provider, outputs?.__provider], [DECLARED_SOURCE, PROVIDER_SOURCE], what);
    }
  });

  const changes: [keyof ContactEvaluationArgs, (w: World) => Partial<ContactEvaluationArgs>, "replace" | "update"][] = [
    ["contactId", (w) => ({ contactId: w.contactB }), "replace"],
    ["evaluationFormId", (w) => ({ evaluationFormId: w.otherForm }), "replace"],
    ["autoEvaluationConfiguration", () => ({ autoEvaluationConfiguration: { enabled: true } }), "replace"],
    ["tags", () => ({ tags: { a: "2" } }), "update"],
    ["clientToken", () => ({ clientToken: "another" }), "update"],
    ["forceDestroy", () => ({ forceDestroy: true }), "update"],
    ["region", () => ({ region: "eu-central-1" }), "update"],
  ];
  it("is replaced for what it is of, and updated in place for everything else", async () => {
    const w = world();
    const before = async () => changes.map(([property]) => w.declare(property, { tags: { a: "1" } })) && undefined;
    const after = async () =>
      changes.map(([property, change]) => w.declare(property, { tags: { a: "1" }, ...change(w) })) && undefined;
    await w.stack.up({ program: before });
    const old = await Promise.all(changes.map(([property]) => w.stack.resource(property)));
    w.emulator.clearRequests();
    const { steps } = await w.stack.up({ program: after });
    for (const [n, [property, change, op]] of changes.entries()) {
      const ops = new Set(steps.filter(({ name }) => name === property).map((step) => step.op));
      assert.ok(ops.has(op), `${property}: ${[...ops]}`);
      const resource = await w.stack.resource(property);
      assert.equal(resource.id === old[n]?.id, op === "update", property);
      assert.deepEqual(resource.outputs?.[property], change(w)[property]);
    }
    assert.equal(w.emulator.calls("TagResource"), 1);
    assert.equal(w.emulator.calls("StartContactEvaluation"), 3);
    assert.deepEqual((await w.stack.up()).changes, { same: changes.length });
  });

  it("is replaced when the instance changes, contact and form with it", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const { instanceId } = w.emulator.addInstance({ region: "eu-central-1" });
    const { contactId } = w.emulator.addContact(instanceId);
    const { evaluationFormId } = w.emulator.addEvaluationForm(instanceId);
    await w.stack.up({ program: w.program("one", { instanceId, contactId, evaluationFormId }) });
    assert.equal(w.only.contactId, contactId);
  });

  it("is the same declared by ARNs or by ids, except for the Region that the ARNs name", async () => {
    const w = world();
    const root = `arn:aws:connect:eu-central-1:123456789012:instance/${w.instanceId}`;
    const arns = {
      instanceId: root,
      contactId: `${root}/contact/${w.contactA}`,
      evaluationFormId: `${root}/evaluation-form/${w.form}`,
    };
    await w.stack.configure({ "aws:region": "us-east-1" });
    await w.stack.up({ program: w.program("one", arns) });
    const { arn } = w.only;
    assert.equal((await w.stack.resource("one")).inputs?.region, "eu-central-1");
    assert.deepEqual((await w.stack.up()).changes, { same: 1 });
    await w.stack.up({ program: w.program("one") });
    assert.equal(w.only.arn, arn);
  });

  it("does not move when the stack's Region changes: its ARN decides", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { tags: { a: "1" } }) });
    await w.stack.configure({ "aws:region": "us-east-1" });
    assert.deepEqual((await w.stack.up({ program: w.program("one", { tags: { a: "2" } }) })).changes, { update: 1 });
    await w.stack.destroy();
    assert.ok(w.emulator.requests.every(({ region }) => region === "eu-central-1"));
  });

  it("carries the stack's default tags, and a default that moves to the program is no change", async () => {
    const w = world();
    const defaults = (tags: object) => ({ "aws:defaultTags": JSON.stringify({ tags }) });
    await w.stack.configure(defaults({ Owner: "me", Cost: 5 }));
    await w.stack.up({ program: w.program("one", { tags: { Owner: "you" } }) });
    assert.deepEqual(w.only.tags, { Owner: "you", Cost: "5" });
    await w.stack.configure(defaults({ Owner: "me" }));
    assert.deepEqual((await w.stack.up({ program: w.program("one", { tags: { Owner: "you", Cost: "5" } }) })).changes, {
      same: 1,
    });
    await w.stack.configure(defaults({ Owner: "me", New: "1" }));
    assert.deepEqual((await w.stack.up()).changes, { update: 1 });
    assert.deepEqual(w.only.tags, { Owner: "you", Cost: "5", New: "1" });
  });

  it("leaves alone tags that it did not set", async () => {
    const w = world();
    w.emulator.behaviour.formTags = "copied";
    const { evaluationFormId } = w.emulator.addEvaluationForm(w.instanceId, { tags: { team: "quality" } });
    await w.stack.up({ program: w.program("one", { evaluationFormId, tags: { a: "1" } }) });
    w.emulator.someone.tags(w.only.arn, { person: "1", "aws:reserved": "1" });
    await w.stack.refresh();
    await w.stack.up({ program: w.program("one", { evaluationFormId, tags: { b: "1" } }) });
    assert.deepEqual(w.only.tags, { team: "quality", person: "1", "aws:reserved": "1", b: "1" });
  });

  it("makes no phantom replacement of what depends on it when tags change", async () => {
    const w = world();
    const program = (tags: Record<string, string>) => async () => {
      const first = w.declare("first", { tags });
      // Any property that would replace its resource serves; this one takes every string.
      w.declare("second", { contactId: w.contactB, tags: { of: first.evaluationArn } });
      new Dependent("dependent", { of: first.evaluationArn });
    };
    await w.stack.up({ program: program({ a: "1" }) });
    const previewed = await w.stack.preview({ program: program({ a: "2" }) });
    assert.deepEqual(
      previewed.steps.filter(({ op }) => op !== "same").map(({ name, op }) => [name, op]),
      [["first", "update"]],
    );
    await w.stack.up();
  });

  it("prints nothing but the resource's own words", async () => {
    const w = world();
    const ups = [
      await w.stack.up({ program: w.program("one", { tags: { a: "1" } }) }),
      await w.stack.up({ program: w.program("one") }),
    ];
    for (const { diagnostics } of [...ups, await w.stack.refresh(), await w.stack.destroy()])
      assert.deepEqual(diagnostics, []);
  });
});

/** A resource that is replaced whenever its input changes. */
class Dependent extends pulumi.CustomResource {
  constructor(name: string, props: { of: pulumi.Input<string> }) {
    const __provider =
      "exports.handler = () => ({ diff: async (id, o, n) => o.of === n.of ? { changes: false } : { changes: true, replaces: ['of'] }, create: async (i) => ({ id: 'x', outs: i }) });";
    super("pulumi-nodejs:dynamic/test:Dependent", name, { ...props, __provider });
  }
}
