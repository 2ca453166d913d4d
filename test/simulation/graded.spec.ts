import assert from "node:assert/strict";
import { type ConnectEmulator, type Evaluation, type Fault, startConnectEmulator } from "../../emulator/src";
import { MARKER } from "../../provider/src/identity/marker";
import type { Answer, Inputs } from "../../provider/src/shared/model";
import { REGION } from "../support/lifecycle";
import { sequences } from "../support/sequences";
import { GradedStack } from "./gradedStack";
import { Random } from "./random";
import { decide } from "./undocumented";

/** What becomes of a call. Nothing is killed: of a change whose process is, no state says anything. */
const FAULTS: [Fault, ...Fault[]] = [
  { drop: "before" },
  { drop: "after" },
  { html: 200 },
  { json: 200 },
  { json: 404 },
  { html: 502, processed: true },
  { garbage: true },
  { error: "InternalServiceException" },
  { error: "InternalServiceException", processed: true },
  { error: "AccessDeniedException" },
];

const HOUR_MS = 60 * 60 * 1000;
const MOST_UPS = 3;

type Place = Pick<Inputs, "instanceId" | "evaluationFormId"> & { contacts: [string, string] };

function programOf(random: Random, { contacts, ...place }: Place): Inputs {
  const answers: Record<string, Answer> = {
    ...(random.happens(0.6) && { q1: random.pick(["Yes", "No", "o1"]) }),
    ...(random.happens(0.5) && { q2: random.pick([1, 6, 9]) }),
    ...(random.happens(0.3) && { q3: random.pick(["Fine.", " padded ", ""]) }),
  };
  return {
    ...place,
    contactId: random.happens(0.8) ? contacts[0] : contacts[1],
    region: REGION,
    ...(Object.keys(answers).length > 0 && { answers }),
    ...(random.happens(0.3) && { notes: { q1: random.pick(["One.", "Two.", " "]) } }),
    ...(random.happens(0.5) && { submit: true }),
    ...(random.happens(0.5) && { tags: { round: random.pick(["1", "2"]) } }),
  };
}

/** What the program says, as the sample form has it. */
function meaningOf({ answers = {}, notes = {}, submit = false, tags = {} }: Partial<Inputs>) {
  const said = (entries: object) =>
    Object.fromEntries(
      Object.entries(entries)
        .map(([key, value]): [string, unknown] => [key, typeof value === "string" ? value.trim() : value])
        .filter(([, value]) => value !== ""),
    );
  const { q1, ...others } = answers;
  return { answers: said({ ...others, q1: q1 === "o1" ? "Yes" : (q1 ?? "") }), notes: said(notes), submit, tags };
}

function contentOf({ answers, notes, status, tags }: Evaluation) {
  const values = Object.entries(answers).map(([key, { Value }]): [string, Answer] => [
    key,
    Value?.NumericValue ?? { o1: "Yes", o2: "No" }[Value?.StringValue ?? ""] ?? Value?.StringValue ?? "",
  ]);
  const { [MARKER]: _, ...own } = tags;
  return meaningOf({
    answers: Object.fromEntries(values),
    notes: Object.fromEntries(Object.entries(notes).map(([key, { Value }]) => [key, Value ?? ""])),
    submit: status === "SUBMITTED",
    tags: own,
  });
}

describe("random sequences of programs that grade, failing calls, refreshes and destroys", function () {
  this.timeout(180_000);

  let emulator: ConnectEmulator;

  before(async () => {
    emulator = await startConnectEmulator({ region: REGION });
  });

  after(() => emulator.close());

  function arrange(random: Random): Place {
    emulator.reset();
    decide(emulator.behaviour, random, "tokenOfDeletedEvaluation");
    const { instanceId } = emulator.addInstance();
    const contacts: Place["contacts"] = [
      emulator.addContact(instanceId).contactId,
      emulator.addContact(instanceId).contactId,
    ];
    return { instanceId, contacts, evaluationFormId: emulator.addEvaluationForm(instanceId).evaluationFormId };
  }

  /** Half of the commands meet a fault, once or for good. */
  async function disturbed(random: Random, command: () => Promise<string | undefined>): Promise<string | undefined> {
    if (random.happens(0.5)) {
      const skip = random.pick([0, 1, 2, 3, 4]);
      emulator.faults.add({ skip, times: random.pick([1, 2, Number.POSITIVE_INFINITY]), fault: random.pick(FAULTS) });
    }
    const failure = await command();
    emulator.faults.clear();
    // Nobody else works in the evaluation.
    assert.doesNotMatch(failure ?? "", /somebody's work/);
    return failure;
  }

  async function play(seed: number): Promise<void> {
    const random = new Random(seed);
    const place = arrange(random);
    const stack = new GradedStack(emulator);
    let program = programOf(random, place);
    for (let steps = random.pick([2, 3, 4, 5, 6]); steps > 0; steps -= 1) {
      await disturbed(random, () => stack.up(program));
      if (random.happens(0.25)) await disturbed(random, () => stack.refresh());
      if (random.happens(0.1)) await disturbed(random, () => stack.destroy());
      emulator.advance(random.pick([0, 100, 5_000, HOUR_MS]));
      if (!stack.isCreatePending && random.happens(0.7)) program = programOf(random, place);
    }
    emulator.advance(HOUR_MS);
    assert.equal(await stack.refresh(), undefined);
    let failure: string | undefined = "not tried yet";
    for (let ups = 0; failure !== undefined && ups < MOST_UPS; ups += 1) failure = await stack.up(program);
    assert.equal(failure, undefined);

    const [evaluation, ...more] = emulator.evaluations();
    assert.ok(evaluation);
    assert.deepEqual(more, []);
    assert.equal(evaluation.arn, stack.managed?.id);
    assert.deepEqual(contentOf(evaluation), meaningOf(program));
    assert.deepEqual(await stack.changes(program), []);
    assert.equal(await stack.refresh(), undefined);
    assert.deepEqual(await stack.changes(program), [], "drift");
    assert.equal(await stack.destroy(), undefined);
    assert.deepEqual(emulator.evaluations(), []);
  }

  it("end with one evaluation as the last program says, without drift, and never take the stack's work for somebody's", async () => {
    for (let seed = 0; seed < sequences(60); seed += 1) {
      await play(seed).catch((error: Error) => {
        error.message = `seed ${seed}: ${error.message}`;
        throw error;
      });
    }
  });
});
