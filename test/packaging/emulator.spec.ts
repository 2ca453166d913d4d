import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { misfits } from "../../scripts/package/check";
import { run } from "./support/commands";
import { EMULATOR, end, installedForAll, startInstalled } from "./support/emulator";
import { packBuilt } from "./support/pack";

describe("the packed emulator", function () {
  this.timeout(180_000);

  const emulator = installedForAll((root) => packBuilt("emulator", root));

  it("holds, packed, what belongs in it and nothing else", () => {
    assert.deepEqual(misfits(emulator().packed.clone, emulator().packed), []);
  });

  it("has a README whose links work anywhere", async () => {
    const readme = await fs.readFile(path.join(emulator().folder, "node_modules", EMULATOR, "README.md"), "utf8");
    const links = [...readme.matchAll(/(?:\]\(|(?:src|href)="|^\[[^\]]+\]: )([^)"\s]+)/gm)].map(
      ([, link]) => link ?? "",
    );
    const headings = [...readme.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => `#${anchorOf(heading)}`);
    assert.ok(links.length > 5);
    assert.deepEqual(
      links.filter((link) => !link.startsWith("https:") && !headings.includes(link)),
      [],
    );
  });

  it("has a command that serves, tells its version, and on SIGTERM ends and frees its port", async () => {
    const running = await startInstalled(emulator());
    const health = await fetch(`${running.url}/_emulator/health`);
    const { status, version } = (await health.json()) as Record<string, unknown>;
    assert.deepEqual([status, version], ["running", await manifestVersion()]);
    assert.equal(await end(running), 0);
    await assert.rejects(fetch(running.url));
  });

  async function manifestVersion(): Promise<string> {
    const { stdout } = await run("npm", ["ls", EMULATOR, "--json"], emulator().folder);
    return JSON.parse(stdout).dependencies[EMULATOR].version;
  }
});

/** The anchor that registries give a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
}
