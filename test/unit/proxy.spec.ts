import assert from "node:assert/strict";
import { isDirect } from "../../provider/src/aws/proxy";

describe("the hosts that need no proxy", () => {
  const host = "connect.us-west-2.amazonaws.com";

  it("are none unless they are named", () => {
    for (const noProxy of [undefined, "", "example.com", "aws.com", "west-2.amazonaws.com"]) {
      assert.equal(isDirect(host, noProxy), false, noProxy);
    }
  });

  it("are named by host, by domain, or all", () => {
    for (const noProxy of [
      host,
      "amazonaws.com",
      ".amazonaws.com",
      "*.amazonaws.com",
      "*",
      "localhost, amazonaws.com",
    ]) {
      assert.equal(isDirect(host, noProxy), true, noProxy);
    }
  });
});
