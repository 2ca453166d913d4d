import type { StsOperation } from "../context";
import { stsError } from "../errors";
import { assume, type SessionInput } from "../session";

/** Input of AssumeRole. */
export interface AssumeRoleInput extends SessionInput {
  ExternalId?: string;
  SourceIdentity?: string;
  Tags?: { Key: string; Value: string }[];
  TransitiveTagKeys?: string[];
}

const chainedSeconds = 3600;

/** Gives temporary credentials of a role to a signed caller. */
export const assumeRole: StsOperation<AssumeRoleInput> = (context, input) => {
  if (context.caller.temporary && (input.DurationSeconds ?? 0) > chainedSeconds) {
    const limit = "the 1 hour session limit for roles assumed by role chaining";
    throw stsError("ValidationError", `The requested DurationSeconds exceeds ${limit}`);
  }
  return { ...assume(context, "AssumeRole", input, input.ExternalId), SourceIdentity: input.SourceIdentity };
};
