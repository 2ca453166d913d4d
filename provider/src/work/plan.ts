import { isDeepStrictEqual } from "node:util";
import type { Evaluation, Form } from "../connect/evaluation";
import type { Differences } from "../grading/compare";
import { declaredEntries, isNobodys, meaningAs, says, storedEntries } from "../grading/entries";
import type { Answer, Inputs, State } from "../shared/model";
import {
  handOf,
  isAsStarted,
  isAsWritten,
  isLastOwn,
  isOwn,
  isOwnSubmission,
  isWrittenAs,
  type Ledger,
  meaningPrint,
  type Open,
  openEntries,
  submissionOf,
  wasBefore,
  wasSent,
  written,
} from "./ledger";

/**
 * Three values decide about an answer or a note: what the program declares, what the state recorded, and what Connect has.
 * It is written only where the first two differ, which is what a preview shows, or where an earlier change is unfinished.
 * And it is written only over what the state has, what the resource itself wrote or sent, or what nobody gave.
 */

export type Recorded = Pick<State, "answers" | "notes" | "submit">;

export interface Values {
  inputs: Inputs;
  /** What the state has; nothing where an unfinished start recorded what it was to do. */
  recorded: Recorded;
  ledger: Ledger;
  form: Form | undefined;
  /** When the evaluation was last changed, as far as the state knows. */
  lastModifiedTime?: string | undefined;
}

export interface Plan {
  /** What is to be sent. */
  changes: Differences;
  /** Entries that somebody else has changed. */
  disputed: string[];
  /** The same, as far as the state has no value of them: a refresh does not show them. */
  unrecorded: string[];
  /** The same, as far as only the form could tell whether somebody has. */
  untold: string[];
  /** Entries that the program let go of, and that somebody else has rewritten. */
  left: string[];
  /** By entry, what the ledger says if Connect is left as it is. */
  found: Readonly<Record<string, string>>;
}

export function planFor(values: Values, evaluation: Evaluation): Plan {
  const { inputs, recorded, ledger, form } = values;
  const [declares, records, stored] = [declaredEntries(inputs), declaredEntries(recorded), storedEntries(evaluation)];
  const changes = new Map<string, Answer | undefined>();
  const found: Record<string, string> = {};
  const disputed: string[] = [];
  const unrecorded: string[] = [];
  const untold: string[] = [];
  const left: string[] = [];
  const open = openEntries(ledger);
  const names = new Set([...declares.keys(), ...records.keys(), ...Object.keys(ledger.entries), ...open]);
  for (const name of names) {
    const [declared, before, given] = [declares.get(name), records.get(name), stored.get(name)];
    const raw = given?.value;
    const kept = ledger.entries[name];
    if (declared === undefined) {
      if (isNobodys(given)) continue;
      if (isOwn(ledger, name, raw, form)) changes.set(name, undefined);
      else if (before !== undefined) left.push(name);
      continue;
    }
    if (isDeepStrictEqual(declared, before) && !open.includes(name)) {
      if (kept !== undefined) found[name] = kept;
      continue;
    }
    const isSame = isWrittenAs(ledger, name, declared, raw) || says(raw, declared, name, form);
    if (isSame === true) {
      const isKilled = isLastOwn(ledger, evaluation) && evaluation.lastModifiedTime !== values.lastModifiedTime;
      if (isOwn(ledger, name, raw, form) || isKilled) found[name] = written(declared, raw);
      continue;
    }
    const isFree =
      isNobodys(given) ||
      isAsWritten(ledger, name, raw) ||
      wasSent(ledger, name, raw, form) ||
      wasBefore(ledger, name, raw, form) ||
      isAsStarted(ledger, evaluation) ||
      (before !== undefined && !open.includes(name) && says(raw, before, name, form) === true);
    changes.set(name, declared);
    if (isFree) continue;
    disputed.push(name);
    if (before === undefined) unrecorded.push(name);
    else if (says(raw, before, name, form) === undefined) untold.push(name);
  }
  return { changes, disputed, unrecorded, untold, left, found };
}

