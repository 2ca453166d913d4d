import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { DYNAMIC, FRONTS } from "../support/fronts";
import { killEngine } from "../support/processes";
import { type World, worldForEach } from "../support/world";

/** A forced replacement asks no diff, so that the engine creates before it deletes, unless an option says otherwise. */
const createsFirst: pulumi.ResourceTransformation = ({ props, opts }) => ({
  props,
  opts: { ...opts, deleteBeforeReplace: false },
});

for (const front of FRONTS) {
  // The class sets the option that deletes first; the other Pulumi languages do not.
  const opts = front === DYNAMIC ? { transformations: [createsFirst] } : {};

  describe(`a forced replacement that creates first, with ${front.name}`, () => {
    const world = worldForEach({ front });

    it("keeps the evaluation that it finds again", async () => {
      const w = world();
      await w.stack.up({ program: w.program("one", {}, opts) });
      const { arn } = w.only;
      await w.stack.up({ replace: [w.urn("one")] });
      assert.equal(w.only.arn, arn);
      await w.stack.destroy();
      assert.equal(w.emulator.evaluations().length, 0);
    });

    it("keeps it, too, when the engine is killed before the delete, which the next up then does", async () => {
      const w = world();
      await w.stack.up({ program: w.program("one", {}, opts) });
      const { arn } = w.only;
      await w.stack.upFails({ program: killedAfterCreate(w, opts), replace: [w.urn("one")] });
      assert.equal((await w.managed()).length, 2, "the run was not cut off between create and delete");
      await w.stack.cli(["cancel", "--yes"]);
      await w.stack.up({ program: w.program("one", {}, opts) });
      assert.equal(w.only.arn, arn);
      assert.deepEqual((await w.stack.up()).changes, { same: 1 });
    });

    it("keeps it, too, when another provider creates than deletes", async () => {
      const w = world();
      const settings = {
        region: "eu-central-1",
        accessKey: "AKIAOTHER",
        secretKey: "emulated-other-secret",
        endpoints: [{ connect: w.emulator.url, sts: w.emulator.url }],
      };
      const explicit = async () => {
        w.declare("one", {}, { ...opts, provider: front.provider("other", settings) });
      };
      await w.stack.up({ program: explicit });
      const { arn } = w.only;
      await w.stack.up({ program: w.program("one", {}, opts), replace: [w.urn("one")] });
      assert.equal(w.only.arn, arn);
      assert.deepEqual((await w.stack.up()).changes, { same: 1 });
    });
  });
}

/** The program does not end, and so the engine deletes nothing, before it is killed. */
const killedAfterCreate = (w: World, opts: pulumi.CustomResourceOptions) => async () => {
  const { evaluationArn } = w.declare("one", {}, opts);
  await new Promise<void>((resolve) => {
    evaluationArn.apply(() => {
      killEngine();
      resolve();
    });
  });
};
