import { type Behaviour, defaultBehaviour } from "./behaviour";
import { outsiderArn } from "./connect/arns";
import { activate, newForm } from "./connect/formVersions";
import { catchUp } from "./connect/passage";
import { sampleContent } from "./connect/sampleForm";
import { Someone } from "./connect/someone";
import type { Evaluation, Instance, Store } from "./connect/store";
import type { Throttle, ThrottleOptions } from "./connect/throttle";
import type { EvaluationFormItem, ScoringStrategy } from "./connect/types";
import { defaults, type EmulatorOptions } from "./options";
import type { LoggedRequest, OperationName, RequestPredicate } from "./requests";
import type { AccessKeySetup, ContactFacts, FormSetup, InstanceFacts, Setup, UserFacts } from "./setup/setup";
import { State } from "./state";
import { Faults } from "./wire/faults";
import type { Identities, Role } from "./wire/identities";
import { RequestLog } from "./wire/log";

/** A running emulator: its address, its state, and everything that a test can arrange. */
export class ConnectEmulator {
  /** The switches; set them at any time. */
  readonly behaviour: Behaviour = defaultBehaviour();
  /** The request quotas; set them at any time. */
  throttle: ThrottleOptions = {};
  /** The calls that fail. */
  readonly faults = new Faults<OperationName>();
  /** What other people do. */
  readonly someone = new Someone(this);
  /** @internal */
  readonly log: RequestLog<OperationName>;
  /** The account of instances and access keys added without one. */
  readonly account: string;
  /** The Region of instances added without one. */
  readonly region: string;
  /** The base URL of both services, set once the server listens. */
  url = "";
  private state: State;

  constructor(
    private readonly options: Partial<EmulatorOptions>,
    private readonly closeServer: () => Promise<void>,
  ) {
    this.account = options.account ?? defaults.account;
    this.region = options.region ?? defaults.region;
    this.log = new RequestLog(options.keepRequests ?? true);
    this.state = this.newState();
    this.reset();
  }

  /**
   * Makes everything as it was right after the start: what the set-up has, and nothing else, is there, switches, quotas,
   * faults, and the clock are those of the options, and no request is remembered.
   */
  reset(): void {
    const { behaviour: { now, ...switches } = {}, throttle, faults = [], setup = {} } = this.options;
    this.state = this.newState();
    Object.assign(this.behaviour, defaultBehaviour(), structuredClone(switches), now && { now });
    this.throttle = structuredClone(throttle ?? {});
    this.faults.clear();
    for (const fault of faults) this.faults.add(fault);
    this.log.clear();
    this.add(setup);
  }

  /** Stops the server and closes its connections. */
  close(): Promise<void> {
    return this.closeServer();
  }

  /** Moves the clock forward: timestamps, lags, token lifetimes, sessions, and quotas. */
  advance(milliseconds: number): void {
    const { now } = this.behaviour;
    this.behaviour.now = () => new Date(now().getTime() + milliseconds);
  }

  /** Every request since the start or the last `clearRequests()`, in order of arrival; none without `keepRequests`. */
  get requests(): LoggedRequest[] {
    return this.log.requests;
  }

  clearRequests(): void {
    this.log.clear();
  }

  /** How many requests there were, of one operation or of any. */
  calls(operation?: OperationName): number {
    return this.requests.filter((request) => operation === undefined || request.operation === operation).length;
  }

  /** Resolves when the next matching request arrives. Earlier ones do not count. */
  waitForRequest(predicate: RequestPredicate): Promise<LoggedRequest> {
    return this.log.next(predicate);
  }

  /** Adds all that a set-up has. */
  add({ instances = [], roles = [], accessKeys = [] }: Setup): void {
    for (const { contacts = [], users = [], evaluationForms = [], ...facts } of instances) {
      const { instanceId } = this.addInstance(facts);
      for (const contact of contacts) this.addContact(instanceId, contact);
      for (const user of users) this.addUser(instanceId, user);
      for (const form of evaluationForms) this.addEvaluationForm(instanceId, form);
    }
    for (const role of roles) this.addRole(role);
    for (const accessKey of accessKeys) this.addAccessKey(accessKey);
  }

