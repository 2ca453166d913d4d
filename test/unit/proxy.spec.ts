import assert from "node:assert/strict";
import { isDirect } from "../../provider/src/aws/proxy";

const HOST = "connect.us-west-2.amazonaws.com";

describe("the hosts that need no proxy", () => {
  it("are none unless they are named", () => {
    for (const noProxy of [undefined, "", ",", "example.com", "aws.com", "west-2.amazonaws.com", `.${HOST}`]) {
      assert.equal(isDirect(HOST, 443, noProxy), false, noProxy);
    }
  });

  it("are named by host, by domain, or all", () => {
    for (const noProxy of [
      HOST,
      HOST.toUpperCase(),
      "amazonaws.com",
      ".amazonaws.com",
      "*.amazonaws.com",
      "*",
      "localhost, amazonaws.com",
      "amazonaws.com:443",
    ]) {
      assert.equal(isDirect(HOST, 443, noProxy), true, noProxy);
    }
  });

  it("are named for one port only, where a port is named", () => {
    assert.equal(isDirect(HOST, 443, "amazonaws.com:8443"), false);
    assert.equal(isDirect(HOST, 8443, "amazonaws.com:8443"), true);
  });

  it("are named by address or by range", () => {
    for (const noProxy of ["10.1.2.3", "10.1.2.3:443", "10.0.0.0/8"])
      assert.equal(isDirect("10.1.2.3", 443, noProxy), true);
    for (const noProxy of ["10.1.2.4", "11.0.0.0/8", "10.0.0.0/99", "fd00::/8"]) {
      assert.equal(isDirect("10.1.2.3", 443, noProxy), false, noProxy);
    }
    for (const noProxy of ["fd00::1", "[fd00::1]:443", "fd00::/8"]) {
      assert.equal(isDirect("[fd00::1]", 443, noProxy), true, noProxy);
    }
  });

  it("are always those on this machine", () => {
    for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"])
      assert.equal(isDirect(host, 80), true, host);
  });
});
