import { isDeepStrictEqual } from "node:util";
import type { ConnectEmulator, Evaluation } from "../../emulator/src";
import { declaredEntries, storedEntries } from "../../provider/src/grading/entries";
import { parseEvaluationArn } from "../../provider/src/shared/arns";
import type { Inputs } from "../../provider/src/shared/model";
import { ledgerOf, openEntries } from "../../provider/src/work/ledger";
import { connectTo } from "../support/lifecycle";
import type { GradedStack } from "./gradedStack";

/**
 * What must not be: a person's value overwritten, deleted or submitted that the preview did not show, a change that it did
 * not name, an `up` that can never succeed, a false alarm, an end of healing, a submission that nobody asked for.
 */

/** By entry, what Connect has in one spelling; reads may still show something else. */
type Content = Readonly<Record<string, string>>;

interface Shown {
  entries: Set<string>;
  isReviewed: boolean;
  /** Whether there is a later change that reads do not show yet. */
  isBehind: boolean;
}

interface Approval {
  program: Inputs;
  recorded: ReturnType<typeof declaredEntries>;
  was: Content;
  failure: string | undefined;
}

type Up = () => Promise<string | undefined>;

export class Judge {
  readonly problems = new Set<string>();
  wasReviewed = false;
  private werePeopleThere = false;
  private wasKilled = false;
  private isSubmittedByPeople = false;
  /** Entries that a person was the last to give. */
  private readonly theirs = new Set<string>();
  /** Entries that a person has ever changed, or a run of which the state knows nothing. */
  private readonly touched = new Set<string>();
  /** By entry, over what a failed run was to write, as its preview showed. */
  private readonly approved = new Map<string, string | undefined>();
  /** By entry, what the resource wrote last. */
  private readonly written: Record<string, string | undefined> = {};

  constructor(
    private readonly emulator: ConnectEmulator,
    private readonly stack: GradedStack,
  ) {}

  expect(isSo: boolean, otherwise: string): void {
    if (!isSo) this.problems.add(otherwise);
  }

  isThere = (name: string, value: unknown): boolean => this.content[name] === this.meaning(name, value);

  hasAny = (name: string): boolean => this.content[name] !== undefined;

  notePerson(name: string): void {
    this.werePeopleThere = true;
    this.touched.add(name);
    this.noteUnanswered();
    const is = this.content[name];
    // Changed back, it is the resource's again.
    if (is === undefined || is === this.written[name]) this.theirs.delete(name);
    else this.theirs.add(name);
  }

  noteSubmission(): void {
    this.werePeopleThere = true;
    this.isSubmittedByPeople = true;
    this.noteUnanswered();
  }

  /** What was sent and not answered may be theirs from now on. What Connect has taken is not. */
  private noteUnanswered(): void {
    const { open, outdated } = ledgerOf(this.stack.managed?.state ?? {});
    if (outdated !== undefined) return;
    for (const [name, { sent }] of Object.entries(open)) if (sent.length > 0) this.touched.add(name);
  }

  noteKilled(program: Inputs): void {
    this.wasKilled = true;
    for (const name of declaredEntries(program).keys()) this.touched.add(name);
  }

  trace(): string {
    if (process.env.TRACE === undefined) return "";
    const { status, submissions, evaluatorArn } = this.evaluation ?? {};
    const has = JSON.stringify(this.content);
    const ledger = this.stack.managed?.state.written;
    return `\n    ${ledger} at Connect ${has} ${status} ${submissions} ${evaluatorArn?.slice(-20)} lag ${this.emulator.behaviour.changeLagMs}`;
  }

