import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { ConnectClient, ListContactEvaluationsCommand } from "@aws-sdk/client-connect";
import { connectConfig } from "../../provider/src/aws/clients";
import { readSettings } from "../../provider/src/aws/settings";
import { clientOf, type Given } from "./awsEnvironment";

const HERE = { AWS_REGION: "us-west-2", AWS_ACCESS_KEY_ID: "AKIATEST", AWS_SECRET_ACCESS_KEY: "secret" };

/** The host to which a call goes; nothing is sent. */
async function hostOf(client: ConnectClient): Promise<string> {
  let host = "";
  client.middlewareStack.add(
    () => async (args) => {
      host = (args.request as { hostname: string }).hostname;
      return { response: {}, output: { $metadata: {} } };
    },
    { step: "finalizeRequest", priority: "high" },
  );
  await client.send(new ListContactEvaluationsCommand({ InstanceId: "i", ContactId: "c" }));
  return host;
}

const FIPS = "connect-fips.us-west-2.amazonaws.com";

describe("how Amazon Connect is called", () => {
  const files = { ".aws/config": "[default]\nmax_attempts = 6\nretry_mode = adaptive\nuse_fips_endpoint = true\n" };
  const url = { AWS_ENDPOINT_URL: "https://all.test", AWS_ENDPOINT_URL_CONNECT: "https://variable.test" };

  const rows: [string, (client: ConnectClient) => Promise<unknown>, [Given, unknown][]][] = [
    [
      "attempts: aws:maxRetries and the first one, AWS_MAX_ATTEMPTS, the profile, 3",
      ({ config }) => config.maxAttempts(),
      [
        [{ config: { "aws:maxRetries": "1" }, environment: { AWS_MAX_ATTEMPTS: "5" }, files }, 2],
        [{ environment: { AWS_MAX_ATTEMPTS: "5" }, files }, 5],
        [{ files }, 6],
        [{}, 3],
      ],
    ],
    [
      "the retry mode: aws:retryMode, AWS_RETRY_MODE, the profile, standard",
      async ({ config: { retryMode } }) => (typeof retryMode === "function" ? retryMode() : retryMode),
      [
        [{ config: { "aws:retryMode": "standard" }, environment: { AWS_RETRY_MODE: "adaptive" }, files }, "standard"],
        [{ environment: { AWS_RETRY_MODE: "standard" }, files }, "standard"],
        [{ files }, "adaptive"],
        [{}, "standard"],
      ],
    ],
    [
      "the endpoint: aws:endpoints, AWS_ENDPOINT_URL_CONNECT, AWS_ENDPOINT_URL, the Region's",
      hostOf,
      [
        [{ config: { "aws:endpoints": '[{"connect":"https://config.test"}]' }, environment: url }, "config.test"],
        [{ environment: url }, "variable.test"],
        [{ environment: { AWS_ENDPOINT_URL: url.AWS_ENDPOINT_URL } }, "all.test"],
        [{}, "connect.us-west-2.amazonaws.com"],
      ],
    ],
    [
      "FIPS: aws:useFipsEndpoint, AWS_USE_FIPS_ENDPOINT, the profile, no",
      hostOf,
      [
        [{ config: { "aws:useFipsEndpoint": "true" }, environment: { AWS_USE_FIPS_ENDPOINT: "false" } }, FIPS],
        [{ environment: { AWS_USE_FIPS_ENDPOINT: "false" }, files }, "connect.us-west-2.amazonaws.com"],
        [{ files }, FIPS],
        [{}, "connect.us-west-2.amazonaws.com"],
      ],
    ],
    [
      "dual stack: aws:useDualstackEndpoint, AWS_USE_DUALSTACK_ENDPOINT, no",
      hostOf,
      [
        [{ config: { "aws:useDualstackEndpoint": "true" } }, "connect.us-west-2.api.aws"],
        [{ environment: { AWS_USE_DUALSTACK_ENDPOINT: "true" } }, "connect.us-west-2.api.aws"],
        [{}, "connect.us-west-2.amazonaws.com"],
      ],
    ],
  ];
  for (const [what, look, cases] of rows) {
    it(`is what the first says that is set, for ${what}`, async () => {
      for (const [given, expected] of cases) {
        const environment = { ...HERE, ...given.environment };
        assert.equal(await clientOf({ ...given, environment }, look), expected, JSON.stringify(given));
      }
    });
  }
});

describe("calls in flight", () => {
  it("never wait for each other's sockets, which would count as an answer that does not come", async () => {
    const MANY = 160;
    const waiting: http.ServerResponse[] = [];
    // Nothing is answered before all have arrived.
    const server = http.createServer((_, response) => {
      waiting.push(response);
      if (waiting.length < MANY) return;
      for (const each of waiting) each.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    const config: Record<string, unknown> = { "aws:endpoints": [{ connect: `http://127.0.0.1:${port}` }] };
    const settings = readSettings((key) => config[key], {});
    const credentials = { accessKeyId: "AKIATEST", secretAccessKey: "secret" };
    const client = new ConnectClient(connectConfig(settings, "us-west-2", credentials));
    try {
      const call = () => client.send(new ListContactEvaluationsCommand({ InstanceId: "i", ContactId: "c" }));
      await Promise.all(Array.from({ length: MANY }, call));
      assert.equal(waiting.length, MANY);
    } finally {
      client.destroy();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
  });
});
