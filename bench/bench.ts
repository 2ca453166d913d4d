import { mkdir, readFile, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { about } from "./about";
import { compare } from "./compare";
import { tryLevers } from "./levers";
import { measureMemory } from "./memory";
import { PLANS, type Plan } from "./plan";
import { measureUnderQuota } from "./quota";
import { writeReport } from "./report";
import type { Results } from "./results";
import { measureStartUp } from "./startUp";

const USAGE = `npm run bench [-- OPTION …]

Measures this package's class and its plugin beside the way of Pulumi's documentation and beside a resource that does
nothing, on the real engine and a local Connect, and writes bench/README.md. Takes a quarter of an hour; nothing else
should run meanwhile.

  --long           up to 1000 evaluations, three rounds of all, also with a slow Connect; more than an hour
  --quick          up to 20 evaluations, one round: whether everything works; written to bench/quick/
  --only PART      comparison, memory, startUp, quota or levers, instead of all; may be given several times
  --report         writes the report again from the last results, and measures nothing
  --help
`;

/** A wrong option: its text says what is allowed. */
class UsageError extends Error {}

type Part = "comparison" | "memory" | "startUp" | "quota" | "levers";

/** In this order. Each keeps what the others found before. */
const PARTS: Readonly<Record<Part, (plan: Plan, tell: (line: string) => void) => Promise<Partial<Results>>>> = {
  comparison: async (plan, tell) => ({ comparison: await compare(plan, tell) }),
  memory: async (plan) => ({ memory: await measureMemory(plan) }),
  startUp: async ({ startUpRounds }) => ({ startUp: await measureStartUp(startUpRounds) }),
  quota: async ({ quota }, tell) => ({ quota: await measureUnderQuota(quota, tell) }),
  levers: async (plan, tell) => ({ levers: await tryLevers(plan, tell) }),
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      long: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      only: { type: "string", multiple: true },
      report: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  if (values.long && values.quick) throw new UsageError("--long and --quick are two plans: give one of them");
  const plan = PLANS[values.long ? "long" : values.quick ? "quick" : "usual"];
  const wanted = values.report ? [] : (values.only ?? Object.keys(PARTS)).map(partOf);
  const folder = values.quick ? path.join(__dirname, "quick") : __dirname;
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, "results.json");
  let results: Results = await readResults(file);
  for (const part of wanted) {
    const began = performance.now();
    const found = await PARTS[part](plan, console.log);
    const minutes = { ...results.minutes, [part]: (performance.now() - began) / 60_000 };
    results = { ...results, ...found, minutes, about: await about() };
    // After each part, so that a run that is cut off has not been for nothing.
    await writeFile(file, `${JSON.stringify(results, null, 1)}\n`);
  }
  await writeReport(results, folder);
  console.log(`written to ${path.relative(process.cwd(), folder)}/README.md`);
}

function partOf(name: string): Part {
  if (name in PARTS) return name as Part;
  throw new UsageError(`${name} is no part of the benchmark, which are ${Object.keys(PARTS).join(", ")}`);
}

async function readResults(file: string): Promise<Results> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Results;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { minutes: {} };
    throw error;
  }
}

main().catch((error: Error & { code?: string }) => {
  const isUsage = error instanceof UsageError || error.code?.startsWith("ERR_PARSE_ARGS");
  console.error(isUsage ? `${error.message}\nOptions are explained by --help.` : error);
  process.exitCode = isUsage ? 2 : 1;
});
