import * as path from "node:path";
import type ts from "typescript";
import { type Files, writeFolder } from "./folders";

/** The TypeScript compiler of any version. */
export type Compiler = typeof ts;

/** A complaint of the compiler, by the file name or, outside of the compiled sources, by its path. */
export interface Complaint {
  readonly file: string;
  readonly message: string;
}

/** Type-checks sources in a folder whose node_modules they import from, with the declarations that they reach. */
export async function typeCheck(
  compiler: Compiler,
  folder: string,
  sources: Files,
  options: ts.CompilerOptions,
): Promise<Complaint[]> {
  await writeFolder(folder, sources);
  const files = Object.keys(sources).map((name) => path.join(folder, name));
  const program = compiler.createProgram(files, { noEmit: true, strict: true, skipLibCheck: false, ...options });
  return compiler.getPreEmitDiagnostics(program).map(({ file, messageText }) => ({
    file: file === undefined ? "" : path.relative(folder, file.fileName),
    message: compiler.flattenDiagnosticMessageText(messageText, "\n"),
  }));
}

const HEADER = `
  import * as pulumi from "@pulumi/pulumi";
  import { ContactEvaluation, type ContactEvaluationArgs } from "pulumi-connect-evaluations";
  const ids = { instanceId: "instance", contactId: "contact", evaluationFormId: "form" };
`;

/** A program that uses all that the declarations offer. */
export const ACCEPTED = `
  import * as pulumi from "@pulumi/pulumi";
  import {
    AutoEvaluationConfiguration,
    ContactEvaluation,
    ContactEvaluationArgs,
    EvaluationScore,
    Provider,
    ProviderArgs,
  } from "pulumi-connect-evaluations";

  const text: pulumi.Output<string> = pulumi.output("text");
  const truth: pulumi.Output<boolean> = pulumi.output(true);

  const plain: ContactEvaluationArgs = {
    instanceId: "instance",
    contactId: "contact",
    evaluationFormId: "form",
    autoEvaluationConfiguration: { enabled: true },
    clientToken: "token",
    tags: { team: "quality" },
    region: "eu-central-1",
    forceDestroy: false,
  };
  const outputs: ContactEvaluationArgs = {
    instanceId: text,
    contactId: text,
    evaluationFormId: text,
    autoEvaluationConfiguration: pulumi.output({ enabled: true }),
    clientToken: text,
    tags: pulumi.output({ team: "quality" }),
    region: text,
    forceDestroy: truth,
  };
  const nested: ContactEvaluationArgs = {
    instanceId: Promise.resolve("instance"),
    contactId: text,
    evaluationFormId: text,
    autoEvaluationConfiguration: { enabled: truth },
    tags: { team: text, plain: "plain" },
  };
  const nestedInOutputs: ContactEvaluationArgs = {
    instanceId: text,
    contactId: text,
    evaluationFormId: text,
    autoEvaluationConfiguration: pulumi.output({ enabled: truth }),
    tags: pulumi.output({ team: text }),
  };
  const left: ContactEvaluationArgs = {
    instanceId: "instance",
    contactId: "contact",
    evaluationFormId: "form",
    autoEvaluationConfiguration: undefined,
    clientToken: undefined,
    tags: undefined,
    region: undefined,
    forceDestroy: undefined,
  };

  const unset: ProviderArgs = {
    region: undefined,
    assumeRoles: [{ roleArn: "role", externalId: undefined }],
    assumeRoleWithWebIdentity: { roleArn: "role", webIdentityToken: undefined },
    endpoints: [{ connect: undefined, sts: undefined }],
    defaultTags: { tags: undefined },
    ignoreTags: { keys: undefined, keyPrefixes: undefined },
  };

  const provider = new Provider("provider", unset);
  const first = new ContactEvaluation("first", plain, { protect: true, provider });
  const others = [outputs, nested, nestedInOutputs, left].map((args, at) => new ContactEvaluation("other-" + at, args));
  const known = ContactEvaluation.get("known", first.evaluationArn, { parent: first, dependsOn: others });
  const value: unknown = known;

  export const arn: pulumi.Output<string> = known.evaluationArn;
  export const id: pulumi.Output<pulumi.ID> = first.id;
  export const score: pulumi.Output<EvaluationScore | undefined> = known.score;
  export const percentage = known.score.apply((found) => (found === undefined ? 0 : found.percentage));
  export const automatic: pulumi.Output<AutoEvaluationConfiguration | undefined> = first.autoEvaluationConfiguration;
  export const tags: pulumi.Output<Record<string, string> | undefined> = first.tags;
  export const chained = new ContactEvaluation("chained", {
    instanceId: first.instanceId,
    contactId: first.contactId,
    evaluationFormId: first.evaluationFormId,
    tags: { after: first.evaluationId },
  });
  export const status = ContactEvaluation.isInstance(value) ? value.status : undefined;
`;

/** Programs with one mistake each, and what the compiler has to name. */
export const REFUSED: readonly { readonly mistake: string; readonly source: string; readonly names: RegExp }[] = [
  {
    mistake: "a misspelt property",
    source: 'new ContactEvaluation("one", { ...ids, evaluationFormID: "form" });',
    names: /'evaluationFormID' does not exist/,
  },
  {
    mistake: "a misspelt property of autoEvaluationConfiguration",
    source: 'new ContactEvaluation("one", { ...ids, autoEvaluationConfiguration: { enabled: true, on: true } });',
    names: /'on' does not exist/,
  },
  {
    mistake: "a number for contactId",
    source: 'new ContactEvaluation("one", { ...ids, contactId: 42 });',
    names: /'number' is not assignable to type 'Input<string>'/,
  },
  {
    mistake: "an Output of a number for contactId",
    source: 'new ContactEvaluation("one", { ...ids, contactId: pulumi.output(42) });',
    names: /not assignable to type 'Input<string>'/,
  },
  {
    mistake: "no contactId",
    source: 'new ContactEvaluation("one", { instanceId: "instance", evaluationFormId: "form" });',
    names: /Property 'contactId' is missing/,
  },
  {
    mistake: "no arguments",
    source: 'new ContactEvaluation("one");',
    names: /Expected 2-3 arguments/,
  },
  {
    mistake: "undefined instead of arguments, which only `get` may pass",
    source: 'new ContactEvaluation("one", undefined, { id: "arn" });',
    names: /'undefined' is not assignable/,
  },
  {
    mistake: "autoEvaluationConfiguration without enabled",
    source: 'new ContactEvaluation("one", { ...ids, autoEvaluationConfiguration: {} });',
    names: /'\{\}' is not assignable to type 'Input<\{ enabled: /,
  },
  {
    mistake: "a number for a tag's value",
    source: 'new ContactEvaluation("one", { ...ids, tags: { team: 42 } });',
    names: /'number' is not assignable/,
  },
  {
    mistake: "an assignment to an output",
    source: 'declare const args: ContactEvaluationArgs; new ContactEvaluation("one", args).status = pulumi.output("");',
    names: /'status' because it is a read-only property/,
  },
].map(({ source, ...rest }) => ({ ...rest, source: HEADER + source }));
