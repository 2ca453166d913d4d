import type * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { type IResourceProviderServer, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UserError } from "../shared/errors";
import { own } from "../shared/plain";
import { VERSION } from "../shared/version";
import { Session } from "../verbs/session";
import { EngineLog } from "./engineLog";
import { FUNCTIONS } from "./functions";
import { Interruptions } from "./interruptions";
import * as requests from "./requests";
import * as responses from "./responses";
import { schema } from "./schema";
import { changedSettings, concealed, configOf, faultsOfSettings, secretDefaultTags } from "./settings";
import { statusOf, unimplemented } from "./status";
import { Verbs } from "./verbs";
import { opened, sealed } from "./wire";

/** Pulumi's protocol for provider plugins: which call of the engine is which verb. */

/** @param engineAddress of the engine's own server, where the engine started the process. */
export function pluginService(engineAddress?: string): IResourceProviderServer {
  const plugin = new Plugin();
  if (engineAddress !== undefined) plugin.log.connect(engineAddress);
  const methods = methodsOf(plugin) as Readonly<Record<string, Method<Request, unknown> | undefined>>;
  const handlers = Object.keys(ResourceProviderService).map((name) => [name, handlerOf(name, methods[name], plugin)]);
  return Object.fromEntries(handlers) as IResourceProviderServer;
}

/** What there is as long as the process. */
class Plugin {
  readonly log = new EngineLog();
  readonly interruptions = new Interruptions();
  session = new Session(() => undefined, this.log.say);
  verbs = new Verbs(this.session);

  configure(args: Struct | undefined): void {
    const settings = opened(args);
    this.session = new Session(configOf(settings.value), this.log.say);
    this.verbs = new Verbs(this.session, (defaultTags) => secretDefaultTags(settings, defaultTags));
  }
}

type Method<Q, R> = (request: Q) => R | Promise<R>;

/** A method for each call that has one answer. */
type Methods = {
  [Name in keyof IResourceProviderServer as string extends Name
    ? never
    : number extends Name
      ? never
      : Name]?: IResourceProviderServer[Name] extends grpc.handleUnaryCall<infer Q, infer R> ? Method<Q, R> : never;
};

const methodsOf = (plugin: Plugin): Methods => ({
  ...processMethods(plugin),
  ...settingsMethods(plugin),
  ...resourceMethods(plugin),
});

const processMethods = ({ log, interruptions }: Plugin): Methods => ({
  handshake: (request) => {
    log.connect(request.getEngineAddress());
    const response = new rpc.ProviderHandshakeResponse();
    response.setAcceptSecrets(true);
    return response;
  },
  attach: (request) => {
    log.connect(request.getAddress());
    return new Empty();
  },
  getPluginInfo: () => {
    const info = new PluginInfo();
    info.setVersion(VERSION);
    return info;
  },
  getSchema: () => {
    const response = new rpc.GetSchemaResponse();
    response.setSchema(schema());
    return response;
  },
  cancel: () => {
    interruptions.cancel();
    return new Empty();
  },
});

const settingsMethods = (plugin: Plugin): Methods => ({
  checkConfig: (request) => {
    const settings = opened(request.getNews());
    return responses.checked(sealed(concealed(settings)), faultsOfSettings(settings.value));
  },
  diffConfig: (request) => {
    const olds = opened(request.getOldInputs()).value;
    return responses.differingSettings(changedSettings(olds, opened(request.getNews()).value));
  },
  configure: (request) => {
    plugin.configure(request.getArgs());
    return responses.configured();
  },
  invoke: async (request) => {
    const token = request.getTok();
    const call = own(FUNCTIONS, token);
    if (call === undefined) throw new UserError(`there is no function ${token}; there is ${Object.keys(FUNCTIONS)}`);
    return responses.returned(await call(plugin.session, opened(request.getArgs()).value));
  },
});

const resourceMethods = (plugin: Plugin): Methods => ({
  check: async (request) => {
    const [olds, news] = [opened(request.getOlds()), opened(request.getNews())];
    const { inputs, faults } = await plugin.verbs.check(requests.urnOf(request), olds, news);
    return responses.checked(sealed(inputs), faults);
  },
  diff: async (request) => {
    const news = requests.declared(request.getNews());
    return responses.differing(await plugin.verbs.diff(requests.known(request), news));
  },
  create: async (request) => {
    const [urn, isPreview] = [requests.urnOf(request), request.getPreview()];
    const news = requests.checked(request.getProperties(), isPreview);
    if (isPreview) return responses.created("", plugin.verbs.previewOfCreate(news));
    const { id, outputs } = await plugin.verbs.create(urn, news);
    return responses.created(id, outputs);
  },
  read: async (request) => responses.found(request.getId(), await plugin.verbs.read(requests.knownInRead(request))),
  update: async (request) => {
    const [known, isPreview] = [requests.known(request), request.getPreview()];
    const news = requests.checked(request.getNews(), isPreview);
    if (isPreview) return responses.updated(plugin.verbs.previewOfUpdate(known, news));
    return responses.updated(await plugin.verbs.update(known, news));
  },
  delete: async (request) => {
    await plugin.verbs.delete(requests.knownInDelete(request));
    return new Empty();
  },
});

interface Request {
  getUrn?: () => string;
  getTimeout?: () => number;
}

type Handler = (call: { request: Request } & NodeJS.EventEmitter, answer?: grpc.sendUnaryData<unknown>) => void;

function handlerOf(name: string, method: Method<Request, unknown> | undefined, plugin: Plugin): Handler {
  // What streams its answers is called without a callback.
  if (method === undefined) {
    return (call, answer) => (answer ? answer(unimplemented(name)) : call.emit("error", unimplemented(name)));
  }
  return ({ request }, answer) => {
    const seconds = request.getTimeout?.() ?? 0;
    const act = async () => {
      requests.refuseIncomplete(request);
      return method(request);
    };
    const run = () => plugin.interruptions.run(name, seconds, act);
    plugin.log.about(request.getUrn?.() ?? "", run).then(
      (response) => answer?.(null, response),
      (error) => answer?.(statusOf(error)),
    );
  };
}
