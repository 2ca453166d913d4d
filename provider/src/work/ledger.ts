import type { Connect } from "../connect/connect";
import type { AnswerValue, Evaluation, Form } from "../connect/evaluation";
import { meaningAs, meaningIn, storedEntries } from "../grading/entries";
import { hash } from "../shared/hash";
import type { Answer, State } from "../shared/model";
import { mapEntries } from "../shared/plain";

/**
 * What the resource itself did to its evaluation. No refresh takes from it what people do, so that their work is told from
 * the resource's own. It has fingerprints and names, no values, and stands in the state as one secret text: the
 * fingerprint of a select's answer is one of three.
 */
export interface Ledger {
  /** By entry, what was declared and what Connect showed after it was written. */
  entries: Readonly<Record<string, string>>;
  /** By entry, what a change was about that was not finished. */
  open: Readonly<Record<string, Open>>;
  /** Status and evaluator after the resource's own submission. */
  submission?: string | undefined;
  /** The evaluator that is expected of a submission that went out, if its fate is not known; empty for the caller. */
  submitting?: string | undefined;
  /** Who the evaluator was after the start, as long as the resource has written nothing. */
  startedBy?: string | undefined;
  /** Who the evaluator is after the last write, unless the program names one, which may be a person. */
  writtenBy?: string | undefined;
  /** What Connect showed before the last write of which it is not known, or not seen, what became. */
  sentOn?: string | undefined;
  /** Who the evaluator is after that write, if the program names one. */
  sentAs?: string | undefined;
  /** If Connect accepted that write, between which times it was. */
  outdated?: { after: string; before: string } | undefined;
  /** Keys of tags that a change was to remove and that may still be there. */
  tags?: readonly string[] | undefined;
}

export interface Open {
  /** What the state had; left out once a refresh has seen what there is. */
  was?: string;
  /** What was sent without an answer that it was taken. */
  sent: readonly string[];
}

export const NOTHING: Ledger = { entries: {}, open: {} };

const LENGTH = 8;
const print = (...parts: unknown[]): string => hash(...parts).slice(0, LENGTH);

export const ledgerOf = ({ written }: { written?: string | undefined }): Ledger =>
  written === undefined ? NOTHING : { ...NOTHING, ...(JSON.parse(written) as Partial<Ledger>) };

/** As it stands in the state. */
export function writtenFrom(ledger: Ledger): string | undefined {
  const isFilled = ([, part]: [string, unknown]) =>
    part !== undefined && !(typeof part === "object" && Object.keys(part ?? {}).length === 0);
  const filled = Object.entries(ledger).filter(isFilled);
  return filled.length === 0 ? undefined : JSON.stringify(Object.fromEntries(filled));
}

// Entries.

/** A change that stands here is unfinished: the next `up` looks at it. */
export const openEntries = ({ open }: Ledger): string[] => Object.keys(open).filter((name) => open[name]?.was);

export const written = (declared: Answer | undefined, raw: AnswerValue | undefined): string =>
  print(declared) + print(raw);

/** Whether Connect shows what it showed after the resource wrote the entry. */
export const isAsWritten = ({ entries }: Ledger, name: string, raw: AnswerValue | undefined): boolean =>
  entries[name]?.slice(LENGTH) === print(raw);

/** Whether, besides, what was written is what is declared: however Connect spells it, nothing differs. */
export const isWrittenAs = ({ entries }: Ledger, name: string, declared: Answer, raw: AnswerValue | undefined) =>
  entries[name] === written(declared, raw);

const meaningPrint = (meaning: unknown): string => print(meaning);

/** What was sent, or what the state had, as a change that is not finished keeps it. */
export const printOf = (declared: Answer | undefined, name: string, form: Form | undefined): string =>
  meaningPrint(meaningAs(declared, name, form));

/** Nothing, as a change that is not finished keeps it. */
export const ABSENT = meaningPrint(null);

/** An evaluation, with what is needed to tell whose its entries are. */
export interface Look {
  ledger: Ledger;
  evaluation: Evaluation;
  /** `undefined` without the permission to see it. */
  form: Form | undefined;
}

/** The permission to see the form may come and go between two runs. */
const printsOf = (raw: AnswerValue | undefined, name: string, form: Form | undefined): string[] =>
  [form, undefined].map((known) => meaningPrint(meaningIn(raw, name, known)));

/** Whether an entry is what a write sent whose answer is not known. */
export const wasSent = ({ ledger, form }: Look, name: string, raw: AnswerValue | undefined): boolean =>
  printsOf(raw, name, form).some((one) => ledger.open[name]?.sent.includes(one));

/** Whether an entry is what was sent last. */
export const wasSentLast = ({ ledger, form }: Look, name: string, raw: AnswerValue | undefined): boolean =>
  printsOf(raw, name, form).some((one) => one === ledger.open[name]?.sent.at(-1));

/** Whether an entry is what the state had before an unfinished change. */
export const wasBefore = ({ ledger, form }: Look, name: string, raw: AnswerValue | undefined): boolean =>
  printsOf(raw, name, form).some((one) => one === ledger.open[name]?.was);

export const isOwn = (look: Look, name: string, raw: AnswerValue | undefined): boolean =>
  isAsWritten(look.ledger, name, raw) || wasSent(look, name, raw);

/** What was sent without an answer, and is not settled by an entry of these names, may show later. */
export const stillSent = ({ open }: Ledger, settled: (name: string) => boolean): Ledger["open"] =>
  mapEntries(open, (name, { sent }) => (sent.length > 0 && !settled(name) ? { sent } : undefined));

/** No print: what was before is not known to be the resource's any more. */
const CONTESTED = "-";

