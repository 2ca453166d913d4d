import { ReleaseError } from "../package/command";

/** The heading of what was not released yet: `## Unreleased`, or `## 1.2.0 (unreleased)`. */
const UNRELEASED = /^## .*\bunreleased\b.*$/im;

/** Puts version and date in place of the heading of what was not released yet. */
export function dated(changelog: string, version: string, date: Date): string {
  if (!UNRELEASED.test(changelog)) {
    throw new ReleaseError(
      "CHANGELOG.md has no heading `## Unreleased`. Add it above the last version, with what users will notice.",
    );
  }
  return changelog.replace(UNRELEASED, `## ${version} (${date.toISOString().slice(0, 10)})`);
}
