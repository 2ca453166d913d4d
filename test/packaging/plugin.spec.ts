import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { GetSchemaResponse } from "@pulumi/pulumi/proto/provider_pb";
import { GetSchemaRequest } from "@pulumi/pulumi/proto/provider_pb";
import { bundle, PROGRAM } from "../../scripts/plugin/bundle";

describe("the bundled plugin", () => {
  let folder: string;
  let plugin: ChildProcess | undefined;

  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-plugin-"));
    await bundle(folder);
  });

  after(async () => {
    plugin?.kill("SIGKILL");
    await fs.rm(folder, { recursive: true });
  });

  it("serves its schema from a folder with nothing else in it, and ends with the engine", async () => {
    // Only `node` is on its PATH, and no module is where it could look.
    const env = { PATH: path.dirname(process.execPath) };
    plugin = spawn(path.join(folder, PROGRAM), [], { cwd: folder, env, stdio: ["pipe", "pipe", "inherit"] });
    const [port] = await once(createInterface({ input: plugin.stdout ?? assert.fail() }), "line");

    const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const getSchema = promisify<GetSchemaRequest, GetSchemaResponse>(client.getSchema.bind(client));
    const schema = JSON.parse((await getSchema(new GetSchemaRequest())).getSchema());
    client.close();
    const checkedIn = JSON.parse(await fs.readFile(path.join(__dirname, "../../plugin/schema.json"), "utf8"));
    const { version } = JSON.parse(await fs.readFile(path.join(__dirname, "../../plugin/package.json"), "utf8"));
    assert.deepEqual(schema, { ...checkedIn, version });

    plugin.stdin?.end();
    assert.deepEqual(await once(plugin, "exit"), [0, null]);
  });

  it("has the licenses of what it was made from", async () => {
    const licenses = await fs.readFile(path.join(folder, "THIRD-PARTY.txt"), "utf8");
    for (const name of ["@aws-sdk/client-connect", "@grpc/grpc-js", "@pulumi/pulumi", "google-protobuf"]) {
      assert.match(licenses, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(.+\\)$`, "m"));
    }
    assert.match(licenses, /Apache License/);
  });
});
