import { type GetConfig, readSettings, type Settings } from "../aws/settings";
import { Connect } from "../connect/connect";
import { Holdings } from "../identity/holdings";
import { markerOf } from "../identity/marker";
import { type ConnectArn, parseEvaluationArn } from "../shared/arns";
import type { Inputs, State } from "../shared/model";
import { Declarations, type Managed } from "./declarations";

/** What the steps of a verb work with. */
export interface Context {
  session: Session;
  /** Connect in the Region of the evaluation. */
  connect: Connect;
  /** Of the resource. */
  key: string;
  /** The value of the resource's marker. */
  marker: string;
}

/** Where an evaluation is to be started. */
export interface Creation extends Context {
  inputs: Inputs;
}

/** Where there is one. */
export interface Existence extends Context {
  id: string;
  arn: ConnectArn;
  state: State;
}

/** The configuration, a client for each Region, what the program says, and who has which evaluation. */
export class Session {
  readonly holdings = new Holdings();
  readonly declarations = new Declarations();
  private readonly said = new Set<string>();
  private readonly connections = new Map<string | undefined, Connect>();
  private readonly configuration: { settings: Settings } | { error: unknown };

  /**
   * Never throws: the engine calls on after a failed `configure`, and would delete without settings.
   * @param say prints a line under the stack in `pulumi up`.
   */
  constructor(
    get: GetConfig,
    readonly say: (line: string) => void,
  ) {
    this.configuration = configurationIn(get);
  }

  /** @throws what is wrong with the configuration, for every verb that needs it. */
  get settings(): Settings {
    if ("error" in this.configuration) throw this.configuration.error;
    return this.configuration.settings;
  }

  /** The value of a resource's marker. */
  markerFor(key: string): string {
    return markerOf(this.settings.namespace, key);
  }

  /** Says a line once in this process. */
  sayOnce(line: string): void {
    if (this.said.has(line)) return;
    this.said.add(line);
    this.say(line);
  }

  /** Connect in the Region of a resource, or else in the stack's. One client, and so one pace, for each Region. */
  readonly connectIn = (region: string | undefined = this.settings.region): Connect => {
    const connect = this.connections.get(region) ?? new Connect(this.settings, region, this.say);
    this.connections.set(region, connect);
    return connect;
  };

  creation(key: string, inputs: Inputs): Creation {
    return { session: this, connect: this.connectIn(inputs.region), key, marker: this.markerFor(key), inputs };
  }

  /** An existing evaluation's ARN alone says where it is. */
  existence({ id, state }: Pick<Managed, "id" | "state">, key: string): Existence {
    const arn = parseEvaluationArn(id);
    const { connectIn } = this;
    return {
      session: this,
      // Not before it is needed: an `up` without changes loads no client.
      get connect() {
        return connectIn(arn.region);
      },
      key,
      marker: this.markerFor(key),
      id,
      arn,
      state,
    };
  }
}

function configurationIn(get: GetConfig): Session["configuration"] {
  try {
    return { settings: readSettings(get) };
  } catch (error) {
    return { error };
  }
}
