import type { ScoreThreshold } from "../types";
import { orderFault, rangeFault } from "./measures";

/** What is wrong in the thresholds of a form, a section, or a question. */
export function thresholdFaults(whose: string, thresholds: ScoreThreshold[] = []): string[] {
  return thresholds.flatMap(({ PerformanceCategory, MinScorePercentage: min, MaxScorePercentage: max }) => {
    const what = `ScoreThresholds: ${PerformanceCategory} of ${whose}`;
    return [...rangeFault(what, min, 0, 100), ...rangeFault(what, max, 0, 100), ...orderFault(what, min, max)];
  });
}
