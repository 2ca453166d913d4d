import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { type ConnectEmulator, type Evaluation, type Fault, switches } from "../../emulator/src";
import { declaredEntries } from "../../provider/src/grading/entries";
import type { Inputs } from "../../provider/src/shared/model";
import { ledgerOf, openEntries } from "../../provider/src/work/ledger";
import { REGION } from "../support/lifecycle";
import { GradedStack } from "./gradedStack";
import type { Random } from "./random";

/**
 * A random sequence of what a program and people do to one graded evaluation: changed programs, runs whose calls fail,
 * refreshes, reads that lag, people's answers, notes, submissions, and reviews. After each run it says what must not be.
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

const SWITCHES = [
  "describeTags",
  "optionSpelling",
  "optionsAccepted",
  "textAnswers",
  "updateOfSubmitted",
  "numbers",
] as const;

const EVENTS = [
  "up",
  "change",
  "change",
  "change",
  "person",
  "person",
  "refresh",
  "cut",
  "cut",
  "submits",
  "review",
  "wait",
] as const;

/** By entry, what Connect has; reads may still show something else. */
type Content = Readonly<Record<string, unknown>>;

const contentOf = ({ answers, notes }: Evaluation): Content =>
  Object.fromEntries([
    ...Object.entries(answers).map(([key, { Value }]) => [`answers.${key}`, Value]),
    ...Object.entries(notes).map(([key, { Value }]) => [`notes.${key}`, Value]),
  ]);

/** The options of the sample form's question, by text or by RefId. */
const meaningOf = (value: unknown): string =>
  (JSON.stringify(value) ?? "").replace('"o1"', '"Yes"').replace('"o2"', '"No"');

export class GradedWithPeople {
  readonly log: string[] = [];
  refusals = 0;
  private readonly stack: GradedStack;
  private program: Inputs;
  /** Entries that a person was the last to change. */
  private readonly theirs = new Set<string>();
  /** By entry, what the resource wrote last. */
  private readonly written: Record<string, unknown> = {};
  /** Entries that a person has ever changed. */
  private readonly touched = new Set<string>();
  private count = 0;

  constructor(
    private readonly emulator: ConnectEmulator,
    private readonly random: Random,
  ) {
    emulator.reset();
    for (const name of SWITCHES) Object.assign(emulator.behaviour, { [name]: random.pick(switches[name].positions) });
    emulator.behaviour.changeLagMs = random.pick([0, 0, 0, 2_000, 8_000, 25_000]);
    const { instanceId } = emulator.addInstance();
    this.stack = new GradedStack(emulator);
    this.program = {
      instanceId,
      contactId: emulator.addContact(instanceId).contactId,
      evaluationFormId: emulator.addEvaluationForm(instanceId).evaluationFormId,
      region: REGION,
      answers: { q1: random.pick(["Yes", "o2"]), q2: random.pick([1, 6.4]) },
      ...(random.happens(0.5) && { submit: true }),
    };
  }

  async step(): Promise<void> {
    const { random, emulator } = this;
    const what = random.pick(EVENTS);
    this.log.push(`${emulator.behaviour.now().toISOString().slice(11, 19)} ${what}`);
    if (what === "up") await this.up();
    if (what === "change" || what === "cut") {
      if (!this.stack.isCreatePending) this.changeProgram();
      if (what === "cut") this.disturb();
      await this.up();
      emulator.faults.clear();
    }
    if (what === "refresh") await this.refresh();
    if (this.evaluation !== undefined) this.actOfPeople(what);
    emulator.advance(what === "wait" ? 600_000 : random.pick([100, 1_000, 5_000, 60_000]));
  }

