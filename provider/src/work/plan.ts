import { isDeepStrictEqual } from "node:util";
import type { AnswerValue, Evaluation, Form, GivenAnswer } from "../connect/evaluation";
import type { Differences } from "../grading/compare";
import { declaredEntries, isNobodys, says, storedEntries } from "../grading/entries";
import type { Answer, Inputs, State } from "../shared/model";
import { mapEntries } from "../shared/plain";
import {
  handOf,
  isAsStarted,
  isAsWritten,
  isLastAnothers,
  isLastOwn,
  isLaterThanAccepted,
  isOwn,
  isOwnSubmission,
  isSinceAnothers,
  isWrittenAs,
  type Ledger,
  type Look,
  mayBeSent,
  type Open,
  openEntries,
  printOf,
  stillSent,
  submissionOf,
  wasBefore,
  wasSent,
  wasSentLast,
  withoutClaims,
  written,
} from "./ledger";

/**
 * Three values decide about an answer or a note: what the program declares, what the state recorded, and what Connect has.
 * It is written only where the first two differ, which is what a preview shows, or where an earlier change is unfinished.
 * And it is written only over what the state has, what the resource itself wrote or sent, or what nobody gave.
 */

type Recorded = Pick<State, "answers" | "notes" | "submit">;

export interface Values {
  inputs: Inputs;
  /** What the state has, and so what a preview compares with. */
  recorded: Recorded;
  ledger: Ledger;
  form: Form | undefined;
  /** When the evaluation was last changed, as far as the state knows. */
  lastModifiedTime?: string | undefined;
}

export interface Plan {
  /** What is to be sent. */
  changes: Differences;
  /** What of it somebody else has changed. */
  disputed: Dispute[];
  /** Entries that the program let go of, and that somebody else has rewritten. */
  left: string[];
  /** By entry, what the ledger says if Connect is left as it is. */
  found: Readonly<Record<string, string>>;
}

export interface Dispute {
  name: string;
  /** Whether a refresh shows what is there, or not, since the state has no value of it; or whether only the form could tell. */
  kind: "recorded" | "unrecorded" | "untold";
}

/** One answer or note, in its three values. */
interface Entry extends Look {
  name: string;
  declared: Answer | undefined;
  /** Recorded. */
  before: Answer | undefined;
  given: GivenAnswer | undefined;
  /** An earlier change of it is unfinished. */
  isOpen: boolean;
  /** When the evaluation was last changed, as far as the state knows. */
  knownUntil: string | undefined;
}

function entriesOf({ inputs, recorded, ledger, form, lastModifiedTime }: Values, evaluation: Evaluation): Entry[] {
  const [declares, records, stored] = [declaredEntries(inputs), declaredEntries(recorded), storedEntries(evaluation)];
  const open = openEntries(ledger);
  const names = new Set([...declares.keys(), ...records.keys(), ...Object.keys(ledger.entries), ...open]);
  return [...names].map((name) => ({
    name,
    declared: declares.get(name),
    before: records.get(name),
    given: stored.get(name),
    isOpen: open.includes(name),
    knownUntil: lastModifiedTime,
    ledger,
    evaluation,
    form,
  }));
}

export function planFor(values: Values, evaluation: Evaluation): Plan {
  const changes = new Map<string, Answer | undefined>();
  const found: Record<string, string> = {};
  const disputed: Dispute[] = [];
  const left: string[] = [];
  for (const entry of entriesOf(values, evaluation)) {
    const { name, declared } = entry;
    const verdict = declared === undefined ? onDropped(entry) : onDeclared(entry, declared);
    if (verdict === "change" || verdict === "dispute") changes.set(name, declared);
    if (verdict === "dispute") disputed.push({ name, kind: kindOf(entry) });
    if (verdict === "leave") left.push(name);
    if (typeof verdict === "object" && verdict.own !== undefined) found[name] = verdict.own;
  }
  return { changes, disputed, left, found };
}

/** What becomes of an entry; where it stays, and is the resource's own, with what the ledger says of it. */
type Verdict = "change" | "dispute" | "leave" | { own: string | undefined };

