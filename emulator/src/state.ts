import { Store } from "./connect/store";
import { Throttle } from "./connect/throttle";
import { Identities } from "./wire/identities";
import { idMaker } from "./wire/ids";

/** What a reset throws away: everything that requests and set-ups have left. */
export class State {
  readonly store = new Store();
  readonly buckets = new Throttle();
  readonly identities: Identities;
  readonly newId: () => string;

  constructor(account: string, seed: string | undefined) {
    this.identities = new Identities(account);
    this.newId = idMaker(seed);
  }
}
