import type { Settings } from "./settings";

/** The profiles of the shared files: those that the stack names, or else the environment, or else those in ~/.aws. */

export interface Profile {
  name: string;
  /** Whether somebody chose it; the default one need not exist. */
  isChosen: boolean;
  /** What stands in the files under its name, the credentials file first; `undefined` for nothing. */
  members: Readonly<Record<string, string | undefined>> | undefined;
}

type Files = Pick<Settings, "profile" | "sharedConfigFiles" | "sharedCredentialsFiles">;

export async function profileOf({ profile, sharedConfigFiles, sharedCredentialsFiles }: Files): Promise<Profile> {
  const { loadSharedConfigFiles } =
    require("@smithy/shared-ini-file-loader") as typeof import("@smithy/shared-ini-file-loader");
  const chosen = profile ?? (process.env.AWS_PROFILE || undefined);
  const name = chosen ?? "default";
  const { configFile, credentialsFile } = await loadSharedConfigFiles({
    ...(sharedConfigFiles !== undefined && { configFilepath: sharedConfigFiles }),
    ...(sharedCredentialsFiles !== undefined && { filepath: sharedCredentialsFiles }),
  });
  const found = [configFile, credentialsFile].filter((file) => Object.hasOwn(file, name)).map((file) => file[name]);
  return { name, isChosen: chosen !== undefined, members: found.length > 0 ? Object.assign({}, ...found) : undefined };
}

/** The Region of a profile in files that the SDK would not read by itself. */
export async function regionOfProfile(files: Files): Promise<string> {
  const region = (await profileOf(files)).members?.region;
  // The SDK's words for it.
  if (region === undefined) throw new Error("Region is missing");
  return region;
}

/** Whether the stack, the environment, or a profile names a Region. */
export async function isRegionConfigured(settings: Pick<Settings, "region"> & Files): Promise<boolean> {
  if (settings.region !== undefined) return true;
  return (await profileOf(settings)).members?.region !== undefined;
}

interface SharedFile {
  path: string;
  /** The setting or variable that names it, if any does. */
  namedBy?: string;
}

/** Where profiles are looked for, for messages. */
export function sharedFiles({ sharedConfigFiles, sharedCredentialsFiles }: Files): SharedFile[] {
  return [
    sharedFile("aws:sharedConfigFiles", sharedConfigFiles, "AWS_CONFIG_FILE", "~/.aws/config"),
    sharedFile(
      "aws:sharedCredentialsFiles",
      sharedCredentialsFiles,
      "AWS_SHARED_CREDENTIALS_FILE",
      "~/.aws/credentials",
    ),
  ];
}

function sharedFile(key: string, configured: string | undefined, variable: string, usual: string): SharedFile {
  if (configured !== undefined) return { path: configured, namedBy: key };
  const path = process.env[variable];
  return path ? { path, namedBy: variable } : { path: usual };
}
