import { LocalWorkspace, type PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { engineCommand } from "./engine";
import type { Environment } from "./environment";

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
