import type { ConnectEmulator, Evaluation, Fault } from "../../emulator/src";
import { everyGrade } from "../../provider/src/grading/compare";
import { parseEvaluationArn } from "../../provider/src/shared/arns";
import type { Answer, Inputs } from "../../provider/src/shared/model";
import { connectTo, REGION } from "../support/lifecycle";
import { GradedStack } from "./gradedStack";
import { Judge } from "./peoplesJudge";
import { Random } from "./random";
import { decide } from "./undocumented";

/**
 * A random sequence of what a program and people do to one graded evaluation: changed programs, runs whose calls fail or
 * that are killed, refreshes, reads that lag, people's answers, notes, submissions, and reviews.
 */

const FAULTS: [Fault, ...Fault[]] = [
  { drop: "before" },
  { drop: "after" },
  { html: 502, processed: true },
  { error: "InternalServiceException" },
  { error: "InternalServiceException", processed: true },
  { error: "AccessDeniedException" },
  { error: "InvalidParameterException" },
];

const EVENTS = [
  "up",
  "change",
  "change",
  "change",
  "ignoring",
  "gives",
  "gives",
  "takes away",
  "refresh",
  "cut",
  "cut",
  "killed",
  "submits",
  "review",
  "wait",
] as const;
type Event = (typeof EVENTS)[number];

const KEYS = ["answers.q1", "answers.q2", "answers.q3", "notes.q1", "notes.s1"] as const;

class PeopleSequence {
  readonly log: string[] = [];
  readonly judge: Judge;
  private readonly stack: GradedStack;
  private program: Inputs;
  private count = 0;

  constructor(
    private readonly emulator: ConnectEmulator,
    private readonly random: Random,
  ) {
    emulator.reset();
    decide(emulator.behaviour, random, "numbers");
    emulator.behaviour.changeLagMs = random.pick([0, 0, 0, 2_000, 8_000, 25_000]);
    const { instanceId } = emulator.addInstance();
    this.stack = new GradedStack(emulator);
    this.judge = new Judge(emulator, this.stack);
    this.program = {
      instanceId,
      contactId: emulator.addContact(instanceId).contactId,
      evaluationFormId: emulator.addEvaluationForm(instanceId).evaluationFormId,
      region: REGION,
      answers: { q1: random.pick(["Yes", "o2"]), q2: random.pick([1, 6.4]) },
      ...(random.happens(0.5) && { submit: true }),
      ...(random.happens(0.1) && {
        evaluator: `arn:aws:connect:${REGION}:123456789012:instance/${instanceId}/agent/${random.pick(["x", "someone"])}`,
      }),
    };
  }

  async step(): Promise<void> {
    const { random, emulator } = this;
    const what = random.pick(EVENTS);
    this.log.push(`${this.clock} ${what}`);
    await this.runOf(what);
    // What a killed start leaves behind, and people grade before the next run, is theirs: another one is started then.
    if (this.stack.managed && this.evaluation) this.actOfPeople(what, this.evaluation);
    emulator.advance(what === "wait" ? 600_000 : random.pick([100, 1_000, 5_000, 60_000]));
  }

  private async runOf(what: Event): Promise<void> {
    const { stack, emulator } = this;
    const changes = ["change", "cut", "killed"].includes(what);
    if (changes && !stack.isCreatePending) this.changeProgram();
    if (what === "killed") await this.killed();
    else if (changes || what === "up") await this.up(this.program, () => what === "cut" && this.disturb());
    if (what === "ignoring" && stack.inputs) {
      const { answers } = stack.inputs;
      await this.up({ ...this.program, ...(answers && { answers }) });
    }
    if (what === "refresh") await this.refresh();
    emulator.faults.clear();
  }

