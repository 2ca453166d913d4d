import assert from "node:assert/strict";
import { ConnectClient, StartContactEvaluationCommand } from "@aws-sdk/client-connect";
import type * as pulumi from "@pulumi/pulumi";
import type { ContactEvaluationArgs } from "pulumi-connect-evaluations";
import { type ConnectEmulator, type EmulatorOptions, startConnectEmulator } from "../../emulator/src";
import { MARKER, withoutMarker } from "../../provider/src/identity/marker";
import { contactEvaluations } from "./deployment";
import { type Evaluation, type Front, USUAL_FRONT } from "./fronts";
import { createTestStack, type TestStack, type TestStackOptions } from "./stack";

/** A Connect with an instance, contacts and forms, and a stack on the real engine that works with it. */
export class World {
  readonly instanceId: string;
  readonly contactA: string;
  readonly contactB: string;
  readonly form: string;
  readonly otherForm: string;

  /** Evaluations that live at the service without the state's knowledge, because the test arranged it. */
  readonly unmanaged = new Set<string>();
  /** Evaluations that the state knows although they are gone, because the test arranged it. */
  readonly gone = new Set<string>();

  private sdk: ConnectClient | undefined;

  constructor(
    readonly emulator: ConnectEmulator,
    readonly stack: TestStack,
    region: string,
    readonly front: Front = USUAL_FRONT,
  ) {
    this.instanceId = emulator.addInstance({ region }).instanceId;
    this.contactA = emulator.addContact(this.instanceId, { agentId: "agent-a" }).contactId;
    this.contactB = emulator.addContact(this.instanceId).contactId;
    this.form = emulator.addEvaluationForm(this.instanceId).evaluationFormId;
    this.otherForm = emulator.addEvaluationForm(this.instanceId).evaluationFormId;
  }

  /** Another stack that works with the same Connect. */
  anotherStack(options: TestStackOptions = {}): Promise<TestStack> {
    const { emulator, front } = this;
    return createTestStack({ emulator: emulator.url, clock: emulator, namespace: front.namespace, ...options });
  }

  /** Declares an evaluation of contact A with the first form, as a program does. */
  declare(
    name: string,
    args: Partial<ContactEvaluationArgs> = {},
    opts?: pulumi.CustomResourceOptions,
    front = this.front,
  ): Evaluation {
    const { instanceId, contactA: contactId, form: evaluationFormId } = this;
    return front.declare(name, { instanceId, contactId, evaluationFormId, ...args }, opts);
  }

  /** The URN of the evaluation of that name. */
  urn(name: string): string {
    return this.stack.urn(this.front.type, name);
  }

  /** A program with one evaluation of that name. */
  program(
    name: string,
    args?: Partial<ContactEvaluationArgs>,
    opts?: pulumi.CustomResourceOptions,
  ): pulumi.automation.PulumiFn {
    return async () => ({ arn: this.declare(name, args, opts).evaluationArn });
  }

  /** A colleague with the AWS SDK, whose work no stack knows. */
  get colleague(): ConnectClient {
    this.sdk ??= new ConnectClient({ endpoint: this.emulator.url, region: REGION, credentials: CREDENTIALS });
    return this.sdk;
  }

  /** A colleague starts an evaluation. Answers with its ARN. */
  async colleagueStarts(facts: { contactId?: string; tags?: Record<string, string> } = {}): Promise<string> {
    const { contactId = this.contactA, tags: Tags } = facts;
    const start = {
      InstanceId: this.instanceId,
      ContactId: contactId,
      EvaluationFormId: this.form,
      ...(Tags && { Tags }),
    };
    const { EvaluationArn = "" } = await this.colleague.send(new StartContactEvaluationCommand(start));
    this.unmanaged.add(EvaluationArn);
    return EvaluationArn;
  }

  async close(): Promise<void> {
    this.sdk?.destroy();
    await this.emulator.close();
  }

  /** The evaluations that the service holds, without the tag by which resources recognize theirs. */
  evaluations() {
    return this.emulator.evaluations().map((evaluation) => ({ ...evaluation, tags: withoutMarker(evaluation.tags) }));
  }

  /** The tag by which a resource recognizes its evaluation. */
  marker(arn: string): string | undefined {
    return this.emulator.evaluation(arn)?.tags[MARKER];
  }

  /** The one evaluation that the service holds, without the tag by which its resource recognizes it. */
  get only() {
    const [evaluation, ...others] = this.evaluations();
    assert.ok(
      evaluation && others.length === 0,
      `the service holds ${others.length + (evaluation ? 1 : 0)} evaluations`,
    );
    return evaluation;
  }

  /** The ids of all contact evaluations in the state, those that wait for their deletion included. */
  async managed(): Promise<string[]> {
    return contactEvaluations(await this.stack.state())
      .filter(({ external, pendingReplacement }) => !external && !pendingReplacement)
      .map(({ id }) => id ?? "");
  }

  /** Each evaluation in the state stands there once and lives, and no other lives, but for what the test arranged. */
  async assertNothingDoubledOrOrphaned(): Promise<void> {
    const managed = await this.managed();
    assert.equal(new Set(managed).size, managed.length, `the state holds an evaluation twice: ${managed}`);
    const live = this.emulator.evaluations().map(({ arn }) => arn);
    assert.deepEqual(
      live.filter((arn) => !this.unmanaged.has(arn)).sort(),
      managed.filter((arn) => !this.gone.has(arn)).sort(),
      "what lives at the service is not what the state knows",
    );
  }
}

export const REGION = "eu-central-1";
const CREDENTIALS = { accessKeyId: "colleague", secretAccessKey: "secret" };

/** Gives each test of a suite a world of its own, and checks at its end that nothing is doubled or orphaned. */
export function worldForEach(
  options: TestStackOptions & { connect?: Partial<EmulatorOptions>; front?: Front } = {},
): () => World {
  let world: World | undefined;
  beforeEach(async () => {
    const { connect, front = USUAL_FRONT, ...stackOptions } = options;
    const emulator = await startConnectEmulator(connect ?? {});
    const { namespace } = front;
    const stack = await createTestStack({ emulator: emulator.url, clock: emulator, namespace, ...stackOptions });
    world = new World(emulator, stack, REGION, front);
  });
  afterEach(async function () {
    const ended = world;
    world = undefined;
    if (ended === undefined) return;
    try {
      if (this.currentTest?.isPassed()) await ended.assertNothingDoubledOrOrphaned();
    } finally {
      await ended.close();
      await ended.stack.dispose();
    }
  });
  return () => {
    assert.ok(world, "there is a world only inside a test");
    return world;
  };
}
