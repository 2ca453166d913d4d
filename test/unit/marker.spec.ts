import assert from "node:assert/strict";
import { MARKER, markerOf, whose, withMarker, withoutMarker } from "../../provider/src/identity/marker";

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

  it("says whose an evaluation is; without it, it may be anybody's", () => {
    const theirs = { [MARKER]: markerOf("", "other") };
    const said = [{ [MARKER]: own }, theirs, {}].map((tags) => whose(tags, own));
    assert.deepEqual(said, ["ours", "another's", "unknown"]);
  });
});
