import * as pulumi from "@pulumi/pulumi";

/**
 * Default tags may be secrets, and end among the evaluation's tags, where the engine does not know them for secrets: the
 * provider's process gets plain text. The program knows, and the class tells check.
 */

/** Well known, so that it holds across copies of this package in one program. */
const HAS_SECRET_DEFAULT_TAGS = Symbol.for("pulumi-connect-evaluations:hasSecretDefaultTags");

/** Notes on an explicit provider what its resources need to know of its default tags. */
export function noteDefaultTags(provider: pulumi.ProviderResource, defaultTags: pulumi.Input<unknown>): void {
  if (!holdsLater(defaultTags)) return;
  // Secret at any depth: an Output takes over what its parts are.
  Object.assign(provider, { [HAS_SECRET_DEFAULT_TAGS]: pulumi.isSecret(pulumi.output(defaultTags)) });
}

/**
 * Whether the default tags may be secrets.
 * @param provider the explicit one; without one the stack's configuration counts.
 */
export function hasSecretDefaultTags(
  provider: pulumi.ProviderResource | undefined,
): Promise<boolean | undefined> | boolean | undefined {
  if (provider === undefined) return isConfigSecret("aws:defaultTags") || undefined;
  return notedOn(provider)?.then((isSecret) => isSecret || undefined);
}

/** Whether any of it comes later: what is there as it is can be no secret. */
function holdsLater(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return pulumi.Output.isInstance(value) || value instanceof Promise || Object.values(value).some(holdsLater);
}

const notedOn = (provider: object): Promise<boolean> | undefined =>
  (provider as { [HAS_SECRET_DEFAULT_TAGS]?: Promise<boolean> })[HAS_SECRET_DEFAULT_TAGS];

/** Where the SDK cannot tell, any value may be one. */
function isConfigSecret(key: string): boolean {
  const { getConfig, isConfigSecret: isSecret } = pulumi.runtime as typeof pulumi.runtime & {
    isConfigSecret?: (key: string) => boolean;
  };
  return getConfig(key) !== undefined && (isSecret?.(key) ?? true);
}
