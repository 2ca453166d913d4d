#!/usr/bin/env node
import * as fs from "node:fs";
import * as grpc from "@grpc/grpc-js";
import { PROTOCOL } from "./requests";
import { pluginService } from "./server";

/** The plugin's process: it tells the engine its port in one line, and ends when the engine does. */

/** The engine gives its own address, between options. */
const engineAddress = process.argv.slice(2).find((argument) => !argument.startsWith("-"));

const UNLIMITED = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

function serve(): void {
  const server = new grpc.Server(UNLIMITED);
  server.addService(PROTOCOL, pluginService(engineAddress));
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    console.log(String(port));
  });
}

/** The engine holds the other end of this process's input, and a killed one holds nothing: on every system. */
function endWithEngine(): void {
  const input = fs.fstatSync(0);
  if (input.isFIFO() || input.isSocket()) process.stdin.on("close", () => process.exit()).resume();
  else endWithParent();
}

const POLL_MS = 500;

/** Where the input is something else, as under a wrapper: an orphan gets another parent, but not on Windows. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && process.exit(), POLL_MS).unref();
}

endWithEngine();
serve();