  addInstance(facts: InstanceFacts = {}): { instanceId: string; arn: string } {
    const { instanceId, arn } = this.store.addInstance({
      instanceId: facts.instanceId ?? this.newId(),
      region: facts.region ?? this.region,
      account: facts.account ?? this.account,
      createdTime: this.behaviour.now(),
    });
    return { instanceId, arn };
  }

  /** Puts an access key into an account; one that was never added belongs to the emulator's account. */
  addAccessKey({ accessKeyId, account }: AccessKeySetup): void {
    this.identities.addAccessKey(accessKeyId, account);
  }

  /**
   * Adds or replaces a role that callers can assume. `trusts` has the access key ids, and the ARNs of roles whose
   * sessions, may assume it; without it, everybody may. Nobody can assume a role that was not added.
   */
  addRole(role: Role): void {
    this.identities.addRole(structuredClone(role));
  }

  addContact(instanceId: string, facts: ContactFacts = {}): { contactId: string; arn: string } {
    const instance = this.instance(instanceId);
    const contactId = facts.contactId ?? this.newId();
    const arn = `${instance.arn}/contact/${contactId}`;
    const agent = facts.agentId === undefined ? {} : { agentId: facts.agentId };
    instance.contacts.set(contactId, { contactId, arn, createdTime: this.behaviour.now(), ...agent });
    return { contactId, arn };
  }

  /** Adds a user, on whose behalf evaluations may be changed. */
  addUser(instanceId: string, facts: UserFacts = {}): { userId: string; arn: string } {
    const instance = this.instance(instanceId);
    const userId = facts.userId ?? this.newId();
    const arn = `${instance.arn}/agent/${userId}`;
    instance.users.add(arn);
    return { userId, arn };
  }

  /** Adds a form, active unless told otherwise; its default questions are q1, q2, and q3 in section s1. */
  addEvaluationForm(
    instanceId: string,
    facts: FormSetup & { title?: string; items?: EvaluationFormItem[]; scoringStrategy?: ScoringStrategy } = {},
  ): { evaluationFormId: string; arn: string } {
    const instance = this.instance(instanceId);
    const evaluationFormId = facts.evaluationFormId ?? this.newId();
    const { title: Title = "Evaluation form", items, scoringStrategy } = facts;
    const written = (items ?? facts.content?.Items) ? { Items: items ?? [] } : sampleContent;
    const content = {
      Title,
      ...written,
      ...(scoringStrategy && { ScoringStrategy: scoringStrategy }),
      ...facts.content,
    };
    const now = this.behaviour.now();
    const arranger = outsiderArn(instance.region, "arranger");
    const arn = `${instance.arn}/evaluation-form/${evaluationFormId}`;
    const { form, version } = newForm({ evaluationFormId, arn, tags: { ...facts.tags } }, content, arranger, now);
    if (facts.activate ?? true) activate(form, version, arranger, now);
    instance.forms.set(evaluationFormId, form);
    return { evaluationFormId, arn };
  }

  /** Copies of the live evaluations, oldest first. */
  evaluations(): Evaluation[] {
    catchUp(this.store, this.behaviour);
    return this.store.liveEvaluations().map((evaluation) => structuredClone(evaluation));
  }

  /** A copy of a live evaluation; undefined if it was deleted or never existed. */
  evaluation(arn: string): Evaluation | undefined {
    catchUp(this.store, this.behaviour);
    const evaluation = this.store.evaluationByArn(arn);
    return evaluation?.deletedTime ? undefined : structuredClone(evaluation);
  }

  /** How many evaluations were ever started. */
  get started(): number {
    return this.store.started;
  }

  /** @internal */
  get store(): Store {
    return this.state.store;
  }

  /** @internal */
  get identities(): Identities {
    return this.state.identities;
  }

  /** @internal */
  get buckets(): Throttle {
    return this.state.buckets;
  }

  /** @internal */
  get newId(): () => string {
    return this.state.newId;
  }

  private newState(): State {
    return new State(this.account, this.options.seed);
  }

  private instance(instanceId: string): Instance {
    const instance = this.store.instances.get(instanceId);
    if (instance === undefined) throw new Error(`No instance ${instanceId}: add it first`);
    return instance;
  }
}