  /** The calm after: people do what the refusals tell them, and from then on nothing is told or changed any more. */
  async end(): Promise<void> {
    const { emulator } = this;
    emulator.advance(3_600_000);
    let failure = await this.calmUp();
    for (let tries = 0; failure !== undefined && tries < 4; tries += 1) {
      this.follow(failure);
      failure = await this.calmUp();
    }
    assert.equal(failure, undefined, "stuck");
    emulator.advance(3_600_000);
    const { submissions } = this.evaluation ?? {};
    for (let n = 0; n < 2; n += 1) {
      assert.equal(await this.refresh(), undefined);
      assert.deepEqual(await this.stack.changes(this.program), [], "drift");
    }
    assert.equal(this.evaluation?.submissions, submissions, "submitted again");
    const isPeoples = this.theirs.size > 0 || this.isSubmittedByPeople;
    const destroyed = await this.stack.destroy();
    if (isPeoples) assert.match(destroyed ?? "deleted", /somebody's work/);
    else if (this.touched.size === 0 && !this.wasReviewed) assert.equal(destroyed, undefined, "false alarm at destroy");
  }

  private isSubmittedByPeople = false;
  private wasReviewed = false;

  private get evaluation(): Evaluation | undefined {
    return this.emulator.evaluations()[0];
  }

  private changeProgram(): void {
    const { random } = this;
    const { answers = {}, notes = {}, submit } = this.program;
    const [what, value] = [random.pick(["q1", "q2", "q3", "n1", "s1", "submit"]), `text ${this.count++}`];
    const drops = random.happens(0.3);
    const without = <T>(record: Record<string, T>, key: string) =>
      Object.fromEntries(Object.entries(record).filter(([one]) => one !== key));
    const set = <T>(record: Record<string, T>, key: string, entry: T) =>
      drops ? without(record, key) : { ...record, [key]: entry };
    if (what === "q1")
      this.program = { ...this.program, answers: set(answers, "q1", random.pick(["Yes", "No", "o1"])) };
    if (what === "q2") this.program = { ...this.program, answers: set(answers, "q2", random.pick([1, 2.2, 6.4, 9])) };
    if (what === "q3") this.program = { ...this.program, answers: set(answers, "q3", value) };
    if (what === "n1") this.program = { ...this.program, notes: set(notes, "q1", value) };
    if (what === "s1") this.program = { ...this.program, notes: set(notes, "s1", value) };
    // Taking a submission back replaces, which is another story.
    if (what === "submit" && submit !== true) this.program = { ...this.program, submit: true };
    this.log.push(`  ${JSON.stringify({ a: this.program.answers, n: this.program.notes, s: this.program.submit })}`);
  }

  private disturb(): void {
    const { random, emulator } = this;
    const operation = random.pick(["UpdateContactEvaluation", "SubmitContactEvaluation", "DescribeContactEvaluation"]);
    const times = random.pick([1, 2, Number.POSITIVE_INFINITY]);
    emulator.faults.add({ operation, skip: random.pick([0, 0, 1, 2]), times, fault: random.pick(FAULTS) });
  }

  private actOfPeople(what: (typeof EVENTS)[number]): void {
    const { random, emulator, evaluation } = this;
    if (evaluation === undefined) return;
    const { arn, status } = evaluation;
    if (what === "person" && (status === "DRAFT" || random.happens(0.3))) this.personGives(arn);
    if (what === "submits" && status === "DRAFT" && random.happens(0.5)) {
      emulator.someone.submits(arn);
      this.isSubmittedByPeople = true;
    }
    if (what === "review" && status === "SUBMITTED" && random.happens(0.5)) this.personReviews(arn);
  }

  private personReviews(arn: string): void {
    const { someone } = this.emulator;
    this.wasReviewed = true;
    if (this.random.happens(0.3)) {
      someone.acknowledges(arn);
      return;
    }
    someone.startsReview(arn);
    this.personGives(arn);
    someone.resolvesReview(arn);
  }

  private personGives(arn: string): void {
    const { random, emulator } = this;
    const key = random.pick(["q1", "q2", "q3", "n1"]);
    const text = `person ${this.count++}`;
    // Another value than there is: the same one tells nobody anything.
    const isYes = ["Yes", "o1"].includes(this.evaluation?.answers.q1?.Value?.StringValue ?? "");
    if (key === "q1") emulator.someone.answers(arn, { q1: { StringValue: isYes ? "No" : "Yes" } });
    if (key === "q2") emulator.someone.answers(arn, { q2: { NumericValue: random.pick([3, 4]) } });
    if (key === "q3") emulator.someone.answers(arn, { q3: { StringValue: text } });
    if (key === "n1") emulator.someone.notes(arn, { q1: text });
    const name = key === "n1" ? "notes.q1" : `answers.${key}`;
    this.touched.add(name);
    // Changed back, it is the resource's again.
    const is = this.evaluation && contentOf(this.evaluation)[name];
    if (name === "answers.q1" && isDeepStrictEqual(meaningOf(is), meaningOf(this.written[name])))
      this.theirs.delete(name);
    else this.theirs.add(name);
    this.log.push(`  person gives ${name}`);
  }

  /** What the preview names, and what an unfinished change is about. */
  private named(): Set<string> {
    const { managed } = this.stack;
    const declared = declaredEntries(this.program);
    if (managed === undefined) return new Set(declared.keys());
    const recorded = declaredEntries(managed.state);
    const names = new Set([...declared.keys(), ...recorded.keys()]);
    const changed = [...names].filter((name) => !isDeepStrictEqual(declared.get(name), recorded.get(name)));
    const ledger = ledgerOf(managed.state);
    const dropped = Object.keys(ledger.entries).filter((name) => !recorded.has(name));
    const isStart = managed.state.status === undefined && managed.state.written === undefined;
    return new Set([...changed, ...openEntries(ledger), ...dropped, ...(isStart ? names : [])]);
  }

  private async up(): Promise<string | undefined> {
    const before = this.evaluation && structuredClone(this.evaluation);
    const [was, named] = [before ? contentOf(before) : {}, this.named()];
    const isNothing = this.stack.managed !== undefined && (await this.stack.changes(this.program)).length === 0;
    const { state } = this.stack.managed ?? {};
    const recorded = state && declaredEntries(state);
    const failure = await this.stack.up(this.program);
    const [evaluation, ...more] = this.emulator.evaluations();
    assert.deepEqual(more, []);
    const is = evaluation ? contentOf(evaluation) : {};
    this.log.push(`  ${failure?.split("\n").slice(0, 2).join(" ") ?? "ok"}`);
    if (process.env.TRACE) this.log.push(`    ${this.stack.managed?.state.written} has ${JSON.stringify(is)} ${evaluation?.status} x${evaluation?.submissions} lag ${this.emulator.behaviour.changeLagMs} ${evaluation?.evaluatorArn.slice(-20)}`);
    for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) {
      if (isDeepStrictEqual(was[name], is[name])) continue;
      assert.ok(named.has(name), `${name} was changed, which the preview did not name`);
      if (this.theirs.has(name)) {
        const seen = recorded?.get(name);
        const isSeen = seen !== undefined && JSON.stringify(was[name]).includes(JSON.stringify(seen));
        assert.ok(isSeen, `${name} of a person was overwritten, which the state has as ${JSON.stringify(seen)}`);
        if (failure !== undefined) this.log.push(`  overwrote ${name}, which the preview showed`);
      }
      this.theirs.delete(name);
      this.written[name] = is[name];
    }
    const resubmits = (evaluation?.submissions ?? 0) - (before?.submissions ?? 0);
    if (resubmits > 0) {
      assert.ok(!isNothing, "submitted, and the preview showed nothing");
      assert.ok(!this.wasReviewed, "submitted after a review");
      const unseen = [...this.theirs].filter((name) => !declaredEntries(this.program).has(name));
      if (before?.status === "DRAFT") assert.deepEqual(unseen, [], "submitted a person's answers");
      this.isSubmittedByPeople = false;
    }
    if (resubmits > 1) assert.fail("submitted twice in one run");
    const disputed =
      /could not change ((?:(?:answers|notes)\.\w+(?:, )?)+) of/.exec(failure ?? "")?.[1]?.split(", ") ?? [];
    if (disputed.length > 0) this.refusals += 1;
    const { numbers } = this.emulator.behaviour;
    // Rounded by Connect, not seen after the write, and then somebody else was there: whose it is cannot be told.
    const isUntold = (name: string) => name === "answers.q2" && numbers === "rounded";
    for (const name of disputed.filter((name) => !isUntold(name)))
      assert.ok(this.touched.has(name), `false alarm: nobody touched ${name}`);
    return failure;
  }

