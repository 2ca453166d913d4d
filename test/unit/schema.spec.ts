import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { Ajv2020 } from "ajv/dist/2020";
import { KEYS, type ReadKeys } from "../../provider/src/aws/settings";
import { TYPE } from "../../provider/src/dynamic/type";
import { INPUTS, OBSERVED, ON_CHANGE } from "../../provider/src/shared/model";
import { SECRETS } from "../../provider/src/shared/secretSettings";
import { packageSchema } from "../../scripts/schema/package";
import { repositoryRoot } from "../support/environment";
// Pulumi's own, Apache-2.0: pkg/codegen/schema/pulumi.json of github.com/pulumi/pulumi v3.274.1.
import metaschema from "./fixtures/pulumiMetaschema.json";

interface Property {
  description?: string;
  secret?: boolean;
  willReplaceOnChanges?: boolean;
  $ref?: string;
  type?: string;
  items?: Property;
  additionalProperties?: Property;
  defaultInfo?: { environment: string[] };
}

type Properties = Record<string, Property>;

interface ObjectType {
  description?: string;
  properties: Properties;
  required?: string[];
}

interface Resource extends ObjectType {
  inputProperties: Properties;
  requiredInputs: string[];
  aliases: { type: string }[];
}

interface Schema {
  config: { variables: Properties };
  provider: { inputProperties: Properties };
  resources: Record<string, Resource>;
  functions: Record<string, { inputs: ObjectType; outputs: ObjectType }>;
  types: Record<string, ObjectType>;
}

const text = readFileSync(path.join(repositoryRoot, "plugin/schema.json"), "utf8");
const schema = JSON.parse(text) as Schema;

const sorted = (names: Iterable<string>): string[] => [...names].sort();

const names = (properties: Properties, has: (property: Property) => unknown = () => true): string[] =>
  sorted(Object.entries(properties).flatMap(([name, property]) => (has(property) ? [name] : [])));

const evaluation = schema.resources["connect-evaluations:index:ContactEvaluation"] ?? assert.fail();
const listing = schema.functions["connect-evaluations:index:getContactEvaluations"] ?? assert.fail();
const settings = schema.provider.inputProperties;

/** Every object type of the schema, by where it stands. */
const objects: Record<string, Properties> = {
  inputs: evaluation.inputProperties,
  outputs: evaluation.properties,
  settings,
  config: schema.config.variables,
  question: listing.inputs.properties,
  answer: listing.outputs.properties,
  ...Object.fromEntries(Object.entries(schema.types).map(([token, { properties }]) => [token, properties])),
};

describe("the plugin's schema", () => {
  it("is what comments and types in the source give: `npm run schema`", () => {
    assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(packageSchema())));
  });

  it("is valid by Pulumi's metaschema", () => {
    const ajv = new Ajv2020({ strict: false, formats: { regex: true, "uri-reference": true } });
    const validate = ajv.compile(metaschema);
    assert.ok(validate(schema), JSON.stringify(validate.errors));
    assert.ok(!validate({ ...schema, resources: { misspelt: {} } }));
  });

  it("has the model's inputs, outputs, and replacements", () => {
    assert.deepEqual(names(evaluation.inputProperties), sorted(INPUTS));
    assert.deepEqual(evaluation.requiredInputs, ["instanceId", "contactId", "evaluationFormId"]);
    assert.deepEqual(names(evaluation.properties), sorted(new Set([...INPUTS, ...OBSERVED, "evaluationArn"])));
    const replacing = names(evaluation.inputProperties, ({ willReplaceOnChanges }) => willReplaceOnChanges);
    assert.deepEqual(replacing, sorted(INPUTS.filter((input) => ON_CHANGE[input] === "replace")));
  });

  it("has every setting, for the stack's configuration and for a provider in the program", () => {
    const read = Object.entries(KEYS).filter(([, { treatment }]) => treatment === "read");
    // What version 4 of @pulumi/aws called assumeRoles, the plugin never had.
    const known = read.map(([key]) => key.replace(/^.*:/, "")).filter((name) => name !== "assumeRole");
    assert.deepEqual(names(settings), sorted(known));
    assert.deepEqual(names(schema.config.variables), sorted(known));
  });

  it("has what is secret by its nature as secrets, also within settings", () => {
    const secret = ({ secret: is }: Property) => is;
    const outermost = sorted(Object.keys(SECRETS).filter((name) => SECRETS[name]?.length === 0));
    assert.deepEqual(names(settings, secret), outermost);
    assert.deepEqual(names(schema.config.variables, secret), outermost);
    for (const [name, members] of Object.entries(SECRETS)) {
      const { $ref, items } = settings[name] ?? assert.fail(name);
      const token = ($ref ?? items?.$ref ?? "").replace("#/types/", "");
      assert.deepEqual(names(schema.types[token]?.properties ?? {}, secret), sorted(members), name);
    }
  });

  it("names, of every setting, the environment variables that say the same", () => {
    for (const name of names(settings)) {
      const key = KEYS[(`aws:${name}` in KEYS ? `aws:${name}` : `connect-evaluations:${name}`) as ReadKeys];
      const { description = "", defaultInfo } = settings[name] ?? assert.fail();
      const missing = key.variables.filter(
        (variable) => variable === variable.toUpperCase() && !description.includes(variable),
      );
      assert.deepEqual(missing, [], name);
      assert.deepEqual(defaultInfo?.environment ?? [], name === "region" ? key.variables : [], name);
    }
  });

  it("describes every type and every property", () => {
    const bare = Object.entries(objects).flatMap(([where, properties]) =>
      names(properties, ({ description }) => !description).map((name) => `${where}.${name}`),
    );
    assert.deepEqual(bare, []);
    assert.deepEqual(
      Object.keys(schema.types).filter((token) => !schema.types[token]?.description),
      [],
    );
  });

  it("has no alternatives of types, on one of which Python's SDK fails when it runs", () => {
    assert.doesNotMatch(text, /"oneOf"/);
    assert.deepEqual(evaluation.inputProperties.answers?.additionalProperties, { $ref: "pulumi.json#/Any" });
    assert.deepEqual(evaluation.properties.answers?.additionalProperties, { $ref: "pulumi.json#/Any" });
  });

  it("takes over the state of the class, by an alias", () => {
    assert.deepEqual(evaluation.aliases, [{ type: TYPE }]);
  });

  it("has the function's inputs, and of each evaluation what the contact's list says", () => {
    assert.deepEqual(names(listing.inputs.properties), ["contactId", "evaluationFormId", "instanceId", "region"]);
    assert.deepEqual(listing.inputs.required, ["instanceId", "contactId"]);
    const { items } = listing.outputs.properties.evaluations ?? assert.fail();
    const listed = schema.types[(items?.$ref ?? "").replace("#/types/", "")] ?? assert.fail();
    for (const name of ["evaluationArn", "evaluationFormId", "status", "evaluatorArn", "score", "createdTime"]) {
      assert.ok(listed.properties[name], name);
    }
  });
});
