import * as fs from "node:fs";
import * as path from "node:path";
import { KEYS } from "../../provider/src/aws/settings";
import { TYPE } from "../../provider/src/dynamic/type";
import { ON_CHANGE } from "../../provider/src/shared/model";
import { SECRETS } from "../../provider/src/shared/secretSettings";
import { exampleUsage } from "./examples";
import { type Declared, declarations, type Member } from "./source";
import { objectOf, type Spec, Types } from "./types";

/** The schema of the provider plugin, from which the SDKs of all languages are made. */

const PACKAGE = "connect-evaluations";
const ROOT = path.resolve(__dirname, "../..");

/** The types in which settings have members that are secret by their nature. */
const SETTING_OF_TYPE: Readonly<Record<string, string>> = {
  AssumeRole: "assumeRoles",
  AssumeRoleWithWebIdentity: "assumeRoleWithWebIdentity",
};

/** The whole schema but for its version, which the plugin adds. */
export function packageSchema(): Spec {
  const declared = declarations();
  const types = new Types(PACKAGE, declared, (name) => SECRETS[SETTING_OF_TYPE[name] ?? ""] ?? []);
  const members = (name: string): Member[] => interfaceOf(declared, name).members;
  const settings = types.properties(members("ProviderArgs"));
  return {
    ...about(),
    config: { variables: mapped(settings, setting) },
    provider: {
      type: "object",
      description: interfaceOf(declared, "ProviderArgs").description,
      inputProperties: mapped(settings, setting),
    },
    resources: { [`${PACKAGE}:index:ContactEvaluation`]: resource(declared, types) },
    functions: { [`${PACKAGE}:index:getContactEvaluations`]: listing(declared, types) },
    types: types.specs,
    language: LANGUAGES,
  };
}

/** What npm says of the package. */
function about(): Spec {
  const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, "provider/package.json"), "utf8"));
  const repository = manifest.repository.url.replace(/^git\+|\.git$/g, "");
  const [owner = ""] = new URL(repository).pathname.split("/").filter(Boolean);
  return {
    name: PACKAGE,
    displayName: "Amazon Connect contact evaluations",
    description: manifest.description,
    keywords: ["pulumi", "amazon-connect", "contact-evaluation", "category/cloud", "kind/native"],
    homepage: manifest.homepage,
    license: manifest.license,
    repository,
    publisher: owner,
    // The release has the executables that `pulumi plugin install` asks for, by their names.
    pluginDownloadURL: `github://api.github.com/${owner}`,
  };
}

const LANGUAGES: Spec = {
  // Beside the package with the class, which has the name without the ending.
  nodejs: { packageName: "pulumi-connect-evaluations-sdk", respectSchemaVersion: true },
  python: { packageName: "pulumi_connect_evaluations", pyproject: { enabled: true }, respectSchemaVersion: true },
  go: {
    importBasePath: "github.com/pulumi-connect-evaluations/pulumi-connect-evaluations/sdk/go/connectevaluations",
    respectSchemaVersion: true,
  },
  csharp: { namespaces: { [PACKAGE]: "ConnectEvaluations" }, respectSchemaVersion: true },
};

/**
 * The Region belongs to the deployment, so an SDK may write it into the state. What else an environment variable can say
 * belongs to the machine, as a proxy does, and the plugin asks the machine that it runs on.
 */
const FROM_ENVIRONMENT: Readonly<Record<string, readonly string[]>> = { region: KEYS["aws:region"].variables };

const setting = (name: string, spec: Spec): Spec => ({
  ...spec,
  ...(SECRETS[name]?.length === 0 && { secret: true }),
  ...(FROM_ENVIRONMENT[name] && { defaultInfo: { environment: FROM_ENVIRONMENT[name] } }),
});

function resource(declared: ReadonlyMap<string, Declared>, types: Types): Spec {
  const inputs = interfaceOf(declared, "ContactEvaluationArgs").members;
  const { description, members: outputs } = interfaceOf(declared, "ContactEvaluation");
  const { required: requiredInputs } = objectOf(inputs, {});
  return {
    description: `${description}\n\n${exampleUsage()}\n\n${IMPORT}`,
    inputProperties: mapped(types.properties(inputs), (name, spec) => ({
      ...spec,
      // No order to replace: for some it depends on the values, and the provider says so in its diff.
      ...(Object.entries(ON_CHANGE).some(([input, change]) => input === name && change === "replace") && {
        willReplaceOnChanges: true,
      }),
    })),
    requiredInputs,
    ...objectOf(outputs, types.properties(outputs)),
    // So every SDK takes over the state of the class.
    aliases: [{ type: TYPE }],
  };
}

const IMPORT = `## Import

\`\`\`sh
pulumi import ${PACKAGE}:index:ContactEvaluation NAME ARN
\`\`\`
`;

function listing(declared: ReadonlyMap<string, Declared>, types: Types): Spec {
  const inputs = interfaceOf(declared, "GetContactEvaluationsArgs");
  const outputs = interfaceOf(declared, "GetContactEvaluationsResult");
  return {
    description: "Lists the evaluations of a contact, whoever started them, with form, evaluator, status, and score.",
    inputs: { ...objectOf(inputs.members, types.properties(inputs.members)), description: inputs.description },
    outputs: { ...objectOf(outputs.members, types.properties(outputs.members)), description: outputs.description },
  };
}

function interfaceOf(declared: ReadonlyMap<string, Declared>, name: string): Declared {
  const found = declared.get(name);
  if (found === undefined) throw new Error(`the source declares no ${name}`);
  return found;
}

const mapped = (specs: Record<string, Spec>, to: (name: string, spec: Spec) => Spec): Record<string, Spec> =>
  Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, to(name, spec)]));