  private async refresh(): Promise<string | undefined> {
    const failure = await this.stack.refresh();
    if (process.env.TRACE) this.log.push(`    ${this.stack.managed?.state.written}`);
    this.log.push(`  ${failure ?? `saw ${JSON.stringify(this.stack.managed?.state.answers)}`}`);
    return failure;
  }

  private async calmUp(): Promise<string | undefined> {
    await this.refresh();
    return this.up();
  }

  /** Does what a refusal says. */
  private follow(failure: string): void {
    const declare = /declare (.*) as it is there/.exec(failure)?.[1]?.split(", ");
    const { state } = this.stack.managed ?? {};
    if (state === undefined || this.evaluation === undefined) return;
    if (/declare the verdict/.test(failure)) {
      const { answers = {}, notes = {} } = state;
      this.program = { ...this.program, answers, notes };
      return;
    }
    const { answers, notes } = this.evaluation;
    const names = /it holds what somebody else gave \((.*)\)/.exec(failure)?.[1]?.split(", ") ?? declare ?? [];
    for (const name of names) {
      const key = name.split(".")[1] ?? "";
      const { NumericValue, StringValue } = answers[key]?.Value ?? {};
      if (name.startsWith("answers.")) {
        this.program = {
          ...this.program,
          answers: { ...this.program.answers, [key]: NumericValue ?? StringValue ?? "" },
        };
      } else this.program = { ...this.program, notes: { ...this.program.notes, [key]: notes[key]?.Value ?? "" } };
    }
    if (/no update of|set submit: true/.test(failure)) this.program = { ...this.program, submit: true };
    this.log.push(`  follows: ${JSON.stringify({ a: this.program.answers, n: this.program.notes })}`);
  }
}
