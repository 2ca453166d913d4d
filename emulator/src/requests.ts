import { type ConnectOperationName, operationNames as connectOperationNames } from "./connect/model";
import { type StsOperationName, operationNames as stsOperationNames } from "./sts/model";
import type * as faults from "./wire/faults";
import type * as log from "./wire/log";

/** Every operation of either service. */
export type OperationName = ConnectOperationName | StsOperationName;

/** The names of all operations. */
export const operationNames: OperationName[] = [...connectOperationNames, ...stsOperationNames];

/** A request of either service. */
export type LoggedRequest = log.LoggedRequest<OperationName>;

/** Decides about a request of either service. */
export type RequestPredicate = log.RequestPredicate<OperationName>;

/** A fault and the requests of either service that it applies to. */
export type FaultRule = faults.FaultRule<OperationName>;