  async ofUp(program: Inputs, up: Up): Promise<void> {
    const { evaluation: old, content: was } = this;
    const before = old && { ...old };
    const named = this.named(program);
    const recorded = declaredEntries(this.stack.managed?.state ?? {});
    const shown = await this.shownOfPeople();
    const isNothing = this.stack.managed !== undefined && (await this.stack.changes(program)).length === 0;
    const own = this.own;
    const failure = await up();
    this.noteLeft(own);
    this.expect(this.emulator.evaluations().length < 2, "two evaluations");
    for (const name of new Set([...Object.keys(was), ...Object.keys(this.content)])) {
      if (was[name] === this.content[name]) continue;
      this.expect(named.has(name), "an entry changed that the preview did not name");
      const isShown = this.approved.get(name) === was[name] || this.isRecorded(recorded, name, was[name]);
      this.expect(!shown.entries.has(name) || isShown, "a person's entry overwritten that the preview did not show");
      this.theirs.delete(name);
      this.written[name] = this.content[name];
    }
    if (this.evaluation?.lastModifiedTime !== before?.lastModifiedTime) this.forgetHidden(shown);
    if (failure === undefined && this.wasKilled) this.forgetEqual(program);
    this.noteApproved({ program, recorded, was, failure });
    const submissions = (this.evaluation?.submissions ?? 0) - (before?.submissions ?? 0);
    const wasDraft = before?.status === "DRAFT";
    if (submissions > 0) this.ofSubmissions(program, { submissions, isNothing, shown, wasDraft });
    this.noteUntold();
    // Who was there shows only later, and then seems to have been there since.
    if (shown.isBehind) this.noteUnanswered();
    this.ofRefusal(failure);
  }

  private get own(): string[] {
    return Object.keys(ledgerOf(this.stack.managed?.state ?? {}).entries);
  }

  /** What was dropped and is left to people who were there, which the run says, is theirs from then on. */
  private noteLeft(before: readonly string[]): void {
    if (!this.werePeopleThere) return;
    const { own } = this;
    for (const name of before) if (!own.includes(name) && this.hasAny(name)) this.touched.add(name);
  }

  private isRecorded = (recorded: ReturnType<typeof declaredEntries>, name: string, value: string | undefined) =>
    recorded.has(name) && this.meaning(name, recorded.get(name)) === value;

  /** Of a run that failed, the next one finishes what its preview showed. */
  private noteApproved({ program, recorded, was, failure }: Approval): void {
    if (failure === undefined) this.approved.clear();
    const declared = declaredEntries(program);
    for (const [name, value] of recorded) {
      const changes = !isDeepStrictEqual(value, declared.get(name));
      if (failure !== undefined && changes && this.isRecorded(recorded, name, was[name]))
        this.approved.set(name, was[name]);
    }
  }

  /** What reads did not show before the resource wrote again cannot be told from its own any more. */
  private forgetHidden({ entries }: Shown): void {
    for (const name of this.theirs) if (!entries.has(name)) this.theirs.delete(name);
  }

  /** A killed run wrote over a person's touch: of what is as the program says, nobody can tell who gave it. */
  private forgetEqual(program: Inputs): void {
    if (this.evaluation?.evaluatorArn?.endsWith("/someone")) return;
    for (const [name, value] of declaredEntries(program)) if (this.isThere(name, value)) this.theirs.delete(name);
  }

  /** Rounded by Connect, and not seen right after the write: whose it is cannot always be told. */
  private noteUntold(): void {
    const { open } = ledgerOf(this.stack.managed?.state ?? {});
    if (this.emulator.behaviour.numbers === "rounded" && open["answers.q2"]) this.touched.add("answers.q2");
  }

  /** What people did and reads show: what they do not show yet nobody can spare. */
  private async shownOfPeople(): Promise<Shown> {
    if (this.evaluation === undefined) return { entries: new Set(), isReviewed: false, isBehind: false };
    const connect = connectTo(this.emulator);
    const described = await connect.describeContactEvaluation(parseEvaluationArn(this.evaluation.arn));
    const stored = storedEntries(described);
    const isShown = (name: string) => {
      const { NumericValue, StringValue } = stored.get(name)?.value ?? {};
      return this.isThere(name, NumericValue ?? StringValue);
    };
    const isReviewed = described.isReviewed === true || described.isAcknowledged === true;
    const isBehind = Date.parse(described.lastModifiedTime) < this.evaluation.lastModifiedTime.getTime();
    return { entries: new Set([...this.theirs].filter(isShown)), isReviewed, isBehind };
  }

