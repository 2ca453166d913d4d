import type { EvaluationFormContent, Tags } from "../connect/types";
import type { Role } from "../wire/identities";

/** What an emulator has right after the start. Ids that are left out are made up. */
export interface Setup {
  instances?: InstanceSetup[];
  roles?: Role[];
  accessKeys?: AccessKeySetup[];
}

/** An instance and everything in it. */
export interface InstanceSetup extends InstanceFacts {
  contacts?: ContactFacts[];
  users?: UserFacts[];
  evaluationForms?: FormSetup[];
}

/** An instance without what is in it. */
export interface InstanceFacts {
  /** @default the emulator's Region */
  region?: string;
  /** @default the emulator's account */
  account?: string;
  instanceId?: string;
}

/** A contact, and the agent who had it. */
export interface ContactFacts {
  contactId?: string;
  agentId?: string;
}

/** A user, on whose behalf evaluations may be changed. */
export interface UserFacts {
  userId?: string;
}

/** An evaluation form with one version. */
export interface FormSetup {
  evaluationFormId?: string;
  /** What its author wrote, in the spelling of the API. @default the sample questions q1, q2, and q3 in section s1 */
  content?: Partial<EvaluationFormContent>;
  /** Whether its version is the active one. @default true */
  activate?: boolean;
  tags?: Tags;
}

/** An access key of an account that is not the emulator's. */
export interface AccessKeySetup {
  accessKeyId: string;
  account: string;
}
