import { documentCheck } from "../connect/validation";
import type { ConnectEmulator } from "../emulator";
import { inventory } from "../inventory";
import type { FaultRule } from "../requests";
import { version } from "../version";
import { DocumentError } from "../wire/documents";
import type { JsonSchema } from "../wire/schema";
import { behaviourSchema, clockSchema, faultSchema, forever } from "./schemas";

/** What can be done with an emulator over HTTP. Its answer is what there is then. */
export interface Control {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  path: string;
  perform(emulator: ConnectEmulator, body: unknown): object;
}

type Members = Record<string, unknown>;

const faultOf = documentOf<FaultRule & Members>(faultSchema);
const switchesOf = documentOf<Members>(behaviourSchema);
const clockOf = documentOf<{ advanceMs: number }>(clockSchema);

/** Everything that can be done. */
export const controls: Control[] = [
  { method: "GET", path: "/health", perform: health },
  {
    method: "POST",
    path: "/reset",
    perform: (emulator) => {
      emulator.reset();
      return health(emulator);
    },
  },
  { method: "GET", path: "/faults", perform: faults },
  {
    method: "POST",
    path: "/faults",
    perform: (emulator, body) => {
      emulator.faults.add(withInfinity(faultOf(body)));
      return faults(emulator);
    },
  },
  {
    method: "DELETE",
    path: "/faults",
    perform: (emulator) => {
      emulator.faults.clear();
      return faults(emulator);
    },
  },
  { method: "GET", path: "/behaviour", perform: behaviour },
  {
    method: "PATCH",
    path: "/behaviour",
    perform: (emulator, body) => {
      Object.assign(emulator.behaviour, withInfinity(switchesOf(body)));
      return behaviour(emulator);
    },
  },
  {
    method: "POST",
    path: "/clock",
    perform: (emulator, body) => {
      emulator.advance(clockOf(body).advanceMs);
      return { now: emulator.behaviour.now() };
    },
  },
];

function health(emulator: ConnectEmulator): object {
  const { region, account } = emulator;
  return { status: "running", version, region, account, now: emulator.behaviour.now(), ...inventory(emulator) };
}

function faults(emulator: ConnectEmulator): object {
  return { faults: emulator.faults.all() };
}

function behaviour(emulator: ConnectEmulator): object {
  const { now, ...switches } = emulator.behaviour;
  return switches;
}

function documentOf<Kind>(schema: JsonSchema): (body: unknown) => Kind {
  const problemsOf = documentCheck(schema);
  return (body) => {
    const problems = problemsOf(body);
    if (problems.length > 0) throw new DocumentError(problems);
    return body as Kind;
  };
}

function withInfinity<Kind extends object>(members: Kind): Kind {
  const entries = Object.entries(members).map(([name, value]) => [name, value === forever ? Infinity : value]);
  return Object.fromEntries(entries) as Kind;
}
