import { defined } from "../wire/plain";
import { timestamp } from "./context";
import type { Acknowledgement } from "./store";

/** An acknowledgement with the members that the summaries and the description of an evaluation have. */
export function acknowledgementOf({ time, by, comment }: Acknowledgement): object {
  return defined({ AcknowledgedTime: timestamp(time), AcknowledgedBy: by, AcknowledgerComment: comment });
}
