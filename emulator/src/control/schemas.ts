import type { Behaviour } from "../behaviour";
import { evaluationStatuses, switches, views } from "../connect/behaviour";
import { operationNames } from "../requests";
import { closed, type JsonSchema, listOf } from "../wire/schema";

/** How JSON, which has no infinity, spells it. */
export const forever = "Infinity";

const wholeNumber = (minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): JsonSchema => ({
  type: "integer",
  minimum,
  maximum,
  description: `a whole number from ${minimum} to ${maximum}`,
});

const numberOrForever = (minimum = 0): JsonSchema => ({
  anyOf: [wholeNumber(minimum), { const: forever }],
  description: `a whole number from ${minimum}, or "${forever}"`,
});

const lag: JsonSchema = {
  anyOf: [wholeNumber(0), closed(Object.fromEntries(views.map((view) => [view, wholeNumber(0)])))],
  description: `milliseconds, or an object with milliseconds for some of ${views.join(", ")}`,
};

const positions = Object.entries(switches).map(([name, { positions }]) => [name, { enum: positions }]);

const settings: Record<Exclude<keyof Behaviour, keyof typeof switches | "now">, JsonSchema> = {
  deleteInStatus: listOf({ enum: evaluationStatuses }),
  evaluationQuota: numberOrForever(),
  tokenLifetimeMs: numberOrForever(),
  readAfterWriteDelayReads: numberOrForever(),
  startLagMs: lag,
  deleteLagMs: lag,
  changeLagMs: lag,
  scoreDelayMs: numberOrForever(),
  automationMs: numberOrForever(),
  reviewMs: numberOrForever(),
  automatedAnswers: {
    type: "object",
    additionalProperties: { $ref: "connect#/definitions/EvaluationAnswerData" },
  },
  denied: listOf({ enum: operationNames }),
};

/** Some switches and their positions. The clock has a path of its own. */
export const behaviourSchema = closed({ ...Object.fromEntries(positions), ...settings });

const century = 100 * 365 * 86_400_000;

/** How far the clock goes on. */
export const clockSchema = closed({ advanceMs: wholeNumber(0, century) }, ["advanceMs"]);

const moment = { enum: ["before", "after"] };

// Node.js has no longer timer.
const longestDelay = 2 ** 31 - 1;

/** The kinds of faults by their telling member, with the members that may be beside it. */
const kinds: Record<string, { schema: JsonSchema; beside: string[] }> = {
  error: {
    schema: { type: "string", pattern: "^[A-Za-z]\\w*$", description: "the name of an error" },
    beside: ["message", "status", "processed"],
  },
  drop: { schema: moment, beside: [] },
  silence: { schema: moment, beside: [] },
  delayMs: { schema: wholeNumber(0, longestDelay), beside: [] },
  html: { schema: wholeNumber(200, 599), beside: ["processed"] },
  json: { schema: wholeNumber(200, 599), beside: ["processed"] },
  garbage: { schema: { enum: [true] }, beside: ["processed"] },
};

const companions: Record<string, JsonSchema> = {
  message: { type: "string" },
  status: wholeNumber(400, 599),
  processed: { type: "boolean" },
};

const fault: JsonSchema = {
  ...closed({
    ...Object.fromEntries(Object.entries(kinds).map(([name, { schema }]) => [name, schema])),
    ...companions,
  }),
  oneOf: Object.keys(kinds).map((name) => ({ required: [name] })),
  dependencies: Object.fromEntries(
    Object.entries(kinds).map(([name, { beside }]) => [
      name,
      {
        properties: Object.fromEntries(
          Object.keys(companions).flatMap((companion) => (beside.includes(companion) ? [] : [[companion, false]])),
        ),
      },
    ]),
  ),
};

const operation = { enum: operationNames };

/** A `FaultRule` without what JSON cannot say. */
export const faultSchema = closed(
  {
    operation: {
      anyOf: [operation, listOf(operation)],
      description: `one or a list of ${operationNames.join(", ")}`,
    },
    skip: wholeNumber(0),
    times: numberOrForever(1),
    fault,
  },
  ["fault"],
);
