import assert from "node:assert/strict";
import fc from "fast-check";
import { declaredOnly, planTags, tagKeyFault, withoutReserved } from "../../provider/src/shared/tags";

const tags = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("a", "b", "__proto__", "constructor")), fc.string());

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

describe("tags from the service", () => {
  it("show drift of declared keys and nothing that others added", () => {
    assert.deepEqual(declaredOnly({ a: "1", b: "1", c: "1" }, { a: "1", b: "2", other: "x" }), { a: "1", b: "2" });
  });

  it("are none where the program declares none, and empty where all that it declares are gone", () => {
    assert.equal(declaredOnly(undefined, { a: "1" }), undefined);
    assert.deepEqual(declaredOnly({ a: "1" }, {}), {});
  });

  it("lose those that AWS set", () => {
    assert.deepEqual(withoutReserved({ "aws:x": "1", AWS: "2", a: "3" }), { AWS: "2", a: "3" });
  });
});

describe("a tag key", () => {
  it("may have letters of any script, digits, spaces and some marks", () => {
    for (const key of ["a", "Größe 5", "a_b.c:d/e=f+g-h@i", "タグ", "AWS:x", "x".repeat(128)]) {
      assert.equal(tagKeyFault(key), undefined, key);
    }
  });

  it("may not be empty, too long, reserved, or have other characters", () => {
    for (const key of ["", "x".repeat(129), "aws:x", "a#b", "a\nb", "💥"]) assert.ok(tagKeyFault(key), key);
  });
});
