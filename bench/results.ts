import type { About } from "./about";
import type { Comparison } from "./compare";
import type { Levers } from "./levers";
import type { LiveHeap } from "./memory";
import type { QuotaResult } from "./quota";
import type { StartUp } from "./startUp";

/** What the parts found, as it stands in results.json. */
export interface Results {
  about?: About;
  /** How long each part took. */
  minutes: Record<string, number>;
  comparison?: Comparison;
  memory?: LiveHeap[];
  startUp?: StartUp;
  quota?: QuotaResult[];
  levers?: Levers;
}
