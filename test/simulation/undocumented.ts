import { type Behaviour, switches } from "../../emulator/src";
import type { Random } from "./random";

/** What Connect does not document and what decides how answers are written and compared. */
const GRADES = ["describeTags", "optionSpelling", "optionsAccepted", "textAnswers", "updateOfSubmitted"] as const;

/** Decides it at random, and one thing more. */
export function decide(behaviour: Behaviour, random: Random, more: keyof typeof switches): void {
  for (const name of [...GRADES, more]) Object.assign(behaviour, { [name]: random.pick(switches[name].positions) });
}