  /** The calm after: people do what the refusals tell them, and from then on nothing is told or changed any more. */
  async end(): Promise<void> {
    const { emulator, judge, stack } = this;
    emulator.advance(3_600_000);
    let failure = await this.calmUp();
    for (let tries = 0; failure !== undefined && tries < 4; tries += 1) {
      await this.follow(failure);
      failure = await this.calmUp();
    }
    judge.expect(failure === undefined, "stuck");
    emulator.advance(3_600_000);
    // What showed late is settled by one more run.
    await this.calmUp();
    emulator.advance(3_600_000);
    const { submissions } = this.evaluation ?? {};
    for (let n = 0; n < 2; n += 1) {
      judge.expect((await this.refresh()) === undefined, "a refresh fails");
      const changes = await stack.changes(this.program);
      judge.expect(changes.length === 0, `drift of ${changes}`);
    }
    judge.expect(this.evaluation?.submissions === submissions, "submitted again by a refresh");
    judge.ofTheEnd(this.program);
    await this.destroy();
  }

  private async destroy(): Promise<void> {
    const refusal = await this.stack.destroy();
    this.log.push(`  destroy: ${refusal ?? "ok"}`);
    this.judge.ofDestroy(refusal);
  }

  private get evaluation(): Evaluation | undefined {
    return this.emulator.evaluations()[0];
  }

  private get clock(): string {
    return this.emulator.behaviour.now().toISOString().slice(11, 19);
  }

  // The program.

  private changeProgram(): void {
    const { random, program } = this;
    const name = random.pick([...KEYS, "submit"]);
    // Taking a submission back replaces, which is another story.
    if (name === "submit") this.program = { ...program, submit: true };
    else this.declare(name, random.happens(0.3) ? undefined : this.valueFor(name, "text"));
    const { answers: a, notes: n, submit: s } = this.program;
    this.log.push(`  ${JSON.stringify({ a, n, s })}`);
  }

  private valueFor(name: (typeof KEYS)[number], by: string): Answer {
    const { random } = this;
    if (name === "answers.q1") return random.pick(["Yes", "No", "o1"]);
    // A person's number is none that the program may declare, in whichever spelling: who wrote it would not show.
    if (name === "answers.q2") return by === "person" ? random.pick([3, 5]) : random.pick([1, 2.2, 6.4, 9]);
    return random.pick([`${by} ${this.count++}`, `${by} `]);
  }

  private declare(name: string, value: Answer | undefined): void {
    const [property, key = ""] = name.split(".") as ["answers" | "notes", string];
    const { [key]: _, ...others } = this.program[property] ?? {};
    const entries = value === undefined ? others : { ...others, [key]: value };
    this.program = { ...this.program, [property]: entries };
  }

  private disturb(): void {
    const { random, emulator } = this;
    const operation = random.pick(["UpdateContactEvaluation", "SubmitContactEvaluation", "DescribeContactEvaluation"]);
    const times = random.pick([1, 2, Number.POSITIVE_INFINITY]);
    emulator.faults.add({ operation, skip: random.pick([0, 0, 1, 2]), times, fault: random.pick(FAULTS) });
  }

  private async up(program: Inputs, disturb: () => void = () => {}): Promise<string | undefined> {
    let failure: string | undefined;
    await this.judge.ofUp(program, async () => {
      disturb();
      failure = await this.stack.up(program);
      return failure;
    });
    this.log.push(`  ${failure?.split("\n").slice(0, 2).join(" ") ?? "ok"}${this.judge.trace()}`);
    return failure;
  }

  /** The process ends with one of its calls, answered or not. */
  private async killed(): Promise<void> {
    const { random, emulator, stack } = this;
    const kill = () => {
      const skip = random.pick([3, 4, 5, 6, 7]);
      if (random.happens(0.5)) emulator.faults.add({ skip, fault: { drop: "after" } });
      emulator.faults.add({ skip, times: Number.POSITIVE_INFINITY, fault: { drop: "before" } });
    };
    await stack.killed(() => this.up(this.program, kill));
    this.judge.noteKilled(this.program);
  }

  private async refresh(): Promise<string | undefined> {
    const failure = await this.stack.refresh();
    this.log.push(`  ${failure ?? `saw ${JSON.stringify(this.stack.managed?.state.answers)}`}${this.judge.trace()}`);
    return failure;
  }

  private async calmUp(): Promise<string | undefined> {
    await this.refresh();
    return this.up(this.program);
  }

