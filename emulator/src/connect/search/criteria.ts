import { connectError } from "../errors";
import { instantOf } from "../instants";
import type { Evaluation } from "../store";

/** Decides about an evaluation. */
export type Predicate = (evaluation: Evaluation) => boolean;

interface Condition {
  FieldName?: string;
  ComparisonType?: string;
}

interface StringCondition extends Condition {
  Value?: string;
}

interface BoundedCondition<Value> extends Condition {
  MinValue?: Value;
  MaxValue?: Value;
}

/** What to search for. All members that are set must match. */
export interface SearchCriteria {
  OrConditions?: SearchCriteria[];
  AndConditions?: SearchCriteria[];
  StringCondition?: StringCondition;
  NumberCondition?: BoundedCondition<number>;
  BooleanCondition?: Condition;
  DateTimeCondition?: BoundedCondition<string>;
  DecimalCondition?: BoundedCondition<number>;
}

type Fields<Value> = Record<string, (evaluation: Evaluation) => Value>;

// The service's own samples search by EvaluationId, EvaluationFormVersion, AutoEvaluationEnabled and
// LastModifiedTime. The other names are not documented: they are inferred from the members of the answer.
const strings: Fields<string> = {
  EvaluationId: ({ evaluationId }) => evaluationId,
  ContactId: ({ contactId }) => contactId,
  EvaluationFormId: ({ evaluationFormId }) => evaluationFormId,
  Status: ({ status }) => status,
  EvaluationType: ({ evaluationType }) => evaluationType,
};
const numbers: Fields<number> = {
  EvaluationFormVersion: ({ evaluationFormVersion }) => evaluationFormVersion,
};
const booleans: Fields<boolean> = {
  AutoEvaluationEnabled: ({ autoEvaluation }) => autoEvaluation?.enabled ?? false,
};
const times: Fields<number> = {
  LastModifiedTime: ({ lastModifiedTime }) => lastModifiedTime.getTime(),
  CreatedTime: ({ createdTime }) => createdTime.getTime(),
};
const decimals: Fields<number> = {
  // Without a score nothing compares: NaN is neither above, below nor equal.
  ScorePercentage: ({ score }) => score?.Percentage ?? Number.NaN,
};

/** Turns criteria into a predicate. Wrong criteria are refused even if there is nothing to search. */
export function meetsCriteria(criteria: SearchCriteria): Predicate {
  const { OrConditions = [], AndConditions = [] } = criteria;
  const { StringCondition, NumberCondition, BooleanCondition, DateTimeCondition, DecimalCondition } = criteria;
  const conditions = [
    ...AndConditions.map(meetsCriteria),
    ...(OrConditions.length > 0 ? [anyOf(OrConditions.map(meetsCriteria))] : []),
    ...(StringCondition ? [meetsString(StringCondition)] : []),
    ...(NumberCondition ? [meetsBounds("NumberCondition", numbers, NumberCondition)] : []),
    ...(BooleanCondition ? [meetsBoolean(BooleanCondition)] : []),
    ...(DateTimeCondition ? [meetsBounds("DateTimeCondition", times, inMilliseconds(DateTimeCondition))] : []),
    ...(DecimalCondition ? [meetsBounds("DecimalCondition", decimals, DecimalCondition)] : []),
  ];
  return allOf(conditions);
}

/** True if all predicates are true. */
export function allOf(predicates: Predicate[]): Predicate {
  return (evaluation) => predicates.every((holds) => holds(evaluation));
}

/** True if one of the predicates is true. */
export function anyOf(predicates: Predicate[]): Predicate {
  return (evaluation) => predicates.some((holds) => holds(evaluation));
}

/** A member that a condition needs, although the model does not require it. */
export function needed<Value>(value: Value | undefined, member: string): Value {
  if (value === undefined) throw connectError("InvalidParameterException", `${member}: is required`);
  return value;
}

const stringComparisons: Record<string, (text: string, value: string) => boolean> = {
  STARTS_WITH: (text, value) => text.startsWith(value),
  CONTAINS: (text, value) => text.includes(value),
  EXACT: (text, value) => text === value,
};