  private ofSubmissions(
    program: Inputs,
    of: { submissions: number; isNothing: boolean; shown: Shown; wasDraft: boolean },
  ): void {
    this.expect(of.submissions === 1, "submitted twice in one run");
    this.expect(!of.isNothing, "submitted while the preview showed nothing");
    this.expect(!of.shown.isReviewed, "submitted after a review");
    const declared = declaredEntries(program);
    const isUnseen = (name: string) => this.meaning(name, declared.get(name)) !== this.content[name];
    const unseen = [...of.shown.entries].filter((name) => this.theirs.has(name) && isUnseen(name));
    this.expect(!of.wasDraft || unseen.length === 0, "a person's entry submitted that the preview did not show");
    this.isSubmittedByPeople = false;
  }

  private ofRefusal(failure = ""): void {
    const names = /could not change ((?:(?:answers|notes)\.\w+(?:, )?)+) of/.exec(failure)?.[1]?.split(", ") ?? [];
    for (const name of names) this.expect(this.touched.has(name), "a false alarm at an up");
  }

  /** What is declared is there in the end, whatever failed before. */
  ofTheEnd(program: Inputs): void {
    for (const [name, declared] of declaredEntries(program)) {
      this.expect(this.isThere(name, declared), "a declared entry never written");
    }
    if (program.submit === true) this.expect(this.evaluation?.status === "SUBMITTED", "never submitted");
  }

  ofDestroy(refusal: string | undefined): void {
    const isPeoples = this.theirs.size > 0 || this.isSubmittedByPeople;
    if (isPeoples) this.expect(/somebody's work/.test(refusal ?? ""), "a person's work deleted");
    else if (this.touched.size === 0 && !this.wasReviewed) {
      this.expect(refusal === undefined, "a false alarm at destroy");
    }
  }

  /** What the preview names, and what an unfinished change is about. */
  private named(program: Inputs): Set<string> {
    const { managed } = this.stack;
    const declared = declaredEntries(program);
    if (managed === undefined) return new Set(declared.keys());
    const recorded = declaredEntries(managed.state);
    const names = [...new Set([...declared.keys(), ...recorded.keys()])];
    const changed = names.filter((name) => !isDeepStrictEqual(declared.get(name), recorded.get(name)));
    const ledger = ledgerOf(managed.state);
    const dropped = Object.keys(ledger.entries).filter((name) => !recorded.has(name));
    const isUnfinishedStart = managed.state.lastModifiedTime === undefined;
    return new Set([...changed, ...openEntries(ledger), ...dropped, ...(isUnfinishedStart ? names : [])]);
  }

  private get evaluation(): Evaluation | undefined {
    return this.emulator.evaluations()[0];
  }

  private get content(): Content {
    const { answers = {}, notes = {} } = this.evaluation ?? {};
    const entries = [
      ...Object.entries(answers).map(([key, { Value }]) => [
        `answers.${key}`,
        Value?.NumericValue ?? Value?.StringValue,
      ]),
      ...Object.entries(notes).map(([key, { Value }]) => [`notes.${key}`, Value]),
    ];
    const told = entries.map(([name, value]) => [name, this.meaning(String(name), value)] as const);
    return Object.fromEntries(told.filter((entry): entry is [string, string] => entry[1] !== undefined));
  }

  /** The options of the sample form's question have a text and a RefId; numbers may be shown rounded. */
  private meaning(name: string, value: unknown): string | undefined {
    if (value === undefined) return undefined;
    if (typeof value === "number" && this.emulator.behaviour.numbers === "rounded") return String(Math.round(value));
    const text = String(value).trim();
    return name === "answers.q1" ? text.replace(/^o1$/, "Yes").replace(/^o2$/, "No") : text;
  }
}
