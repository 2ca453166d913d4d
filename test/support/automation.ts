import { LocalWorkspace, type PulumiFn, Stack } from "@pulumi/pulumi/automation";
import * as settings from "@pulumi/pulumi/runtime/settings";
import { engineCommand } from "./engine";
import type { Environment } from "./environment";

/**
 * gRPC shares connections by address in a process. An engine that gets the port of an earlier one would get that one's
 * lost connection too, and fail at once with UNAVAILABLE, which Pulumi's SDK takes for the end of the engine and
 * swallows: the resource would be missing, and the engine would delete it.
 */
const { grpcClientOptions } = settings as unknown as { grpcClientOptions: object };
Object.assign(grpcClientOptions, { "grpc.use_local_subchannel_pool": 1 });

/** What one operation of the Automation API needs. */
export interface AutomationOptions {
  readonly stackName: string;
  readonly workDir: string;
  readonly env: Environment;
  readonly program: PulumiFn;
  /** Flags that the Automation API has no option for. */
  readonly flags: readonly string[];
}

/** Opens a stack that exists already, for one operation. */
export async function openStack(options: AutomationOptions): Promise<Stack> {
  const workspace = await LocalWorkspace.create({
    workDir: options.workDir,
    pulumiCommand: await engineCommand(),
    envVars: options.env as Record<string, string>, // It hands `undefined` on, which takes a variable away.
    program: options.program,
  });
  // The API runs `pulumi` up to four times more around each operation, for answers that nobody asks for here.
  Object.assign(workspace, {
    selectStack: async () => undefined,
    stackOutputs: async () => ({}),
    serializeArgsForOp: async () => options.flags,
  });
  const stack = await Stack.select(options.stackName, workspace);
  return Object.assign(stack, { info: async () => undefined });
}
