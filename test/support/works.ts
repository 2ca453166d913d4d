import assert from "node:assert/strict";
import type { ContactEvaluationArgs } from "pulumi-connect-evaluations";
import type { World } from "./world";

/** What somebody did to an evaluation: in words, as an act, and how the refusal to delete it tells it. */
export type Work = readonly [what: string, act: (w: World, arn: string) => void, told: RegExp];

/**
 * Does each work in an evaluation of its own, and asserts that none of them is destroyed.
 * @returns the output of `destroy`, and what it says of each evaluation.
 */
export async function assertNoneIsDestroyed(
  w: World,
  works: readonly Work[],
  { args, afterwards }: { args?: Partial<ContactEvaluationArgs>; afterwards?: () => Promise<unknown> } = {},
): Promise<{ output: string; refusals: string[] }> {
  await w.stack.up({ program: async () => works.map(([what]) => w.declare(what, args)) && undefined });
  for (const [what, act] of works) act(w, (await w.stack.resource(what)).id ?? "");
  await afterwards?.();
  const { output, diagnostics } = await w.stack.destroyFails({ continueOnError: true });
  assert.equal(w.emulator.evaluations().length, works.length);
  const refusals: string[] = [];
  for (const [what, , told] of works) {
    const { id = "" } = await w.stack.resource(what);
    const refusal = diagnostics.find((line) => line.startsWith(`error: could not delete evaluation ${id}`)) ?? "";
    assert.match(refusal, told, what);
    refusals.push(refusal);
  }
  return { output, refusals };
}
