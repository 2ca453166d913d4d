import assert from "node:assert/strict";
import { DescribeContactEvaluationCommand, ListEvaluationFormsCommand } from "@aws-sdk/client-connect";
import { documentedThrottle } from "../../emulator/src";
import { authorization, createWorld, raw, refusal, worldForEach } from "./world";

const limited = refusal("ThrottlingException", 429, /Rate exceeded/);

describe("throttling", () => {
  const world = worldForEach({ behaviour: { now: () => new Date(1_000_000) } });

  const listForms = () => world().client.send(new ListEvaluationFormsCommand({ InstanceId: world().instanceId }));
  const statusOf = async (path: string) => (await raw(world().emulator, "GET", path)).status;

  it("is off unless asked for", async () => {
    for (let count = 0; count < 30; count += 1) await listForms();
  });

  it("may be set at the start and later", async () => {
    const other = await createWorld({
      throttle: { evaluations: { rate: 1, burst: 1 } },
      behaviour: { now: () => new Date(1_000_000) },
    });
    await other.start();
    await assert.rejects(other.start(), limited);
    other.emulator.throttle = {};
    await other.start();
    await other.close();
  });

  it("shares one bucket among all operations on evaluations and forms", async () => {
    const started = await world().start();
    world().emulator.throttle = { evaluations: { rate: 3, burst: 5 } };
    for (let count = 0; count < 2; count += 1) {
      await world().client.send(new DescribeContactEvaluationCommand(started));
      await listForms();
    }
    await world().start();
    await assert.rejects(listForms(), limited);
    await assert.rejects(world().start(), limited);
    assert.equal(world().emulator.started, 2);
  });

  it("fills at the rate, up to the burst, and a refused request costs nothing", async () => {
    world().emulator.throttle.evaluations = { rate: 2, burst: 2 };
    const allowed = async () => {
      let count = 0;
      while (
        await listForms().then(
          () => true,
          () => false,
        )
      )
        count += 1;
      return count;
    };
    assert.equal(await allowed(), 2);
    world().emulator.advance(499);
    assert.equal(await allowed(), 0);
    world().emulator.advance(1);
    assert.equal(await allowed(), 1);
    world().emulator.advance(60_000);
    assert.equal(await allowed(), 2);
  });

  it("has separate quotas for the other operations", async () => {
    world().emulator.throttle = {
      evaluations: { rate: 1, burst: 1 },
      describeContact: { rate: 1, burst: 2 },
      others: { rate: 1, burst: 1 },
    };
    const contact = `/contacts/${world().instanceId}/${world().contactId}`;
    const tags = `/tags/${encodeURIComponent(world().formArn)}`;
    assert.deepEqual([await statusOf(contact), await statusOf(contact), await statusOf(contact)], [200, 200, 429]);
    assert.deepEqual([await statusOf(tags), await statusOf(`/instance/${world().instanceId}`)], [200, 429]);
    await listForms();
    await assert.rejects(listForms(), limited);
  });

  it("counts each Region separately", async () => {
    world().emulator.throttle = { others: { rate: 1, burst: 1 } };
    const elsewhere = { authorization: authorization.replace("us-east-1", "eu-west-2") };
    const path = `/instance/${world().instanceId}`;
    assert.equal(await statusOf(path), 200);
    assert.equal((await raw(world().emulator, "GET", path, undefined, elsewhere)).status, 404);
    assert.equal(await statusOf(path), 429);
  });

  it("starts a full bucket when a rate changes, and knows the documented quotas", async () => {
    world().emulator.throttle = { evaluations: { rate: 1, burst: 1 } };
    await listForms();
    await assert.rejects(listForms(), limited);
    world().emulator.throttle = documentedThrottle;
    for (let count = 0; count < 5; count += 1) await listForms();
    await assert.rejects(listForms(), limited);
  });
});
