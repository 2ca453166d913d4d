import assert from "node:assert/strict";
import { ConnectClient, ListContactEvaluationsCommand } from "@aws-sdk/client-connect";
import { connectConfig } from "../../provider/src/aws/clients";
import { readSettings } from "../../provider/src/aws/settings";

/** The host to which a call goes with this configuration; nothing is sent. */
async function hostOf(config: Record<string, string>): Promise<string> {
  const credentials = { accessKeyId: "AKIATEST", secretAccessKey: "secret" };
  const client = new ConnectClient(
    connectConfig(
      readSettings((key) => config[key]),
      "us-west-2",
      credentials,
    ),
  );
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

describe("the endpoint of Amazon Connect", () => {
  it("is the Region's, or its FIPS or dual-stack one, as the stack says", async () => {
    assert.equal(await hostOf({}), "connect.us-west-2.amazonaws.com");
    assert.equal(await hostOf({ "aws:useFipsEndpoint": "true" }), "connect-fips.us-west-2.amazonaws.com");
    assert.equal(await hostOf({ "aws:useDualstackEndpoint": "true" }), "connect.us-west-2.api.aws");
  });

  it("is the stack's own", async () => {
    assert.equal(
      await hostOf({ "aws:endpoints": '[{"connect":"https://connect.example.com"}]' }),
      "connect.example.com",
    );
  });
});
