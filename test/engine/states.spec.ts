import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { ConnectClient, StartContactEvaluationCommand, SubmitContactEvaluationCommand } from "@aws-sdk/client-connect";
import { ContactEvaluation, type ContactEvaluationArgs } from "pulumi-connect-evaluations";
import { contactEvaluations, type Deployment } from "../support/deployment";
import { ofClass } from "../support/ofClass";
import { REGION, worldForEach } from "../support/world";

/**
 * What versions left in users' stacks, for ever, as `pulumi stack export` shows it: a file for each version that wrote
 * something new. The emulator's address is `{emulator}` there, and an evaluation's id the name of its resource in braces.
 * `RECORD_STATE=1.2.0` writes the file for the version to come.
 */
const FOLDER = path.join(__dirname, "fixtures/states");
const VERSIONS = readdirSync(FOLDER)
  .map((file) => path.basename(file, ".json"))
  .sort((one, other) => one.localeCompare(other, "en", { numeric: true }));

/** The `__provider` of states that were written before the first release. */
const FIRST_PROVIDER =
  "module.paths.push(...require.main.paths);exports.handler=()=>require('pulumi-connect-evaluations/provider')";

const CREDENTIALS = { accessKeyId: "AKIATESTTESTTEST", secretAccessKey: "emulated-secret-key" };
const INSTANCE = "line";
const EXPERT = `arn:aws:connect:${REGION}:123456789012:instance/${INSTANCE}/agent/expert`;
const IDS = { instanceId: INSTANCE, evaluationFormId: "form" };

const FULL: ContactEvaluationArgs = {
  ...IDS,
  contactId: "contact-2",
  region: REGION,
  autoEvaluationConfiguration: { enabled: false },
  clientToken: "own",
  tags: { purpose: "calibration", empty: "" },
  forceDestroy: true,
};
const PLAIN: ContactEvaluationArgs = { ...IDS, contactId: "contact-1" };
const TAGGED: ContactEvaluationArgs = { ...IDS, contactId: "contact-3", tags: { purpose: "calibration" } };

const GRADED: ContactEvaluationArgs = {
  ...IDS,
  contactId: "contact-6",
  evaluationFormVersion: 1,
  answers: { q1: "Yes", q2: 7, q3: "Listen." },
  notes: { s1: "Good." },
  submit: true,
  evaluator: EXPERT,
  triggers: [{ items: ["v1"] }],
  waitForAutoEvaluation: { timeoutSeconds: 60 },
};

const declaring =
  (declared: Readonly<Record<string, ContactEvaluationArgs>>, read: string) => async (): Promise<void> => {
    for (const [name, args] of Object.entries(declared)) new ContactEvaluation(name, args);
    ContactEvaluation.get("read", read);
  };