/**
 * Without a recorded value no preview shows the deletion: then somebody else must not have been there since, and it is worth
 * no submission after a review.
 */
function onDropped({ name, before, given, ...look }: Entry): Verdict {
  const { ledger, evaluation } = look;
  if (isNobodys(given)) return { own: undefined };
  const isOver = evaluation.isReviewed || evaluation.isAcknowledged || isSinceAnothers(ledger, evaluation);
  return (before !== undefined || !isOver) && isOwn(look, name, given?.value) ? "change" : "leave";
}

function onDeclared(entry: Entry, declared: Answer): Verdict {
  const { name, before, given, isOpen, knownUntil, ...look } = entry;
  const { ledger, evaluation, form } = look;
  if (isDeepStrictEqual(declared, before) && !isOpen) return { own: ledger.entries[name] };
  const raw = given?.value;
  if (isWrittenAs(ledger, name, declared, raw) || says(raw, declared, name, form) === true) {
    // What a killed run wrote stands in no state.
    const isLater = evaluation.lastModifiedTime !== knownUntil && !mayBeSent(ledger, evaluation);
    const isKilled = isLater && isLastOwn(ledger, evaluation);
    return { own: isOwn(look, name, raw) || isKilled ? written(declared, raw) : undefined };
  }
  return isFree(entry) ? "change" : "dispute";
}

/** Whether nothing of a person's is lost by writing over it that no preview showed. */
function isFree({ name, before, given, ...look }: Entry): boolean {
  const raw = given?.value;
  return (
    isNobodys(given) ||
    isOwn(look, name, raw) ||
    wasBefore(look, name, raw) ||
    isAsStarted(look.ledger, look.evaluation) ||
    (before !== undefined && says(raw, before, name, look.form) === true)
  );
}

function kindOf({ name, before, given, form }: Entry): Dispute["kind"] {
  if (before === undefined) return "unrecorded";
  return says(given?.value, before, name, form) === undefined ? "untold" : "recorded";
}

/** What people gave to an evaluation and the program does not declare so: its author may not have seen it. */
export function unseenWork({ inputs, ledger, form }: Values, { changes }: Plan, evaluation: Evaluation): string[] {
  if (isAsStarted(ledger, evaluation)) return [];
  const declares = declaredEntries(inputs);
  const isSeen = (name: string, { value }: GivenAnswer) => {
    const declared = declares.get(name);
    return declared !== undefined && says(value, declared, name, form) !== false;
  };
  return [...storedEntries(evaluation)]
    .filter(([name, given]) => !changes.has(name) && !isNobodys(given) && !isSeen(name, given))
    .filter(([name, { value }]) => !isOwn({ ledger, evaluation, form }, name, value))
    .map(([name]) => name);
}

/** The ledger when the evaluation was left as it is. */
export function ledgerAsFound({ ledger }: Values, { found, changes, left }: Plan, evaluation: Evaluation): Ledger {
  const { startedBy, writtenBy, submission, sentOn, sentAs } = ledger;
  const open = stillSent(ledger, (name) => Object.hasOwn(found, name) || changes.has(name) || left.includes(name));
  return {
    entries: found,
    open,
    ...(Object.keys(open).length > 0 && { sentOn, sentAs }),
    startedBy,
    writtenBy,
    submission: isOwnSubmission(ledger, evaluation) ? submissionOf(evaluation) : submission,
  };
}

/** The ledger after a write, as Connect shows it. */
export function ledgerAsWritten(values: Values, plan: Plan, seen: Evaluation, isSubmitted: boolean): Ledger {
  const stored = storedEntries(seen);
  const given = [...plan.changes].filter((change): change is [string, Answer] => change[1] !== undefined);
  const entries = given.map(([name, declared]) => [name, written(declared, stored.get(name)?.value)]);
  return {
    ...ledgerAsFound(values, plan, seen),
    entries: { ...plan.found, ...Object.fromEntries(entries) },
    startedBy: undefined,
    writtenBy: values.inputs.evaluator === undefined ? handOf(seen) : undefined,
    ...(isSubmitted && { submission: submissionOf(seen) }),
  };
}

