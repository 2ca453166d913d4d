import { createHash, randomUUID } from "node:crypto";
import { partitionOf } from "./partitions";
import { parseRoleArn, sessionArn } from "./roles";

/** The caller of an operation. */
export interface Caller {
  accessKeyId: string;
  account: string;
  /** ARN of the role session. */
  arn: string;
  userId: string;
  roleArn: string;
  /** Whether the credentials were issued here for a role, and so expire. */
  temporary: boolean;
}

/** A role and who may assume it. */
export interface Role {
  roleArn: string;
  /** Access key ids, and ARNs of roles whose sessions may assume it. @default everybody */
  trusts?: string[];
  /** What must be given as ExternalId. @default nothing */
  externalId?: string;
}

/** Temporary credentials. */
export interface Session {
  caller: Caller;
  secretAccessKey: string;
  sessionToken: string;
  expires: Date;
}

/** What a request says about its caller. */
export interface Credentials {
  accessKeyId: string;
  /** The Region that the request is signed for. */
  region: string;
  sessionToken: string | undefined;
}

/** The caller of an operation that takes no signature. */
export const anonymous: Caller = {
  accessKeyId: "",
  account: "",
  arn: "anonymous",
  userId: "anonymous",
  roleArn: "",
  temporary: false,
};

/** Access keys, roles, and sessions, and the accounts that they belong to. */
export class Identities {
  private readonly accounts = new Map<string, string>();
  private readonly roles = new Map<string, Role>();
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly defaultAccount: string) {}

  addAccessKey(accessKeyId: string, account: string): void {
    this.accounts.set(accessKeyId, account);
  }

  addRole(role: Role): void {
    if (parseRoleArn(role.roleArn) === undefined) throw new Error(`${role.roleArn} is not the ARN of a role`);
    this.roles.set(role.roleArn, role);
  }

  /** The access keys that were put into accounts of their own. */
  accessKeys(): { accessKeyId: string; account: string }[] {
    return [...this.accounts].map(([accessKeyId, account]) => ({ accessKeyId, account }));
  }

  /** The roles that were added. */
  allRoles(): Role[] {
    return [...this.roles.values()];
  }

  /** The caller with these credentials, or the reason to refuse them. */
  identify({ accessKeyId, sessionToken, region }: Credentials, now: Date): Caller | "unknown" | "expired" {
    const session = this.sessions.get(accessKeyId);
    if (session === undefined) {
      const lacksToken = accessKeyId.startsWith("ASIA") && !sessionToken;
      return lacksToken ? "unknown" : this.holder(accessKeyId, region);
    }
    if (session.sessionToken !== sessionToken) return "unknown";
    return now < session.expires ? session.caller : "expired";
  }

  /** Whether a role exists and this caller may assume it. */
  mayAssume(roleArn: string, { accessKeyId, roleArn: ownRole }: Caller, externalId?: string): boolean {
    const role = this.roles.get(roleArn);
    if (role === undefined) return false;
    if (role.externalId !== undefined && role.externalId !== externalId) return false;
    return role.trusts === undefined || role.trusts.some((trusted) => trusted === accessKeyId || trusted === ownRole);
  }

  /** Issues credentials of a role. */
  openSession(roleArn: string, name: string, expires: Date): Session {
    const accessKeyId = `ASIA${String(this.sessions.size + 1).padStart(16, "0")}`;
    const session = {
      caller: sessionOf(roleArn, name, { accessKeyId, temporary: true }),
      secretAccessKey: `secret-of-${accessKeyId}`,
      // Random, so that the tokens of two emulators differ although their access key ids do not.
      sessionToken: `token-of-${accessKeyId}-${randomUUID()}`,
      expires,
    };
    this.sessions.set(accessKeyId, session);
    return session;
  }

  // An access key that was not issued here counts as a session of the role Deployer, named after the key.
  private holder(accessKeyId: string, region: string): Caller {
    const account = this.accounts.get(accessKeyId) ?? this.defaultAccount;
    const roleArn = `arn:${partitionOf(region)}:iam::${account}:role/Deployer`;
    return sessionOf(roleArn, accessKeyId, { accessKeyId, temporary: false });
  }
}

function sessionOf(roleArn: string, name: string, rest: Pick<Caller, "accessKeyId" | "temporary">): Caller {
  const role = parseRoleArn(roleArn);
  if (role === undefined) throw new Error(`${roleArn} is not the ARN of a role`);
  return { ...rest, account: role.account, arn: sessionArn(role, name), userId: `${roleId(roleArn)}:${name}`, roleArn };
}

function roleId(roleArn: string): string {
  return `AROA${createHash("sha256").update(roleArn).digest("hex").slice(0, 17).toUpperCase()}`;
}
