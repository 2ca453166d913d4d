/** Of the settings, what is secret by its nature, and where: a setting, or a member of a structured one. */
export const SECRETS: Readonly<Record<string, readonly string[]>> = {
  accessKey: [],
  secretKey: [],
  token: [],
  assumeRoles: ["externalId"],
  assumeRoleWithWebIdentity: ["webIdentityToken"],
  // An address may have a password in it.
  httpProxy: [],
  httpsProxy: [],
};
