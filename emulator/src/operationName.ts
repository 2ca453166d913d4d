import type { ConnectOperationName } from "./model";
import type { StsOperationName } from "./sts/model";

/** Every operation of either service. */
export type OperationName = ConnectOperationName | StsOperationName;
