import { createCipheriv, randomBytes } from "node:crypto";
import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

/**
 * The secrets provider of the tests' stacks: the engine takes it for the transit engine of a HashiCorp Vault. The
 * engine's own, a passphrase, costs 0.35 s of processor time at each operation, more than half of what it costs.
 */
export const SECRETS_PROVIDER = "hashivault://tests";

/** A secret of a stack's configuration as the engine writes it; its command line takes 0.25 s of processor time for each. */
export function encrypted(text: string, stackKey: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", stackKeyIn(stackKey), nonce);
  const secret = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${secret.toString("base64")}`;
}

/** A stack's settings have its key as the service "encrypted" it. */
const stackKeyIn = (encryptedKey: string): Buffer =>
  Buffer.from(Buffer.from(encryptedKey, "base64").toString(), "base64");

let address: Promise<string> | undefined;

/** The address of the one service that this process has. */
export function keyService(): Promise<string> {
  address ??= start();
  return address;
}

async function start(): Promise<string> {
  const server = http.createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  server.unref();
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** It guards nothing: what it "encrypts" is the text itself. */
async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const asked = JSON.parse(await bodyOf(request)) as { plaintext: string } | { ciphertext: string };
  const data = "plaintext" in asked ? { ciphertext: asked.plaintext } : { plaintext: asked.ciphertext };
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ data }));
}

async function bodyOf(request: http.IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  return body;
}
