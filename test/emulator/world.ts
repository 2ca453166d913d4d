import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingHttpHeaders, type RequestOptions, request } from "node:http";
import {
  ConnectClient,
  StartContactEvaluationCommand,
  type StartContactEvaluationRequest,
} from "@aws-sdk/client-connect";
import { type ConnectEmulator, type EmulatorOptions, startConnectEmulator } from "../../emulator/src";

/** A running emulator with one instance, contact and form, and a real client of it. */
export interface World {
  emulator: ConnectEmulator;
  client: ConnectClient;
  instanceId: string;
  contactId: string;
  evaluationFormId: string;
  formArn: string;
  start(more?: Partial<StartContactEvaluationRequest>): Promise<Started>;
  close(): Promise<void>;
}

/** What every operation on an evaluation needs. */
export interface Started {
  InstanceId: string;
  EvaluationId: string;
  arn: string;
}

/** An answer as it came over the wire. */
export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export const authorization =
  "AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/connect/aws4_request, SignedHeaders=host, Signature=0";

export async function createWorld(options: Partial<EmulatorOptions> = {}): Promise<World> {
  const emulator = await startConnectEmulator(options);
  const { instanceId } = emulator.addInstance();
  const { contactId } = emulator.addContact(instanceId, { agentId: "agent-1" });
  const { evaluationFormId, arn: formArn } = emulator.addEvaluationForm(instanceId);
  const client = clientOf(emulator);
  const start: World["start"] = async (more = {}) => {
    const input = { InstanceId: instanceId, ContactId: contactId, EvaluationFormId: evaluationFormId, ...more };
    const { EvaluationId = "", EvaluationArn = "" } = await client.send(new StartContactEvaluationCommand(input));
    return { InstanceId: instanceId, EvaluationId, arn: EvaluationArn };
  };
  const close = async () => {
    client.destroy();
    await emulator.close();
  };
  return { emulator, client, instanceId, contactId, evaluationFormId, formArn, start, close };
}

/** Gives each test of a suite a world of its own. */
export function worldForEach(options?: Partial<EmulatorOptions>): () => World {
  let world: World | undefined;
  beforeEach(async () => {
    world = await createWorld(options);
  });
  afterEach(async () => {
    await world?.close();
    world = undefined;
  });
  return () => {
    assert.ok(world, "there is a world only inside a test");
    return world;
  };
}

export function clientOf(emulator: ConnectEmulator, region = "us-east-1", maxAttempts = 1): ConnectClient {
  const credentials = { accessKeyId: "AKIATEST", secretAccessKey: "secret" };
  return new ConnectClient({ endpoint: emulator.url, region, credentials, maxAttempts });
}

/** Checks the name, the status and the text of a refusal, for `assert.rejects`. */
export function refusal(name: string, status: number, message = /./) {
  return (error: Error & { $metadata?: { httpStatusCode?: number } }) => {
    assert.deepEqual([error.name, error.$metadata?.httpStatusCode], [name, status]);
    assert.match(error.message, message);
    return true;
  };
}

/** Sends what no SDK would: any path, headers and body, signed unless `authorization` is overridden. */
export async function raw(
  { url }: Pick<ConnectEmulator, "url">,
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string | undefined> = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const all = { authorization, ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers };
  const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  const options: RequestOptions = {
    hostname,
    port,
    method,
    path,
    headers: sent as Record<string, string>,
    agent: false,
  };
  const outgoing = request(options);
  outgoing.end(body);
  const [incoming] = await once(outgoing, "response");
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return { status: incoming.statusCode, headers: incoming.headers, body: Buffer.concat(chunks).toString() };
}
