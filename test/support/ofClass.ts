import { DYNAMIC, USUAL_FRONT } from "./fronts";

/**
 * Tests of what the class of TypeScript programs alone has: its own resource options, its function, what it says of both, and
 * the order in which the engine asks a dynamic provider. Over the plugin they are skipped; test/engine/plugin tells what that
 * does instead.
 */
export const ofClass = USUAL_FRONT === DYNAMIC ? { describe, it } : { describe: describe.skip, it: it.skip };
