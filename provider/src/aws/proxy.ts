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
      if (!isDirect(options.host ?? "", Number(options.port), noProxy)) return super.connect(request, options);
      return options.secureEndpoint ? tls.connect(options) : net.connect(options);
    }
  }
  return new Tunnel(proxy, { keepAlive: true, ...(ca !== undefined && { ca }) });
}

/**
 * Whether a host is called without a proxy, by the rules of Go's `httpproxy`, which `@pulumi/aws` goes by: this machine
 * itself, and what the list names. `*` is every host, `example.com` is that host and all below, `.example.com` and
 * `*.example.com` are those below, and an address or a range such as `10.0.0.0/8` is meant as it is; each may have a
 * port. Libraries for Node.js read the list otherwise: most take `example.com` for that one host.
 */
export function isDirect(host: string, port: number, noProxy = ""): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  if (name === "localhost" || isIn(name, "127.0.0.0/8") || name === "::1") return true;
  return noProxy.split(",").some((entry) => isNamed(name, port, entry.trim().toLowerCase()));
}

function isNamed(host: string, port: number, entry: string): boolean {
  if (entry === "*") return true;
  if (entry.includes("/")) return isIn(host, entry);
  const [, bracketed, plain = "", onlyPort] = /^(?:\[(.*)\]|([^:]*|.*:.*:.*))(?::(\d+))?$/.exec(entry) ?? [];
  const name = bracketed ?? plain;
  if (name === "" || (onlyPort !== undefined && Number(onlyPort) !== port)) return false;
  const domain = name.replace(/^\*?\.?/, "");
  return host.endsWith(`.${domain}`) || (host === domain && name === domain);
}

function isIn(host: string, range: string): boolean {
  const [network = "", length] = range.split("/");
  const families = { 4: "ipv4", 6: "ipv6" } as const;
  const [ours, theirs] = [host, network].map((address) => net.isIP(address) as 0 | 4 | 6);
  if (!ours || !theirs || ours !== theirs) return false;
  const list = new net.BlockList();
  try {
    list.addSubnet(network, Number(length), families[ours]);
  } catch {
    // No length of a network: the entry names nothing.
    return false;
  }
  return list.check(host, families[ours]);
}
