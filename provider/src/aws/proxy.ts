import type { Agent } from "node:http";
import * as net from "node:net";
import * as tls from "node:tls";
import type { HttpsProxyAgent as ProxyAgent } from "https-proxy-agent";
import type { Settings } from "./settings";

/** The way to AWS through a proxy, loaded only by stacks that configure one. */

export interface Agents {
  httpAgent?: Agent;
  httpsAgent?: Agent;
}

/** @param ca the certificates to trust, where the stack says so. */
export function agentsThroughProxy({ httpProxy, httpsProxy, noProxy }: Settings, ca: string[] | undefined): Agents {
  return {
    ...(httpProxy !== undefined && { httpAgent: tunnel(httpProxy, noProxy, undefined) }),
    ...(httpsProxy !== undefined && { httpsAgent: tunnel(httpsProxy, noProxy, ca) }),
  };
}

function tunnel(proxy: string, noProxy: string | undefined, ca: string[] | undefined): Agent {
  const { HttpsProxyAgent } = require("https-proxy-agent") as typeof import("https-proxy-agent");
  class Tunnel extends HttpsProxyAgent<string> {
    override async connect(...[request, options]: Parameters<ProxyAgent<string>["connect"]>) {
      if (!isDirect(options.host ?? "", noProxy)) return super.connect(request, options);
      return options.secureEndpoint ? tls.connect(options) : net.connect(options);
    }
  }
  return new Tunnel(proxy, { keepAlive: true, ...(ca !== undefined && { ca }) });
}

/** Whether `aws:noProxy` names the host: `*`, or a list of hosts and domains, these with or without a dot in front. */
export function isDirect(host: string, noProxy = ""): boolean {
  const names = noProxy.split(",").map((name) => name.trim().replace(/^\*?\./, ""));
  return names.some((name) => name === "*" || name === host || (name !== "" && host.endsWith(`.${name}`)));
}
