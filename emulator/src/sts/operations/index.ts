import type { StsOperationName } from "../model";
import { assumeRole } from "./assumeRole";
import { assumeRoleWithWebIdentity } from "./assumeRoleWithWebIdentity";
import { getCallerIdentity } from "./getCallerIdentity";

/** The handler of each operation. */
export const operations = {
  AssumeRole: assumeRole,
  AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity,
  GetCallerIdentity: getCallerIdentity,
} satisfies Record<StsOperationName, unknown>;