/** What people gave to an evaluation beside what the program declares: its author has not seen it. */
export function unseenWork({ inputs, ledger, form }: Values, evaluation: Evaluation): string[] {
  if (isAsStarted(ledger, evaluation)) return [];
  const declares = declaredEntries(inputs);
  return [...storedEntries(evaluation)]
    .filter(([name, given]) => !declares.has(name) && !isNobodys(given) && !isOwn(ledger, name, given.value, form))
    .map(([name]) => name);
}

/** The ledger when the evaluation was left as it is. */
export function ledgerAsFound({ ledger }: Values, { found }: Plan, evaluation: Evaluation): Ledger {
  const { startedBy, writtenBy, submission } = ledger;
  return {
    entries: found,
    open: {},
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
export function ledgerOfCut({ ledger, form, recorded }: Values, { changes, found }: Plan, isSent: boolean): Ledger {
  const records = declaredEntries(recorded);
  const open = Object.fromEntries(
    [...changes].map(([name, declared]) => {
      const { was = meaningPrint(meaningAs(records.get(name), name, form)), sent = [] } = ledger.open[name] ?? {};
      return [name, { was, sent: isSent ? [...sent, meaningPrint(meaningAs(declared, name, form))] : sent }];
    }),
  );
  return { ...ledger, entries: { ...ledger.entries, ...found }, open };
}

/**
 * The ledger when reads show what they did not show right after a write that Connect accepted. As long as the resource was
 * the last to change the evaluation, what is there is what it wrote, however Connect spells it.
 */
export function ledgerOnceShown({ ledger, recorded, form }: Omit<Values, "inputs">, evaluation: Evaluation): Ledger {
  const isKnown = (ledger.startedBy ?? ledger.writtenBy) !== undefined;
  if (ledger.outdated === undefined || (isKnown && !isLastOwn(ledger, evaluation))) return ledger;
  const [records, stored] = [declaredEntries(recorded), storedEntries(evaluation)];
  const entries = { ...ledger.entries };
  const open = { ...ledger.open };
  for (const [name, { sent }] of Object.entries(ledger.open)) {
    const declared = records.get(name);
    if (declared === undefined || sent.at(-1) !== meaningPrint(meaningAs(declared, name, form))) continue;
    entries[name] = written(declared, stored.get(name)?.value);
    delete open[name];
  }
  return { ...ledger, entries, open };
}

/**
 * The ledger after a refresh: the state has what is there now, so that nothing is open any more. What was sent stays known,
 * since it may show later. So does what people have changed: they may change it back.
 */
export function ledgerAsSeen(
  ledger: Ledger,
  recorded: Recorded,
  form: Form | undefined,
  evaluation: Evaluation,
): Ledger {
  const [records, stored] = [declaredEntries(recorded), storedEntries(evaluation)];
  const entries: Record<string, string> = {};
  const open: Record<string, Open> = {};
  for (const name of new Set([...Object.keys(ledger.entries), ...Object.keys(ledger.open)])) {
    const [record, raw, kept] = [records.get(name), stored.get(name)?.value, ledger.entries[name]];
    const { sent = [] } = ledger.open[name] ?? {};
    if (raw !== undefined && wasSent(ledger, name, raw, form)) entries[name] = written(record, raw);
    else {
      const isThere = record !== undefined || (raw !== undefined && isAsWritten(ledger, name, raw));
      if (kept !== undefined && isThere) entries[name] = kept;
      if (sent.length > 0) open[name] = { sent };
    }
  }
  const { submitting, outdated, ...others } = ledger;
  return {
    ...others,
    entries,
    open,
    submission: isOwnSubmission(ledger, evaluation) ? submissionOf(evaluation) : ledger.submission,
    submitting: evaluation.status === "DRAFT" ? submitting : undefined,
  };
}
