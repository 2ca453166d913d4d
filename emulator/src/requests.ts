import type { ConnectOperationName } from "./connect/model";
import type { StsOperationName } from "./sts/model";
import type * as faults from "./wire/faults";
import type * as log from "./wire/log";

/** Every operation of either service. */
export type OperationName = ConnectOperationName | StsOperationName;

/** A request of either service. */
export type LoggedRequest = log.LoggedRequest<OperationName>;

/** Decides about a request of either service. */
export type RequestPredicate = log.RequestPredicate<OperationName>;

/** A fault and the requests of either service that it meets. */
export type FaultRule = faults.FaultRule<OperationName>;
