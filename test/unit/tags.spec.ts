import assert from "node:assert/strict";
import { UntagResourceCommand } from "@aws-sdk/client-connect";
import fc from "fast-check";
import { inUntagCalls } from "../../provider/src/connect/translation";
import { pick } from "../../provider/src/shared/plain";
import { tagKeyFault, withoutReserved } from "../../provider/src/shared/tags";
import { declaredOnly, planTags } from "../../provider/src/verbs/tags";
import { createWorld } from "../emulator/world";

const key = fc.oneof(fc.string(), fc.constantFrom("a", "b", "__proto__", "constructor", "toString"));
const tags = fc.dictionary(key, fc.string());

describe("a plan for tags", () => {
  it("sets new and changed keys and drops those that are no longer declared", () => {
    const plan = planTags({ keep: "1", change: "1", drop: "1" }, { keep: "1", change: "2", add: "1" });
    assert.deepEqual(plan, { set: { change: "2", add: "1" }, unset: ["drop"] });
  });

  it("makes the declared tags of the old ones, and leaves alone what others set", () => {
    fc.assert(
      fc.property(tags, tags, tags, (old, declared, others) => {
        const foreign = Object.fromEntries(
          Object.entries(others).filter(([key]) => !Object.hasOwn(old, key) && !Object.hasOwn(declared, key)),
        );
        const { set, unset } = planTags(old, declared);
        const remote = new Map([...Object.entries(old), ...Object.entries(foreign)]);
        for (const key of unset) remote.delete(key);
        for (const [key, value] of Object.entries(set)) remote.set(key, value);
        assert.deepEqual(new Map([...remote].sort()), new Map(Object.entries({ ...declared, ...foreign }).sort()));
      }),
    );
  });

  it("does nothing where nothing differs", () => {
    fc.assert(fc.property(tags, (same) => assert.deepEqual(planTags(same, { ...same }), { set: {}, unset: [] })));
  });
});

describe("keys to untag", () => {
  const byteLength = (keys: readonly string[]) =>
    `/tags/${encodeURIComponent("x".repeat(200))}?${keys.map((one) => `tagKeys=${encodeURIComponent(one)}`).join("&")}`
      .length;

  it("go out in one call, unless the URL grows longer than HTTP servers take", () => {
    const plain = Array.from({ length: 40 }, (_, n) => `${n}`.padEnd(128, "x"));
    assert.deepEqual(inUntagCalls(plain), [plain]);
    assert.deepEqual(inUntagCalls([]), []);
  });

  it("go out each once and in order, in URLs of less than 8,000 bytes, no call smaller than it must be", () => {
    const long = fc.string({ unit: fc.constantFrom("a", " ", "ü", "タ", "𠮷"), minLength: 1, maxLength: 128 });
    fc.assert(
      fc.property(fc.array(long, { maxLength: 50 }), (keys) => {
        const calls = inUntagCalls(keys);
        assert.deepEqual(calls.flat(), keys);
        assert.ok(calls.every((call) => call.length > 0 && byteLength(call) < 8000));
        for (const [n, call] of calls.entries()) {
          const next = calls[n + 1]?.[0];
          if (next !== undefined) assert.ok(byteLength([...call, next]) > 6000);
        }
      }),
    );
  });

  it("are taken by a server, fifty of the longest, which takes no URL with all of them", async () => {
    const keys = Array.from({ length: 50 }, (_, n) => `${n}${"𠮷".repeat(126)}`);
    const world = await createWorld();
    try {
      const { arn: resourceArn } = await world.start({ Tags: Object.fromEntries(keys.map((one) => [one, ""])) });
      const untag = (tagKeys: string[]) => world.client.send(new UntagResourceCommand({ resourceArn, tagKeys }));
      await assert.rejects(untag(keys));
      for (const call of inUntagCalls(keys)) await untag(call);
      assert.deepEqual(world.emulator.evaluations()[0]?.tags, {});
    } finally {
      await world.close();
    }
  });
});

describe("tags from the service", () => {
  it("show drift of declared keys and nothing that others added", () => {
    assert.deepEqual(declaredOnly({ a: "1", b: "1", c: "1" }, { a: "1", b: "2", other: "x" }), { a: "1", b: "2" });
    assert.deepEqual(declaredOnly({ a: "1" }, {}), {});
  });

  it("are the declared ones, whatever their keys", () => {
    fc.assert(
      fc.property(tags, tags, (declared, remote) => {
        const expected = Object.keys(declared).filter((one) => Object.hasOwn(remote, one));
        const seen = declaredOnly(declared, remote);
        assert.deepEqual(new Map(Object.entries(seen)), new Map(expected.map((one) => [one, remote[one]])));
        assert.deepEqual(declaredOnly(declared, remote, { keys: Object.keys(declared), keyPrefixes: [] }), {
          ...declared,
        });
      }),
    );
  });

  it("lose those that AWS set", () => {
    assert.deepEqual(withoutReserved({ "aws:x": "1", AWS: "2", a: "3" }), { AWS: "2", a: "3" });
    fc.assert(fc.property(tags, (own) => assert.deepEqual(withoutReserved({ ...own, "aws:x": "" }), { ...own })));
  });

  it("are in no object that has no own one of that name", () => {
    assert.deepEqual(pick({ a: 1 } as Record<string, number>, ["a", "constructor", "__proto__", "b"]), { a: 1 });
  });
});

describe("a tag key", () => {
  it("may have letters of any script, digits, spaces and some marks", () => {
    for (const key of [
      "a",
      "Größe 5",
      "a_b.c:d/e=f+g-h@i",
      "タグ",
      "AWS:x",
      "constructor",
      "x".repeat(128),
      "𠮷".repeat(128),
    ]) {
      assert.equal(tagKeyFault(key), undefined, key);
    }
  });

  it("may not be empty, too long, reserved, or have other characters", () => {
    for (const key of ["", "x".repeat(129), "aws:x", "aws:", "a#b", "a\nb", "💥"]) assert.ok(tagKeyFault(key), key);
  });
});
