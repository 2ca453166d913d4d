import type { StsOperation } from "../context";
import { assume, type SessionInput } from "../session";

/** Input of AssumeRoleWithWebIdentity. */
export interface AssumeRoleWithWebIdentityInput extends SessionInput {
  WebIdentityToken: string;
}

/** Gives temporary credentials of a role that trusts everybody. The token is not looked at. */
export const assumeRoleWithWebIdentity: StsOperation<AssumeRoleWithWebIdentityInput> = (context, input) =>
  assume(context, "AssumeRoleWithWebIdentity", input);
