import assert from "node:assert/strict";
import { Agent, request } from "node:http";
import * as path from "node:path";
import { type ConnectEmulator, startConnectEmulator } from "../emulator/src";
import { machine, today } from "./about";
import { median } from "./median";
import { table, writePage } from "./page";

/** Measures whether requests to the emulator take longer, and whether it takes more memory, the more it did before. */

const FEW = 100;
const MANY = 100_000;
const ROUNDS = 3000;
const UPDATES = [1000, 100_000] as const;

/** An emulator with so many evaluations, one of which has a contact of its own. */
interface Filled {
  emulator: ConnectEmulator;
  agent: Agent;
  instanceId: string;
  contactId: string;
  evaluationId: string;
}

type Call = readonly [method: string, path: string, body?: object];

const REQUESTS: Record<string, (filled: Filled) => Call> = {
  DescribeContactEvaluation: (filled) => ["GET", evaluationPath(filled)],
  UpdateContactEvaluation: (filled) => ["POST", evaluationPath(filled), { Notes: { q1: { Value: "A note" } } }],
  DescribeContact: ({ instanceId, contactId }) => ["GET", `/contacts/${instanceId}/${contactId}`],
  ListContactEvaluations: ({ instanceId, contactId }) => [
    "GET",
    `/contact-evaluations/${instanceId}?contactId=${contactId}`,
  ],
};

async function main(): Promise<void> {
  // First, while nothing else is in the heap.
  const heaps = await measureUpdates();
  const few = await fill(FEW);
  const many = await fill(MANY);
  const times = [];
  for (const [operation, callOf] of Object.entries(REQUESTS)) {
    const [atFew, atMany] = await compare(few, many, callOf);
    times.push([operation, atFew.toFixed(3), atMany.toFixed(3), (atMany / atFew).toFixed(2)]);
  }
  for (const { agent, emulator } of [few, many]) {
    agent.destroy();
    await emulator.close();
  }
  await writePage(path.join(__dirname, "emulator.md"), sections(times, heaps));
}

async function fill(count: number): Promise<Filled> {
  const emulator = await startConnectEmulator({ keepRequests: false });
  const agent = new Agent({ keepAlive: true });
  const { instanceId } = emulator.addInstance();
  const { evaluationFormId: EvaluationFormId } = emulator.addEvaluationForm(instanceId);
  const start = async (ContactId: string) => {
    const call = ["PUT", `/contact-evaluations/${instanceId}`, { ContactId, EvaluationFormId }] as const;
    return JSON.parse(await send(emulator, agent, call)) as { EvaluationId: string };
  };
  const { contactId: busy } = emulator.addContact(instanceId);
  for (let started = 1; started < count; started += 1) await start(busy);
  const { contactId } = emulator.addContact(instanceId);
  const { EvaluationId: evaluationId } = await start(contactId);
  return { emulator, agent, instanceId, contactId, evaluationId };
}

/** Median milliseconds of a request with either, which take turns. */
async function compare(one: Filled, other: Filled, callOf: (filled: Filled) => Call): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    times[0].push(await timed(one, callOf(one)));
    times[1].push(await timed(other, callOf(other)));
  }
  return [median(times[0]), median(times[1])];
}

async function timed({ emulator, agent }: Filled, call: Call): Promise<number> {
  const begin = performance.now();
  await send(emulator, agent, call);
  return performance.now() - begin;
}

/** Megabytes of the heap in use after so many updates of one evaluation, garbage not counted. */
async function measureUpdates(): Promise<number[]> {
  const filled = await fill(1);
  const heaps: number[] = [];
  let done = 0;
  for (const count of UPDATES) {
    for (; done < count; done += 1) {
      const Notes = { q1: { Value: String(done).padEnd(1000, ".") } };
      await send(filled.emulator, filled.agent, ["POST", evaluationPath(filled), { Notes }]);
    }
    assert.ok(global.gc, "Node.js needs --expose-gc");
    global.gc();
    heaps.push(process.memoryUsage().heapUsed / 1e6);
  }
  filled.agent.destroy();
  await filled.emulator.close();
  return heaps;
}

function evaluationPath({ instanceId, evaluationId }: Filled): string {
  return `/contact-evaluations/${instanceId}/${evaluationId}`;
}

const authorization =
  "AWS4-HMAC-SHA256 Credential=AKIABENCH/20260101/us-east-1/connect/aws4_request, SignedHeaders=host, Signature=0";

function send({ url }: ConnectEmulator, agent: Agent, [method, path, body]: Call): Promise<string> {
  const headers = { authorization, ...(body && { "content-type": "application/json" }) };
  return new Promise((resolve, reject) => {
    const outgoing = request(url + path, { method, agent, headers }, async (incoming) => {
      let text = "";
      for await (const chunk of incoming) text += chunk;
      if (incoming.statusCode === 200) resolve(text);
      else reject(new Error(`${method} ${path}: ${text}`));
    });
    outgoing.on("error", reject);
    outgoing.end(body && JSON.stringify(body));
  });
}

function sections(times: string[][], heaps: number[]): string[] {
  const [less = 0, more = 0] = heaps;
  return [
    "# The emulator's size",
    `\`npm run bench:emulator\` writes this page: ${today()}, ${machine()}, Node.js ${process.versions.node}.`,
    "## Requests",
    `Median milliseconds of ${ROUNDS} requests about one evaluation and its contact, with ${FEW} and with ${MANY} evaluations in the instance, by turns, over HTTP, with the client in the same process.`,
    table([["operation", String(FEW), String(MANY), "ratio"], ...times]),
    "## Memory",
    "Megabytes of the heap after so many updates of one evaluation, each with a note of 1000 characters, with `keepRequests: false`, garbage not counted.",
    table([
      [...UPDATES.map(String), "ratio"],
      [less.toFixed(1), more.toFixed(1), (more / less).toFixed(2)],
    ]),
  ];
}

void main();