/**
 * Where somebody else was there since, what was sent either did not arrive, or is there and may be theirs, or they have
 * changed it, if only back to what was before: the resource claims none of it. Nor of an entry that is not as Connect
 * accepted it, although what is shown is later: this holds whoever was there last, since a run that was killed writes
 * over a person's touch.
 */
export function withoutClaims(look: Look): Ledger {
  const { ledger, evaluation } = look;
  const isAnothers = isSinceAnothers(ledger, evaluation);
  if (!isAnothers && !isLaterThanAccepted(ledger, evaluation)) return ledger;
  const stored = storedEntries(evaluation);
  const isContested = (name: string) => {
    const { was, sent = [] } = ledger.open[name] ?? {};
    return was !== undefined && sent.length > 0 && (isAnothers || !wasSentLast(look, name, stored.get(name)?.value));
  };
  const entries = mapEntries(ledger.entries, (name, kept) => (isContested(name) ? undefined : kept));
  const open = mapEntries(ledger.open, (name, one) => {
    if (isContested(name)) return { was: CONTESTED, sent: [] };
    if (!isAnothers) return one;
    return one.was === undefined ? undefined : { was: one.was, sent: [] };
  });
  return { ...ledger, entries, open };
}

/** Whether Connect shows a change that came after the write that it accepted, and so that write as well. */
export const isLaterThanAccepted = ({ outdated }: Ledger, { lastModifiedTime }: Evaluation): boolean =>
  outdated !== undefined && Date.parse(lastModifiedTime) > Date.parse(outdated.before);

/** Whether the last change may be the write of which it is not known, or not seen, what became. */
export const mayBeSent = (ledger: Ledger, evaluation: Evaluation): boolean =>
  ledger.sentOn !== undefined && !isLaterThanAccepted(ledger, evaluation);

/** The form, where it is needed to recognize what was sent and not seen. IAM: connect:DescribeEvaluationForm. */
export async function formToRecognize({ forms }: Connect, { open }: Ledger, evaluation: Evaluation) {
  const isSent = Object.values(open).some(({ sent }) => sent.length > 0);
  return isSent ? forms.version(evaluation, evaluation.evaluationFormVersion) : undefined;
}

/** Whether the evaluation waits for an `up`, although the program says nothing new. */
export const isUnfinished = (ledger: Ledger, state: Pick<State, "answers" | "notes">): boolean => {
  const { answers = {}, notes = {} } = state;
  const names = [
    ...Object.keys(answers).map((key) => `answers.${key}`),
    ...Object.keys(notes).map((key) => `notes.${key}`),
  ];
  const dropped = Object.keys(ledger.entries).filter((name) => !names.includes(name));
  return openEntries(ledger).length > 0 || dropped.length > 0 || (ledger.tags ?? []).length > 0;
};

// The submission, and who was there last.

export const handOf = ({ evaluatorArn }: Pick<Evaluation, "evaluatorArn">): string | undefined =>
  evaluatorArn === undefined ? undefined : print(evaluatorArn);

/** Whether nobody has changed the evaluation since it was started. */
export const isAsStarted = ({ startedBy }: Ledger, evaluation: Evaluation): boolean =>
  startedBy !== undefined && startedBy === handOf(evaluation);

const ownHand = ({ startedBy, writtenBy }: Ledger): string | undefined => startedBy ?? writtenBy;

/** Whether the resource's caller was the last who changed it. */
export const isLastOwn = (ledger: Ledger, evaluation: Evaluation): boolean =>
  ownHand(ledger) !== undefined && ownHand(ledger) === handOf(evaluation);

/** Whether somebody else was, as far as the resource knows its own hand. */
export const isLastAnothers = (ledger: Ledger, evaluation: Evaluation): boolean =>
  ownHand(ledger) !== undefined && !isLastOwn(ledger, evaluation);

/** Whether somebody else was, and not only before the last write whose fate is not known. */
export const isSinceAnothers = (ledger: Ledger, evaluation: Evaluation): boolean =>
  (isLastAnothers(ledger, evaluation) || isSentAsAnother(ledger, evaluation)) && !isAsSentOn(ledger, evaluation);

function isSentAsAnother(ledger: Ledger, evaluation: Evaluation): boolean {
  const { sentAs } = ledger;
  return sentAs !== undefined && sentAs !== handOf(evaluation) && !isLastOwn(ledger, evaluation);
}

/** Whether Connect shows just what it showed before that write. */
export const isAsSentOn = ({ sentOn }: Ledger, evaluation: Evaluation): boolean =>
  sentOn === descriptionPrint(evaluation);

export const submissionOf = ({ status, evaluatorArn }: Evaluation): string => print(status, evaluatorArn);

/** Whether the submission is the resource's, or Connect's own with no person in it. */
export function isOwnSubmission(ledger: Ledger, evaluation: Evaluation): boolean {
  if (evaluation.status !== "SUBMITTED") return false;
  return ledger.submission === submissionOf(evaluation) || isLastOwn(ledger, evaluation) || isSent(ledger, evaluation);
}

function isSent(ledger: Ledger, evaluation: Evaluation): boolean {
  const { submitting } = ledger;
  if (submitting === undefined) return false;
  return submitting === "" ? ownHand(ledger) === undefined : submitting === handOf(evaluation);
}

/** What is expected of a submission that goes out. */
export const expectedHand = (evaluator: string | undefined): string =>
  evaluator === undefined ? "" : print(evaluator);

/** A description, to be recognized when it is read again. */
export const descriptionPrint = ({ lastModifiedTime, status, answers, notes }: Evaluation): string =>
  print(lastModifiedTime, status, answers, notes);
