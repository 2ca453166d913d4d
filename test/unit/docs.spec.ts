import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { KEYS } from "../../provider/src/aws/settings";
import { INPUTS, OBSERVED } from "../../provider/src/shared/model";
import { repositoryRoot } from "../support/environment";

const read = (file: string): string => readFileSync(path.join(repositoryRoot, file), "utf8");

const filesIn = (folder: string, options?: { recursive: true }): string[] =>
  readdirSync(path.join(repositoryRoot, folder), options).map((file) => path.join(folder, String(file)));

const PAGES = [
  ...[".", "docs", "bench", "emulator"].flatMap((folder) => filesIn(folder)),
  ...filesIn("examples", { recursive: true }),
].filter((file) => file.endsWith(".md") && !file.includes("node_modules"));

const FENCED = /^```\w*\n[\s\S]*?^```$/gm;

const prose = (page: string): string => read(page).replaceAll(FENCED, "");

/** The first group of every match. */
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = ""]) => found);

const codeIn = (text: string): string[] => all(text, /`([^`\n]+)`/g);

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

/** The rows of a table under a heading, each as its cells. */
function rows(page: string, firstHead: string): string[][] {
  const lines = read(page).split("\n");
  const head = lines.findIndex((line) => line.startsWith(`| ${firstHead} `));
  assert.notEqual(head, -1, `${page} has no table that begins with ${firstHead}`);
  const table = lines.slice(head + 2);
  const end = table.findIndex((line) => !line.startsWith("|"));
  return table.slice(0, end).map((row) => row.split(/(?<!\\)\|/).slice(1, -1));
}

describe("the documentation", () => {
  it("has no link to a file or a heading that does not exist", () => {
    assert.ok(PAGES.includes("README.md") && PAGES.length > 10);
    const links = PAGES.flatMap((page) => all(prose(page), /\]\(([^)\s]+)\)/g).map((link) => ({ page, link })));
    const relative = links.filter(({ link }) => !/^[a-z]+:/.test(link));
    const broken = relative.filter(({ page, link }) => {
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? page : path.join(path.dirname(page), file);
      if (!existsSync(path.join(repositoryRoot, target))) return true;
      return anchor !== undefined && !anchors(target).includes(anchor);
    });
    assert.deepEqual(broken, []);
  });

  /** As GitHub makes them of headings. */
  function anchors(page: string): string[] {
    return all(prose(page), /^#+ (.+)$/gm).map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(" ", "-"),
    );
  }

  it("names only files that exist, where it explains the code", () => {
    const folders = ["provider", "emulator", "test", "docs", "bench", "scripts", "examples"];
    const files = ["."].flatMap((folder) => filesIn(folder));
    files.push(...folders.flatMap((folder) => filesIn(folder, { recursive: true })));
    const isThere = (name: string) => files.some((file) => `/${file}`.endsWith(`/${name.replace(/\/$/, "")}`));
    for (const page of ["CONTRIBUTING.md", "DESIGN.md"]) {
      const isPath = (code: string) => /^[\w.-]+(\/[\w.-]+)*(\/|\.(ts|md|json|cjs|mod))$/.test(code);
      const named = codeIn(prose(page)).filter(isPath);
      assert.ok(named.length > 10);
      assert.deepEqual(
        named.filter((name) => !isThere(name)),
        [],
        page,
      );
    }
  });

  it("lists every input and output in the README, and no others", () => {
    assert.deepEqual(listed("README.md", "[Inputs]"), sorted(INPUTS));
    assert.deepEqual(listed("README.md", "[Outputs]"), sorted(["evaluationArn", ...OBSERVED]));
  });

  /** What the list explains that follows a line with this beginning: the code before the colon of each item. */
  function listed(page: string, beginning: string): string[] {
    const lines = read(page).split("\n");
    const list = lines.slice(lines.findIndex((line) => line.startsWith(beginning)) + 2);
    const end = list.indexOf("");
    return sorted(list.slice(0, end).flatMap((item) => codeIn(item.split(":")[0] ?? "")));
  }

  it("explains every configuration key that is read or refused, and names none that does not exist", () => {
    const pattern = /\b((?:aws|connect-evaluations):[a-z]\w+)/g;
    const named = PAGES.flatMap((page) => codeIn(prose(page))).flatMap((code) => all(code, pattern));
    assert.deepEqual(
      named.filter((key) => !Object.hasOwn(KEYS, key)),
      [],
    );
    const explained = codeIn(prose("docs/configuration.md")).filter((code) => Object.hasOwn(KEYS, code));
    const meant = Object.entries(KEYS).filter(([, { treatment }]) => treatment !== "ignored");
    assert.deepEqual(sorted(explained), sorted(meant.map(([key]) => key)));
  });

  it("names every environment variable that a setting falls back on", () => {
    const named = codeIn(prose("docs/configuration.md"));
    const variables = Object.values(KEYS).flatMap((key) => (key.treatment === "read" ? key.variables : []));
    // Proxies may be named in lowercase too, which the page says once.
    const missing = variables.filter((name) => name === name.toUpperCase() && !named.includes(name));
    assert.deepEqual(missing, []);
  });

  it("draws the folders of the provider as the lint enforces them", () => {
    const rules = read(".dependency-cruiser.cjs");
    const block = rules.slice(0, rules.indexOf("};"));
    const enforced = [...block.matchAll(/^ {2}"?([\w.]+)"?: \[(.*)\],$/gm)].map(([, part = "", allowed = ""]) => [
      part,
      all(allowed, /"([^"]+)"/g).join(", ") || "no other part",
    ]);
    const drawn = rows("DESIGN.md", "part").map(([part = "", , allowed = ""]) => [
      codeIn(part).join().replace("/", ""),
      allowed.trim(),
    ]);
    assert.ok(enforced.length > 5);
    assert.deepEqual(drawn.sort(), enforced.sort());
  });
});

describe("the IAM policy in the documentation", () => {
  const PAGE = "docs/iam.md";

  /** The commands of Connect that the provider makes. */
  function called(): string[] {
    const sources = filesIn("provider/src/connect", { recursive: true }).filter((file) => file.endsWith(".ts"));
    const commands = sources.map(read).flatMap((source) => {
      return [...all(source, /\bnew [\w.]*?([A-Z]\w*)Command\b/g), ...all(source, /\bpaginate([A-Z]\w*)/g)];
    });
    assert.ok(commands.length > 5);
    return sorted(commands.map((command) => `connect:${command}`));
  }

  interface Statement {
    Sid: string;
    Action: string | string[];
  }

  const [policy = ""] = all(read(PAGE), /^```json\n([\s\S]*?)^```$/gm);
  const statements = (JSON.parse(policy) as { Statement: Statement[] }).Statement;

  it("allows what the provider calls, and nothing else", () => {
    assert.deepEqual(sorted(statements.flatMap(({ Action }) => Action)), called());
  });

  it("is explained action by action", () => {
    const allowed = statements.flatMap(({ Sid, Action }) => [Action].flat().map((action) => `${Sid} ${action}`));
    const explained = rows(PAGE, "statement").map(([sid = "", action = ""]) => `${sid.trim()} ${codeIn(action)}`);
    assert.deepEqual(explained, allowed);
  });
});