  /** Does what a refusal says. */
  private async follow(failure: string): Promise<void> {
    const { state } = this.stack.managed ?? {};
    if (state === undefined) return;
    if (/declare the verdict/.test(failure)) {
      const { answers = {}, notes = {} } = state;
      this.program = { ...this.program, answers, notes };
    }
    const named =
      /it holds what somebody else gave \((.*)\)/.exec(failure) ?? /declare (.*) as it is there/.exec(failure);
    const { answers, notes } = await this.asImported(state.evaluationArn);
    for (const name of named?.[1]?.split(", ") ?? []) {
      const [property, key = ""] = name.split(".");
      this.declare(name, (property === "answers" ? answers : notes)?.[key]);
    }
    if (/no update of|set submit: true/.test(failure)) this.program = { ...this.program, submit: true };
    this.log.push(`  follows: ${JSON.stringify({ a: this.program.answers, n: this.program.notes })}`);
  }

  /** What `import-file --answers` prints. */
  private async asImported(arn: string) {
    const connect = connectTo(this.emulator);
    return everyGrade(connect, await connect.describeContactEvaluation(parseEvaluationArn(arn)));
  }

  // People.

  private actOfPeople(what: Event, { arn, status }: Evaluation): void {
    const { random, emulator, judge } = this;
    const mayWrite = status === "DRAFT" || random.happens(0.3);
    if (what === "gives" && mayWrite) this.personGives(arn);
    if (what === "takes away" && mayWrite) this.personTakesAway(arn);
    if (what === "submits" && status === "DRAFT" && random.happens(0.5)) {
      emulator.someone.submits(arn);
      judge.noteSubmission();
    }
    if (what === "review" && status === "SUBMITTED" && random.happens(0.5)) this.personReviews(arn);
  }

  private personReviews(arn: string): void {
    const { someone } = this.emulator;
    this.judge.wasReviewed = true;
    if (this.random.happens(0.3)) {
      someone.acknowledges(arn);
      return;
    }
    someone.startsReview(arn);
    this.personGives(arn);
    someone.resolvesReview(arn);
  }

  private personGives(arn: string): void {
    const name = this.random.pick(KEYS);
    const value = this.valueFor(name, "person");
    // The same value as there is tells nobody anything.
    if (this.judge.isThere(name, value)) return;
    const [property, key = ""] = name.split(".");
    const { someone } = this.emulator;
    if (property === "notes") someone.notes(arn, { [key]: String(value) });
    else
      someone.answers(arn, {
        [key]: typeof value === "number" ? { NumericValue: value } : { StringValue: String(value) },
      });
    this.judge.notePerson(name);
    this.log.push(`  person gives ${name} ${value}`);
  }

  private personTakesAway(arn: string): void {
    const name = this.random.pick(KEYS);
    if (!this.judge.hasAny(name)) return;
    const [property, key = ""] = name.split(".");
    const { someone } = this.emulator;
    if (property === "notes") someone.notes(arn, { [key]: undefined });
    else someone.answers(arn, { [key]: undefined });
    this.judge.notePerson(name);
    this.log.push(`  person takes ${name} away`);
  }
}

interface PeopleOptions {
  emulator: ConnectEmulator;
  sequences: number;
  firstSeed?: number;
  /** Gets the story of each sequence that ends badly. */
  onBad?: (problem: string, seed: number, log: string) => void;
}

const STEPS = 8;

/** How often each problem came up, by its name; nothing when all went well. */
export async function simulatePeople({
  emulator,
  sequences,
  firstSeed = 0,
  onBad,
}: PeopleOptions): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let seed = firstSeed; seed < firstSeed + sequences; seed += 1) {
    const sequence = new PeopleSequence(emulator, new Random(seed));
    for (let step = 0; step < STEPS; step += 1) await sequence.step();
    await sequence.end();
    for (const problem of sequence.judge.problems) {
      counts[problem] = (counts[problem] ?? 0) + 1;
      onBad?.(problem, seed, sequence.log.join("\n"));
    }
  }
  return counts;
}
