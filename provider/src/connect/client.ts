import type { ConnectClient } from "@aws-sdk/client-connect";
import { isThrottle } from "../aws/awsError";
import { connectConfig } from "../aws/clients";
import type { Settings } from "../aws/settings";
import { Pacing } from "./pacing";
import type { ServiceClock } from "./serviceClock";

/** The SDK's client of Amazon Connect, made for a stack's settings. */

export type Sdk = typeof import("@aws-sdk/client-connect");

/** Loaded at the first call, not with the provider: an `up` without changes makes none. */
export function loadSdk(): Sdk {
  // Its own switch: the SDK's notice about coming Node.js versions would show under the stack in every `pulumi up`.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  return require("@aws-sdk/client-connect") as Sdk;
}

/** Calls that come to something else when they are repeated; whoever makes them looks first. */
const NOT_TO_REPEAT: readonly string[] = ["SubmitContactEvaluationCommand"];

/** The failure of such a call, in a form that the SDK's retries leave alone: they would look into a `cause`. */
export class NotRepeated extends Error {
  constructor(readonly failure: unknown) {
    super("a failed call that is not repeated");
  }
}

/** A client whose every attempt of a call goes out at the pace that Connect allows. */
export function connectClient(
  sdk: Sdk,
  settings: Settings,
  region: string | undefined,
  credentials: Parameters<typeof connectConfig>[2],
  clock: ServiceClock,
  say: (line: string) => void,
): ConnectClient {
  const client = new sdk.ConnectClient(connectConfig(settings, region, credentials));
  const pacing = new Pacing(isThrottle, say);
  const paced =
    <Args, Result>(next: (args: Args) => Promise<Result>, context: { commandName?: string }) =>
    async (args: Args) => {
      const { commandName = "" } = context;
      try {
        return await pacing.run(commandName, () => next(args));
      } catch (error) {
        throw NOT_TO_REPEAT.includes(commandName) ? new NotRepeated(error) : error;
      }
    };
  // Inside the retry loop: in front of it, the SDK's own retries would starve.
  client.middlewareStack.addRelativeTo(paced, { name: "pacing", relation: "after", toMiddleware: "retryMiddleware" });
  const timed =
    <Args, Result extends { response: unknown }>(next: (args: Args) => Promise<Result>) =>
    async (args: Args) => {
      const result = await next(args);
      clock.note((result.response as { headers?: Record<string, string> }).headers?.date);
      return result;
    };
  // Innermost, so that it sees the answers that the SDK turns into errors too.
  client.middlewareStack.add(timed, { name: "serviceClock", step: "deserialize", priority: "low" });
  return client;
}
