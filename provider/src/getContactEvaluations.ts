import * as pulumi from "@pulumi/pulumi";
import { providerOf, settingsOf, whyUnfit } from "./program/explicitProvider";
import { UserError } from "./shared/errors";
import { hash } from "./shared/hash";
import type { GetContactEvaluationsResult } from "./shared/model";
import type { Session } from "./verbs/session";

/**
 * The function as a TypeScript program calls it. Pulumi's dynamic providers serve no functions, so the program's own process
 * calls Connect, with the settings that the provider would have.
 */

/** Of which contact to list the evaluations. */
export interface GetContactEvaluationsArgs {
  /** The Connect instance: its id (1 to 100 characters) or its ARN. Required. */
  instanceId: string;
  /** The contact: its id (1 to 256 characters) or its ARN. Required. */
  contactId: string;
  /** The form whose evaluations are wanted: its id (1 to 500 characters) or its ARN. Default: those of all forms. */
  evaluationFormId?: string | undefined;
  /** The AWS Region, such as `us-west-2`. Default: that of an ARN among the inputs, else the provider's or the stack's. */
  region?: string | undefined;
}

/** Of which contact to list the evaluations, where another resource may give the values. */
export interface GetContactEvaluationsOutputArgs {
  /** The Connect instance: its id (1 to 100 characters) or its ARN. Required. */
  instanceId: pulumi.Input<string>;
  /** The contact: its id (1 to 256 characters) or its ARN. Required. */
  contactId: pulumi.Input<string>;
  /** The form whose evaluations are wanted: its id (1 to 500 characters) or its ARN. Default: those of all forms. */
  evaluationFormId?: pulumi.Input<string> | undefined;
  /** The AWS Region, such as `us-west-2`. Default: that of an ARN among the inputs, else the provider's or the stack's. */
  region?: pulumi.Input<string> | undefined;
}

/**
 * Lists the evaluations of a contact, whoever started them; in previews, too. Makes one call, ListContactEvaluations.
 * @param args of which contact.
 * @param opts options of a function: `provider`, a `Provider` of this package, and `parent`.
 */
export async function getContactEvaluations(
  args: GetContactEvaluationsArgs,
  opts: pulumi.InvokeOptions = {},
): Promise<GetContactEvaluationsResult> {
  if (isMocked()) return pulumi.runtime.invoke(TOKEN, args, opts);
  const settings = opened(pulumi.output(settingsFor(opts)));
  if (!(await settings.isKnown)) {
    throw refusal("a setting of its provider is not known in this preview. Call getContactEvaluationsOutput instead.");
  }
  return list(args, await settings.promise());
}

/**
 * As `getContactEvaluations`, where other resources give the inputs. While one is not known, the result is not either; if
 * one is a secret, so is the result.
 * @param args of which contact.
 * @param opts options of a function: `provider`, a `Provider` of this package, `parent`, and `dependsOn`.
 */
export function getContactEvaluationsOutput(
  args: GetContactEvaluationsOutputArgs,
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetContactEvaluationsResult> {
  if (isMocked()) return pulumi.runtime.invokeOutput(TOKEN, args, opts);
  // Secret settings do not make a secret of what is read with them.
  const settings = pulumi.unsecret(pulumi.output(settingsFor(opts)));
  return pulumi
    .all([pulumi.output(args), settings, made(opts.dependsOn)])
    .apply(([given, known]) => list(given as GetContactEvaluationsArgs, known));
}

/** The function's name in the package that serves other languages; a unit test's mocks are called with it. */
const TOKEN = "connect-evaluations:index:getContactEvaluations";

/** Whether this is a unit test of a program, which must not call Connect. */
const isMocked = (): boolean => "mocks" in (pulumi.runtime.getMonitor() ?? {});

/** The settings by the names of the configuration's keys: those of the explicit provider, or else the stack's. */
function settingsFor(opts: pulumi.InvokeOptions): pulumi.Inputs {
  const provider = providerOf(opts);
  const reason = whyUnfit(provider, "function");
  if (reason !== undefined) throw refusal(reason);
  return (provider && settingsOf(provider)) ?? pulumi.runtime.allConfig();
}

/** The SDK's own functions await an output so. */
const opened = <T>(output: pulumi.Output<T>) =>
  output as unknown as { readonly isKnown: Promise<boolean>; promise(): Promise<T> };

/** Resolves when the resources are made, and is unknown in a preview while one is to be created. */
const made = (dependsOn: pulumi.InvokeOutputOptions["dependsOn"]): pulumi.Output<unknown> =>
  pulumi.output(dependsOn ?? []).apply((resources) => {
    const all = [resources].flat() as unknown as pulumi.Resource[];
    return pulumi.all(all.map((resource) => (pulumi.CustomResource.isInstance(resource) ? resource.id : resource.urn)));
  });

async function list(args: object, settings: pulumi.Inputs): Promise<GetContactEvaluationsResult> {
  const core = require("./verbs/getContactEvaluations") as typeof import("./verbs/getContactEvaluations");
  try {
    return await core.getContactEvaluations(sessionWith(settings), { ...args });
  } catch (error) {
    throw error instanceof UserError ? refusal(error.message) : error;
  }
}

/** By their settings, so that all calls of a program keep to one pace. */
const sessions = new Map<string, Session>();

/** Loaded at the first call: a program that only declares resources needs none of it. */
function sessionWith(settings: pulumi.Inputs): Session {
  const key = hash(settings);
  const { Session } = require("./verbs/session") as typeof import("./verbs/session");
  const say = (line: string) => void pulumi.log.info(line);
  const session = sessions.get(key) ?? new Session((name) => settings[name], say);
  sessions.set(key, session);
  return session;
}

/** Without a stack of its own, which Pulumi's runner takes up to half a minute to map. */
function refusal(reason: string): Error {
  const error = new pulumi.RunError(`getContactEvaluations: ${reason}`);
  return Object.assign(error, { stack: error.message });
}