function meetsString(condition: StringCondition): Predicate {
  const field = fieldOf("StringCondition", strings, condition);
  const holds = comparisonOf("StringCondition", stringComparisons, condition);
  const value = needed(condition.Value, "StringCondition.Value");
  return (evaluation) => holds(field(evaluation), value);
}

const booleanComparisons: Record<string, (value: boolean) => boolean> = {
  IS_TRUE: (value) => value,
  IS_FALSE: (value) => !value,
};

function meetsBoolean(condition: Condition): Predicate {
  const field = fieldOf("BooleanCondition", booleans, condition);
  const holds = comparisonOf("BooleanCondition", booleanComparisons, condition);
  return (evaluation) => holds(field(evaluation));
}

interface Bounds {
  min: number;
  max: number;
}

const greater = (value: number, { min }: Bounds) => value > min;
const greaterOrEqual = (value: number, { min }: Bounds) => value >= min;
const less = (value: number, { max }: Bounds) => value < max;
const lessOrEqual = (value: number, { max }: Bounds) => value <= max;
const equal = (value: number, { min }: Bounds) => value === min;
const notEqual = (value: number, { min }: Bounds) => value < min || value > min;
const within = (value: number, { min, max }: Bounds) => value >= min && value <= max;

// The comparisons of times and of numbers have different names; the schema keeps them apart.
const boundComparisons: Record<string, (value: number, bounds: Bounds) => boolean> = {
  GREATER: greater,
  GREATER_THAN: greater,
  GREATER_OR_EQUAL: greaterOrEqual,
  GREATER_THAN_OR_EQUAL_TO: greaterOrEqual,
  LESSER: less,
  LESS_THAN: less,
  LESSER_OR_EQUAL: lessOrEqual,
  LESS_THAN_OR_EQUAL_TO: lessOrEqual,
  EQUAL: equal,
  EQUAL_TO: equal,
  NOT_EQUAL: notEqual,
  RANGE: within,
};

function meetsBounds(kind: string, fields: Fields<number>, condition: BoundedCondition<number>): Predicate {
  const field = fieldOf(kind, fields, condition);
  const holds = comparisonOf(kind, boundComparisons, condition);
  const { MinValue, MaxValue } = condition;
  const isRange = condition.ComparisonType === "RANGE";
  // Which bound a comparison with one value reads is not documented: either is accepted.
  const min = needed(isRange ? MinValue : (MinValue ?? MaxValue), `${kind}.MinValue`);
  const max = needed(isRange ? MaxValue : (MaxValue ?? MinValue), `${kind}.MaxValue`);
  return (evaluation) => holds(field(evaluation), { min, max });
}

function inMilliseconds({ MinValue, MaxValue, ...condition }: BoundedCondition<string>): BoundedCondition<number> {
  return {
    ...condition,
    ...(MinValue === undefined ? {} : { MinValue: instant(MinValue, "DateTimeCondition.MinValue") }),
    ...(MaxValue === undefined ? {} : { MaxValue: instant(MaxValue, "DateTimeCondition.MaxValue") }),
  };
}

// The model's pattern makes the Z optional. We infer that a time without it is in UTC.
function instant(text: string, member: string): number {
  const time = instantOf(text);
  if (Number.isNaN(time)) throw connectError("InvalidParameterException", `${member}: ${text} is no time`);
  return time;
}

function fieldOf<Value>(kind: string, fields: Fields<Value>, { FieldName }: Condition) {
  return entryOf(`${kind}.FieldName`, fields, FieldName);
}

function comparisonOf<Comparison>(kind: string, comparisons: Record<string, Comparison>, condition: Condition) {
  return entryOf(`${kind}.ComparisonType`, comparisons, condition.ComparisonType);
}

function entryOf<Entry>(member: string, entries: Record<string, Entry>, name: string | undefined): Entry {
  const entry = new Map(Object.entries(entries)).get(needed(name, member));
  if (entry !== undefined) return entry;
  const message = `${member}: must be one of ${Object.keys(entries).join(", ")}`;
  throw connectError("InvalidParameterException", message);
}
