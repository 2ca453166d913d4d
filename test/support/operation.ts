import type { DiagnosticEvent, EngineEvent, OpMap, OpType, StepEventMetadata } from "@pulumi/pulumi/automation";

/** One thing that the engine did, or would do, to one resource. */
export interface Step {
  readonly op: OpType;
  readonly urn: string;
  readonly name: string;
  readonly type: string;
  /** The properties because of which a resource is replaced. */
  readonly replaceKeys: readonly string[];
  /** The properties that differ, as far as the provider or the engine named them. */
  readonly diffs: readonly string[];
  /** What differs by path, as the provider named it: `tags.Owner: add`. */
  readonly detailedDiff: readonly string[];
  /** What the step left in the state; absent when it failed. */
  readonly after?: Readonly<Record<string, unknown>>;
  readonly failed: boolean;
}

/** What one engine operation did, for a test to look at. */
export interface OperationResult {
  /** What the user sees in the terminal, without colours. */
  readonly output: string;
  /** How often the engine did what, as its summary counts it, without the stack itself. */
  readonly changes: OpMap;
  /** What the engine set about, in order, without the stack and the providers. */
  readonly steps: readonly Step[];
  /** Errors, warnings and information, each as the user sees it, such as `error: …`. */
  readonly diagnostics: readonly string[];
  /** The stack's outputs; a secret is `[secret]`. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

const STACK = "pulumi:pulumi:Stack";
const PROVIDER = "pulumi:providers:";

/** Markup of the engine's messages for its own display. */
const COLOUR = /<\{%.*?%\}>/g;

/** Collects what one operation says and does. */
export class OperationRecord {
  private output = "";
  private changes: OpMap = {};
  private stackOp: OpType | undefined;
  private outputs: Record<string, unknown> = {};
  private readonly steps: Step[] = [];
  private readonly diagnostics: string[] = [];

  readonly onOutput = (text: string): void => {
    this.output += text;
  };

  readonly onEvent = (event: EngineEvent): void => {
    if (event.resourcePreEvent) {
      this.begin(event.resourcePreEvent.metadata);
    } else if (event.resOutputsEvent) {
      this.end(event.resOutputsEvent.metadata, false);
    } else if (event.resOpFailedEvent) {
      this.end(event.resOpFailedEvent.metadata, true);
    } else if (event.diagnosticEvent) {
      this.diagnose(event.diagnosticEvent);
    } else if (event.summaryEvent) {
      this.changes = event.summaryEvent.resourceChanges;
    }
  };

  result(): OperationResult {
    return {
      output: this.output,
      changes: without(this.changes, this.stackOp),
      steps: this.steps,
      diagnostics: this.diagnostics,
      outputs: this.outputs,
    };
  }

  private begin(metadata: StepEventMetadata): void {
    if (!isEngineOwn(metadata.type)) {
      this.steps.push(toStep(metadata, false));
    }
  }

  private end(metadata: StepEventMetadata, failed: boolean): void {
    if (metadata.type === STACK) {
      this.stackOp = metadata.op;
      this.outputs = withMaskedSecrets(metadata.new?.outputs ?? {});
    } else if (!isEngineOwn(metadata.type)) {
      const begun = this.steps.findLastIndex((step) => step.urn === metadata.urn);
      // A refresh knows only at its end what it comes to, so the last word counts.
      this.steps.splice(begun === -1 ? this.steps.length : begun, 1, toStep(metadata, failed));
    }
  }

  private diagnose(event: DiagnosticEvent): void {
    // The Automation API's types do not know of "debug", which the engine sends all the same.
    const severity: string = event.severity;
    if (severity !== "debug" && !event.ephemeral) {
      this.diagnostics.push(`${event.prefix ?? ""}${event.message}`.replace(COLOUR, "").trim());
    }
  }
}

function toStep(metadata: StepEventMetadata, failed: boolean): Step {
  const { op, urn, type, keys, diffs } = metadata;
  const after = failed ? undefined : metadata.new?.outputs;
  const name = urn.slice(urn.lastIndexOf("::") + 2);
  const detailedDiff = Object.entries(metadata.detailedDiff ?? {}).map(([at, { diffKind }]) => `${at}: ${diffKind}`);
  const compared = { replaceKeys: keys ?? [], diffs: diffs ?? [], detailedDiff: detailedDiff.sort() };
  return { op, urn, name, type, ...compared, failed, ...(after && { after }) };
}

function isEngineOwn(type: string): boolean {
  return type === STACK || type.startsWith(PROVIDER);
}

function without(changes: OpMap, op: OpType | undefined): OpMap {
  const rest = { ...changes };
  if (op !== undefined) {
    const left = (rest[op] ?? 0) - 1;
    if (left > 0) {
      rest[op] = left;
    } else {
      delete rest[op];
    }
  }
  return rest;
}

/** Turns the engine's envelope of a secret into what its display shows. */
function withMaskedSecrets(outputs: Record<string, unknown>): Record<string, unknown> {
  const masked = JSON.stringify(outputs, (_, value) => (isSecret(value) ? "[secret]" : value));
  return JSON.parse(masked) as Record<string, unknown>;
}

/** The signature by which the engine marks a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && SIGNATURE in value && "ciphertext" in value;
}
