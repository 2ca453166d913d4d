import { type GetConfig, readSettings, type Settings } from "../aws/settings";
import { Connect } from "../connect/connect";
import type { ConnectArn } from "../shared/arns";
import { Declarations } from "./declarations";
import { Forms } from "./grading/forms";
import { Holdings } from "./holdings";
import { markerOf } from "./marker";

/**
 * What all resources of one process share: the configuration, a client for each Region,
 * what the program says, and who has which evaluation.
 */
export class Session {
  readonly holdings = new Holdings();
  readonly declarations = new Declarations();
  readonly forms = new Forms();
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
    this.configuration = read(get);
  }

  /** @throws what is wrong with the configuration, for every verb that needs it. */
  get settings(): Settings {
    if ("error" in this.configuration) throw this.configuration.error;
    return this.configuration.settings;
  }

  /** The value of a resource's marker. */
  readonly markerFor = (key: string): string => markerOf(this.settings.namespace, key);

  /** Says a line once in this process. */
  readonly sayOnce = (line: string): void => {
    if (this.said.has(line)) return;
    this.said.add(line);
    this.say(line);
  };

  /** Connect in the Region of a resource, or else in the stack's. One client, and so one pace, for each Region. */
  readonly connectIn = (region: string | undefined = this.settings.region): Connect => {
    const connect = this.connections.get(region) ?? new Connect(this.settings, region, this.say);
    this.connections.set(region, connect);
    return connect;
  };

  /** Connect where an existing evaluation is, which its ARN alone says. */
  readonly connectOf = ({ region }: ConnectArn): Connect => this.connectIn(region);
}

function read(get: GetConfig): Session["configuration"] {
  try {
    return { settings: readSettings(get) };
  } catch (error) {
    return { error };
  }
}
