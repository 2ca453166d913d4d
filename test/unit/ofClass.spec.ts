import assert from "node:assert/strict";
import { DYNAMIC, USUAL_FRONT } from "../support/fronts";
import { ofClass } from "../support/ofClass";

describe("the tests of the class alone", () => {
  it("belong to the file that declares them, whichever file its worker ran first", () => {
    const own = globalThis.it;
    const anothers = Object.assign(() => undefined, { skip: () => undefined }) as unknown as typeof it;
    globalThis.it = anothers;
    try {
      assert.equal(ofClass.it, USUAL_FRONT === DYNAMIC ? anothers : anothers.skip);
    } finally {
      globalThis.it = own;
    }
  });
});
