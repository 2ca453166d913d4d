import assert from "node:assert/strict";
import {
  isMarkedAs,
  isMarkedAsAnothers,
  MARKER,
  markerOf,
  withMarker,
  withoutMarker,
} from "../../provider/src/lifecycle/marker";

describe("the marker of an evaluation", () => {
  const own = markerOf("", "key");

  it("is what evaluations bear: the same in every release", () => {
    assert.equal(own, "41b5700884a499ac");
  });

  it("differs by namespace and resource", () => {
    assert.equal(new Set([own, markerOf("n", "key"), markerOf("", "other")]).size, 3);
  });

  it("goes out with the tags, if it is given", () => {
    assert.deepEqual(withMarker({ a: "1" }, own), { a: "1", [MARKER]: own });
    assert.deepEqual(withMarker(undefined, own), { [MARKER]: own });
    assert.deepEqual(withMarker({ a: "1" }, undefined), { a: "1" });
  });

  it("is not among the tags that a stack sees", () => {
    assert.deepEqual(withoutMarker({ a: "1", [MARKER]: own }), { a: "1" });
  });

  it("says whose an evaluation is; without it, it may be anybody's", () => {
    const theirs = { [MARKER]: markerOf("", "other") };
    assert.deepEqual(
      [isMarkedAs({ [MARKER]: own }, own), isMarkedAs(theirs, own), isMarkedAs({}, own)],
      [true, false, false],
    );
    const anothers = [{ [MARKER]: own }, theirs, {}].map((tags) => isMarkedAsAnothers(tags, own));
    assert.deepEqual(anothers, [false, true, false]);
  });
});
