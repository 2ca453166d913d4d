import { DYNAMIC, USUAL_FRONT } from "./fronts";

/**
 * Tests of what the class of TypeScript programs alone has: its own resource options, its function, what it says of both, and
 * the order in which the engine asks a dynamic provider. Over the plugin they are skipped; test/engine/plugin tells what that
 * does instead.
 */
export const ofClass = {
  // Mocha gives each file functions of its own, and a worker loads this module once for many files.
  get describe() {
    return USUAL_FRONT === DYNAMIC ? describe : describe.skip;
  },
  get it() {
    return USUAL_FRONT === DYNAMIC ? it : it.skip;
  },
};
