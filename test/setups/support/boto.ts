import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import * as path from "node:path";
import { createInterface } from "node:readline";

/** How boto3 makes a call. */
export interface CallOptions {
  /** @default 1 */
  attempts?: number;
  /** Access key id, secret access key, and session token. @default those of the environment */
  credentials?: string[];
  /** Whether to ask for all pages, which are the answer. @default false */
  paginate?: boolean;
}

/** What a client of boto3 raised. */
export interface BotoError {
  Code: string;
  Message: string;
  status: number;
  type: string;
}

/** boto3 in a process of its own, and what it was asked for. */
export class Boto {
  readonly operations = new Set<string>();
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;

  constructor(bin: string, env: NodeJS.ProcessEnv) {
    this.process = spawn(path.join(bin, "python"), [path.join(__dirname, "../python/bridge.py")], { env });
    this.process.stderr.pipe(process.stderr);
    this.lines = createInterface(this.process.stdout)[Symbol.asyncIterator]();
  }

  /** The answer of a call. */
  async call<Answer = unknown>(
    service: string,
    operation: string,
    parameters: object = {},
    options: CallOptions = {},
  ): Promise<Answer> {
    const { answer, error } = await this.outcome(service, operation, parameters, options);
    if (error) throw new Error(`${operation}: ${JSON.stringify(error)}`);
    return answer as Answer;
  }

  /** The error of a call that must have one. */
  async refusal(service: string, operation: string, parameters: object): Promise<BotoError> {
    const { error } = await this.outcome(service, operation, parameters, {});
    if (!error) throw new Error(`${operation} was to be refused`);
    return error;
  }

  close(): void {
    this.process.kill();
  }

  private async outcome(service: string, operation: string, parameters: object, options: CallOptions) {
    this.operations.add(operation);
    this.process.stdin.write(`${JSON.stringify({ service, operation, parameters, ...options })}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`boto3 ended at ${operation}`);
    return JSON.parse(value) as { answer?: unknown; error?: BotoError };
  }
}
