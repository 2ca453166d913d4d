import { accountPattern, regionPattern } from "../wire/partitions";
import { roleArnPattern } from "../wire/roles";
import { closed, type JsonSchema, listOf } from "../wire/schema";

const text = { type: "string", minLength: 1 };
const id = { ...text, pattern: "^[^/\\s]+$", description: "a text without slashes and spaces" };
const idLike = (shape: string): JsonSchema => ({ ...id, $ref: `connect#/definitions/${shape}` });
const account = { type: "string", pattern: accountPattern.source, description: "12 digits" };
const region = { type: "string", pattern: regionPattern.source, description: "a Region like us-east-1" };
const roleArn = { type: "string", pattern: roleArnPattern.source, description: "the ARN of a role" };

const evaluationForm = closed({
  evaluationFormId: idLike("ResourceId"),
  content: { type: ["object", "string"], description: "a form, or the path of a file with one" },
  activate: { type: "boolean" },
  tags: { $ref: "connect#/definitions/TagMap" },
});

const instance = closed({
  instanceId: idLike("InstanceId"),
  region,
  account,
  contacts: listOf(closed({ contactId: idLike("ContactId"), agentId: text })),
  users: listOf(closed({ userId: id })),
  evaluationForms: listOf(evaluationForm),
});

/** A file with a `Setup`, in which a form may be in a file of its own. */
export const setupSchema = closed({
  instances: listOf(instance),
  roles: listOf(closed({ roleArn, trusts: listOf(text), externalId: text }, ["roleArn"])),
  accessKeys: listOf(closed({ accessKeyId: id, account }, ["accessKeyId", "account"])),
});
