import type { StsOperation } from "../context";

/** Tells the caller who it is. */
export const getCallerIdentity: StsOperation<object> = ({ caller }) => ({
  Arn: caller.arn,
  UserId: caller.userId,
  Account: caller.account,
});
