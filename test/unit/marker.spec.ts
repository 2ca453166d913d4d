import assert from "node:assert/strict";
import {
  inLife,
  isForStart,
  isLater,
  MARKER,
  markerOf,
  newLife,
  RELEASED,
  whose,
  withMarker,
  withoutMarker,
} from "../../provider/src/identity/marker";

describe("the marker of an evaluation", () => {
  const own = markerOf("", "key");

  it("is what evaluations bear: the same in every release", () => {
    assert.equal(own, "41b5700884a499ac");
  });

  it("differs by namespace and resource", () => {
    assert.equal(new Set([own, markerOf("n", "key"), markerOf("", "other")]).size, 3);
  });

  it("goes out with the tags", () => {
    assert.deepEqual(withMarker({ a: "1" }, own), { a: "1", [MARKER]: own });
    assert.deepEqual(withMarker(undefined, own), { [MARKER]: own });
  });

  it("is not among the tags that a stack sees", () => {
    assert.deepEqual(withoutMarker({ a: "1", [MARKER]: own }), { a: "1" });
  });

  const at = (second: number, key = "key") => newLife(markerOf("", key), new Date(second * 1000), {});
  const says = (value: string, recorded?: string) => whose({ [MARKER]: value }, own, recorded);

  it("says whose an evaluation is: this key's is ours in every life, where the state recorded none", () => {
    assert.deepEqual(
      [own, at(5), markerOf("", "other"), at(5, "other")].map((value) => says(value)),
      ["ours", "ours", "another's", "another's"],
    );
  });

  it("is nobody's where it is missing, malformed, or released", () => {
    assert.equal(whose({}, own, own), "unknown");
    for (const value of ["", "by hand", own.toUpperCase(), `${own}.5.x`, RELEASED])
      assert.equal(says(value, own), "unknown");
  });

  it("is ours as it was recorded, and in that life under the key that a renamed resource has now", () => {
    const recorded = at(5, "old name");
    assert.equal(says(recorded, recorded), "ours");
    assert.equal(says(inLife(own, recorded), recorded), "ours");
    assert.equal(says(inLife(own, markerOf("", "old name")), markerOf("", "old name")), "ours");
  });

  it("is another's in a later life, whichever key that has, and nobody's in an earlier one", () => {
    for (const key of ["key", "other"]) {
      assert.equal(says(at(6, key), at(5)), "another's");
      assert.equal(says(at(4, key), at(5)), "unknown");
    }
    assert.equal(says(at(5, "other"), at(5)), "another's");
    assert.equal(says(markerOf("", "other"), own), "another's");
    assert.equal(says(markerOf("", "other"), at(5)), "unknown");
  });

  it("of a new life is later than the one that the evaluation has, also where the service's hosts disagree about the time", () => {
    const first = at(1_800_000_000);
    const second = newLife(own, new Date(1_799_999_990_000), { [MARKER]: first });
    assert.match(second, new RegExp(`^${own}\\.1800000001\\.[0-9a-f]{8}$`));
    assert.ok(isLater(second, first) && !isLater(first, second) && isLater(first, own));
    assert.notEqual(at(7), at(7));
  });

  it("leads a start to what nobody else has, and not to what was released", () => {
    const leads = [own, at(5), "by hand", RELEASED, markerOf("", "other")].map((value) =>
      isForStart({ [MARKER]: value }, own),
    );
    assert.deepEqual(leads, [true, true, true, false, false]);
  });
});