ofClass.describe("the state that a version wrote", () => {
  const world = worldForEach({
    // The fixtures have no secrets, which are encrypted for one stack.
    env: { AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId, AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey },
  });
  let client: ConnectClient;

  beforeEach(() => {
    const { emulator } = world();
    emulator.behaviour.now = () => new Date("2026-01-02T03:04:05Z");
    emulator.addInstance({ region: REGION, instanceId: INSTANCE });
    emulator.addEvaluationForm(INSTANCE, { evaluationFormId: "form" });
    for (const contactId of ["contact-1", "contact-2", "contact-3", "contact-4", "contact-5", "contact-6"]) {
      emulator.addContact(INSTANCE, { contactId, agentId: "agent" });
    }
    client = new ConnectClient({ region: REGION, endpoint: emulator.url, credentials: CREDENTIALS });
  });

  afterEach(() => client.destroy());

  /** Starts an evaluation as a version did that is no more. Answers with its ARN. */
  async function start(contactId: string, tags: Readonly<Record<string, string>> = {}): Promise<string> {
    const request = { InstanceId: INSTANCE, EvaluationFormId: "form", ContactId: contactId };
    const tagged = Object.keys(tags).length === 0 ? request : { ...request, Tags: tags };
    const { EvaluationArn = "" } = await client.send(new StartContactEvaluationCommand(tagged));
    return EvaluationArn;
  }

  /** Grades an evaluation as the resource "graded" did. */
  async function submit(arn: string): Promise<void> {
    await client.send(
      new SubmitContactEvaluationCommand({
        InstanceId: INSTANCE,
        EvaluationId: idIn(arn),
        Answers: {
          q1: { Value: { StringValue: "Yes" } },
          q2: { Value: { NumericValue: 7 } },
          q3: { Value: { StringValue: "Listen." } },
        },
        Notes: { s1: { Value: "Good." } },
        SubmittedBy: { ConnectUserArn: EXPERT },
      }),
    );
  }

  it("has today the inputs and the properties that it had in the last version whose state is kept", async () => {
    const { stack, emulator, unmanaged } = world();
    const read = await start("contact-4");
    unmanaged.add(read);
    await stack.up({ program: declaring({ plain: PLAIN, full: FULL, tagged: TAGGED, graded: GRADED }, read) });
    const state = await shown();
    const { RECORD_STATE } = process.env;
    if (RECORD_STATE) await fs.writeFile(fileOf(RECORD_STATE), recorded(state, emulator.url));
    const last = RECORD_STATE ?? VERSIONS.at(-1) ?? "";
    assert.deepEqual(shapes(state), shapes(JSON.parse(await fs.readFile(fileOf(last), "utf8"))));
  });

  for (const written of VERSIONS) {
    it(`is taken over from version ${written}: refreshed, updated, replaced, deleted, and destroyed, without a difference`, async () => {
      const { stack, emulator, unmanaged } = world();
      const state = await restored(await fs.readFile(fileOf(written), "utf8"), emulator.url);
      await stack.editState((deployment) => {
        deployment.resources = state.resources;
      });
      const arns = Object.fromEntries(contactEvaluations(state).map(({ urn, id = "" }) => [nameOf(urn), id]));
      const { read = "", plain = "", full = "", tagged = "", graded = "" } = arns;
      unmanaged.add(read);
      emulator.advance(3_600_000);

      assert.deepEqual((await stack.refresh()).changes, { same: 5 });
      assert.deepEqual(lasting(await shown()), lasting(state));

      emulator.clearRequests();
      const program = declaring({ plain: PLAIN, full: FULL, tagged: TAGGED, graded: GRADED }, read);
      assert.deepEqual((await stack.up({ program })).changes, { same: 4 });
      assert.deepEqual(
        [...new Set(emulator.requests.map(({ operation }) => operation))],
        ["DescribeContactEvaluation"],
      );

      const changed = declaring(
        { full: { ...FULL, contactId: "contact-5" }, tagged: { ...TAGGED, tags: { purpose: "test" } } },
        read,
      );
      assert.deepEqual((await stack.up({ program: changed })).changes, { replace: 1, update: 1, delete: 2 });
      assert.equal(emulator.evaluation(tagged)?.tags.purpose, "test");
      for (const gone of [plain, full, graded]) assert.equal(emulator.evaluation(gone), undefined);

      await stack.destroy();
      assert.deepEqual(
        emulator.evaluations().map(({ arn }) => arn),
        [read],
      );
    });
  }

  /** The state with its secrets, which are encrypted for one stack. */
  const shown = async () =>
    JSON.parse((await world().stack.cli(["stack", "export", "--show-secrets"])).stdout).deployment as Deployment;

  /** A state, with the evaluations that belong to it at Connect. One of them has the oldest `__provider` of all. */
  async function restored(recording: string, url: string): Promise<Deployment> {
    let text = recording.replaceAll("{emulator}", url);
    for (const { urn, outputs } of contactEvaluations(JSON.parse(text))) {
      const { contactId, tags = {}, __marker } = outputs as { contactId: string; tags?: object; __marker?: string };
      const arn = await start(contactId, { ...tags, ...(__marker && { "pulumi-connect-evaluations": __marker }) });
      if (nameOf(urn) === "graded") await submit(arn);
      text = text.replaceAll(`{${nameOf(urn)}}`, idIn(arn));
    }
    const state = JSON.parse(text) as Deployment;
    for (const { urn, inputs, outputs } of state.resources) {
      for (const properties of [inputs, outputs]) {
        if (properties !== undefined && nameOf(urn) === "plain") properties.__provider = FIRST_PROVIDER;
      }
    }
    return state;
  }
});

const fileOf = (version: string): string => path.join(FOLDER, `${version}.json`);

const nameOf = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

const idIn = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/**
 * What a refresh must not change; it may well add properties that a later version has, and brings the source of the
 * provider up to date.
 */
const lasting = (state: Deployment) =>
  contactEvaluations(state).map(({ urn, id, inputs = {}, outputs = {} }) => {
    const { __provider: _, ...declared } = inputs;
    const hidden = Object.entries(outputs).filter(([property]) => /^__(?!provider)/.test(property));
    return { urn, id, inputs: declared, hidden: Object.fromEntries(hidden) };
  });

/** What a version puts into the state, without what Connect decided. */
const shapes = (state: Deployment) =>
  contactEvaluations(state)
    .map(({ urn, inputs, outputs = {} }) => ({ urn, inputs, outputs: Object.keys(outputs).sort() }))
    .sort((one, other) => one.urn.localeCompare(other.urn));

/** A state without what belongs to this machine, this moment, or this stack's encryption. */
function recorded({ resources }: Deployment, url: string): string {
  const passing = new Set(["created", "modified", "sourcePosition", "stackTrace", "aws:accessKey", "aws:secretKey"]);
  const text = JSON.stringify({ resources }, (key, value) => (passing.has(key) ? undefined : value), 2);
  const named = contactEvaluations({ resources }).reduce(
    (sofar, { urn, id = "" }) => sofar.replaceAll(idIn(id), `{${nameOf(urn)}}`),
    text.replaceAll(url, "{emulator}"),
  );
  return `${named}\n`;
}
