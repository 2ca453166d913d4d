import { endAutomation } from "./automation";
import type { ConnectBehaviour } from "./behaviour";
import { requestDueReviews } from "./reviews";
import type { Store } from "./store";
import { forgetUnseen } from "./visibility";

/** Has everything happen that is due by now. */
export function catchUp(store: Store, behaviour: ConnectBehaviour): void {
  endAutomation(store, behaviour);
  requestDueReviews(store, behaviour);
  forgetUnseen(store, behaviour);
}