/** The ledger of a change of which it is not known, or not shown yet, what Connect took of it. */
export function ledgerOfCut({ ledger, form, recorded }: Values, plan: Plan, isSent: boolean): Ledger {
  const { changes, found, left } = plan;
  const records = declaredEntries(recorded);
  const changed = [...changes].map(([name, declared]): [string, Open] => {
    const { was = printOf(records.get(name), name, form), sent = [] } = ledger.open[name] ?? {};
    return [name, { was, sent: isSent ? [...new Set([...sent, printOf(declared, name, form)])] : sent }];
  });
  const isSettled = (name: string) => Object.hasOwn(found, name) || left.includes(name);
  const open = { ...stillSent(ledger, isSettled), ...Object.fromEntries(changed) };
  const { outdated, ...others } = ledger;
  const kept = mapEntries(ledger.entries, (name, print) => (left.includes(name) ? undefined : print));
  return { ...others, entries: { ...kept, ...found }, open };
}

/** The ledger in the light of what Connect shows. */
export const ledgerInSight = (values: Omit<Values, "inputs">, evaluation: Evaluation): Ledger =>
  withoutClaims({ ledger: ledgerOnceShown(values, evaluation), evaluation, form: values.form });

/** Reads show what they did not show right after a write that Connect accepted. */
function ledgerOnceShown({ ledger, recorded, form }: Omit<Values, "inputs">, evaluation: Evaluation): Ledger {
  if (ledger.outdated === undefined) return ledger;
  const [records, stored] = [declaredEntries(recorded), storedEntries(evaluation)];
  const entries = { ...ledger.entries };
  const open = { ...ledger.open };
  for (const [name, { sent }] of Object.entries(ledger.open)) {
    const [declared, raw] = [records.get(name), stored.get(name)?.value];
    if (declared === undefined || sent.at(-1) !== printOf(declared, name, form)) continue;
    if (!isShownAs({ ledger, evaluation, form }, name, raw)) continue;
    entries[name] = written(declared, raw);
    delete open[name];
  }
  return { ...ledger, entries, open };
}

/**
 * As long as that write was the last change of the evaluation, what is there is what it wrote, however Connect spells it.
 * Where the resource does not know its own hand, a value that came back after the write is Connect's spelling.
 */
function isShownAs(look: Look, name: string, raw: AnswerValue | undefined): boolean {
  const { ledger, evaluation } = look;
  if (wasSentLast(look, name, raw)) return true;
  // A run that was killed may have written later.
  if (isLaterThanAccepted(ledger, evaluation)) return false;
  if (isLastOwn(ledger, evaluation)) return true;
  return raw !== undefined && !isLastAnothers(ledger, evaluation) && wasBefore(look, name, raw);
}

/**
 * The ledger after a refresh: the state has what is there now, so that nothing is open any more. What was sent stays known,
 * since it may show later. So does what people have changed: they may change it back.
 */
export function ledgerAsSeen({ ledger, recorded, form }: Omit<Values, "inputs">, evaluation: Evaluation): Ledger {
  const [records, stored] = [declaredEntries(recorded), storedEntries(evaluation)];
  const entries: Record<string, string> = {};
  for (const name of new Set([...Object.keys(ledger.entries), ...Object.keys(ledger.open)])) {
    const [record, raw, kept] = [records.get(name), stored.get(name)?.value, ledger.entries[name]];
    if (raw !== undefined && wasSent({ ledger, evaluation, form }, name, raw)) entries[name] = written(record, raw);
    else if (kept !== undefined && (record !== undefined || isAsWritten(ledger, name, raw))) entries[name] = kept;
  }
  const { submitting, outdated, ...others } = ledger;
  const isShown = (name: string) => wasSent({ ledger, evaluation, form }, name, stored.get(name)?.value);
  return {
    ...others,
    entries,
    open: stillSent(ledger, isShown),
    submission: isOwnSubmission(ledger, evaluation) ? submissionOf(evaluation) : ledger.submission,
    submitting: evaluation.status === "DRAFT" ? submitting : undefined,
  };
}
