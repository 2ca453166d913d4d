import * as pulumi from "@pulumi/pulumi";

/**
 * Default tags may be secrets, and end among the evaluation's tags, where the engine does not know them for secrets: the
 * provider's process gets plain text. The program knows, and makes the tags as a whole a secret.
 */

/** Well known, so that it holds across copies of this package in one program. */
const HAS_SECRET_DEFAULT_TAGS = Symbol.for("pulumi-connect-evaluations:hasSecretDefaultTags");

/** Notes on an explicit provider what its resources need to know of its default tags. */
export function noteDefaultTags(provider: pulumi.ProviderResource, defaultTags: pulumi.Input<unknown>): void {
  if (defaultTags === undefined) return;
  // Secret at any depth: an Output takes over what its parts are.
  Object.assign(provider, { [HAS_SECRET_DEFAULT_TAGS]: pulumi.isSecret(pulumi.output(defaultTags)) });
}

/**
 * The tags of a resource as they are to be declared, if its default tags may be secrets.
 * @param provider the explicit one; without one the stack's configuration counts.
 */
export function secretTags(
  tags: pulumi.Input<unknown>,
  provider: pulumi.ProviderResource | undefined,
): { tags?: pulumi.Output<unknown> } {
  const isSecret = provider === undefined ? isConfigSecret("aws:defaultTags") : notedOn(provider);
  if (isSecret === undefined || isSecret === false) return {};
  // The engine makes a secret of what `check` adds to secret tags, and not of tags that are not declared at all.
  const secret = pulumi.secret(tags ?? {});
  return { tags: isSecret === true ? secret : pulumi.output(isSecret).apply((is) => (is ? secret : tags)) };
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
