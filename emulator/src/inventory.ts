import { activeVersion, type EvaluationForm, type Instance } from "./connect/store";
import type { ConnectEmulator } from "./emulator";
import type { AccessKeySetup, ContactFacts } from "./setup/setup";
import type { Role } from "./wire/identities";

/** What an emulator has at the moment. */
export interface Inventory {
  instances: InstanceInventory[];
  roles: Role[];
  accessKeys: AccessKeySetup[];
}

/** An instance and what is in it. */
export interface InstanceInventory {
  instanceId: string;
  region: string;
  account: string;
  contacts: ContactFacts[];
  /** The ARNs of its users. */
  users: string[];
  evaluationForms: { evaluationFormId: string; title: string; active: boolean }[];
  /** How many there are, without the deleted ones. */
  evaluations: number;
}

/** Lists what an emulator has. */
export function inventory({ store, identities }: ConnectEmulator): Inventory {
  return {
    instances: [...store.instances.values()].map(instanceInventory),
    roles: identities.allRoles(),
    accessKeys: identities.accessKeys(),
  };
}

function instanceInventory({ instanceId, region, account, ...content }: Instance): InstanceInventory {
  const contacts = [...content.contacts.values()];
  return {
    instanceId,
    region,
    account,
    contacts: contacts.map(({ contactId, agentId }) => ({ contactId, ...(agentId === undefined ? {} : { agentId }) })),
    users: [...content.users],
    evaluationForms: [...content.forms.values()].map(formInventory),
    evaluations: content.evaluations.live().length,
  };
}

function formInventory(form: EvaluationForm): InstanceInventory["evaluationForms"][number] {
  const active = activeVersion(form);
  const title = (active ?? form.versions.at(-1))?.Title ?? "";
  return { evaluationFormId: form.evaluationFormId, title, active: active !== undefined };
}
