import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { INPUTS, ON_CHANGE } from "../../provider/src/shared/model";
import { repositoryRoot } from "../support/environment";

const PAGE = "reference.md";

/** A member of a public type, and what its comment says. */
interface Member {
  name: string;
  isOptional: boolean;
  text: string;
}

/** What typedoc makes of the comments, with the options of typedoc.json. */
async function generated() {
  const { Application, DeclarationReflection, TypeDocReader } = await import("typedoc");
  const readers = [new TypeDocReader()];
  const app = await Application.bootstrapWithPlugins({ options: repositoryRoot, logLevel: "Error" }, readers);
  const project = await app.convert();
  assert.ok(project);
  app.validate(project);
  const { errorCount, warningCount } = app.logger;
  const folder = mkdtempSync(path.join(tmpdir(), "reference-"));
  try {
    app.options.setValue("out", folder);
    await app.generateOutputs(project);
    const page = readFileSync(path.join(folder, PAGE), "utf8");
    return { gaps: errorCount + warningCount, pages: readdirSync(folder), page, membersOf };
  } finally {
    rmSync(folder, { recursive: true });
  }

  function membersOf(type: string): Member[] {
    const found = project?.getChildByName(type);
    assert.ok(found instanceof DeclarationReflection && found.children);
    return found.children.map(({ name, flags, comment }) => {
      const text = (comment?.summary ?? []).map((part) => part.text).join("");
      return { name, isOptional: flags.isOptional, text: text.replaceAll(/\s+/g, " ") };
    });
  }
}

describe("the reference", () => {
  let reference: Awaited<ReturnType<typeof generated>>;

  before(async () => {
    reference = await generated();
  });

  /** Those members of a type that do not say what they should. */
  const lacking = (type: string, saysIt: (member: Member) => boolean): string[] =>
    reference.membersOf(type).flatMap((member) => (saysIt(member) ? [] : [member.name]));

  it("is what the comments in the source give: `npm run reference`", () => {
    assert.deepEqual(reference.pages, [PAGE]);
    assert.equal(readFileSync(path.join(repositoryRoot, "docs", PAGE), "utf8"), reference.page);
  });

  it("has a sentence for everything public, or `npm run reference` says what is missing", () => {
    assert.equal(reference.gaps, 0);
  });

  it("has nothing of this machine or of today, and nothing of Pulumi's own classes", () => {
    assert.doesNotMatch(reference.page, /property-urn|file:|node_modules|\b20\d\d-\d\d/);
    assert.ok(!reference.page.includes(repositoryRoot));
  });

  it("has every input of an evaluation", () => {
    const names = reference.membersOf("ContactEvaluationArgs").map(({ name }) => name);
    assert.deepEqual(names.sort(), [...INPUTS].sort());
  });

  for (const type of [
    "ContactEvaluationArgs",
    "GetContactEvaluationsArgs",
    "ProviderArgs",
    "AssumeRoleArgs",
    "AssumeRoleWithWebIdentityArgs",
  ]) {
    it(`says of every member of ${type} that it is required, or what holds without it`, () => {
      const isSaid = ({ isOptional, text }: Member) => (isOptional ? /\bDefault: \S/ : /\bRequired\./).test(text);
      assert.deepEqual(lacking(type, isSaid), []);
    });
  }

  it("says of every input of an evaluation what it may be", () => {
    const isSaid = ({ text }: Member) => /^Whether |^Any |\d|\bARN\b/.test(text);
    assert.deepEqual(lacking("ContactEvaluationArgs", isSaid), []);
  });

  it("says of every input of an evaluation what a change does, as the provider has it", () => {
    const words = { replace: /\breplace[sd]?\b/, update: /\bin place\b/ };
    const isSaid = ({ name, text }: Member) =>
      Object.entries(ON_CHANGE).some(([input, change]) => input === name && words[change].test(text));
    assert.deepEqual(lacking("ContactEvaluationArgs", isSaid), []);
  });
});
