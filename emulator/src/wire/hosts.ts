import { isIP } from "node:net";

/** Whether a Host header names this server. */
export type KnowsHost = (header: string | undefined) => boolean;

const loopback = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|::1)$/;
const everyAddress = ["0.0.0.0", "::"];

/**
 * Knows the names of the loopback, what the server was told to listen on, and further names. A server that listens on
 * every address of the machine is known by any address, for what is not a name cannot be made to lead here.
 */
export function hostCheck(bound: string, further: readonly string[]): KnowsHost {
  const names = [bound, ...further].map((name) => name.toLowerCase());
  return (header) => {
    const host = hostOf(header);
    return loopback.test(host) || names.includes(host) || (everyAddress.includes(bound) && isIP(host) !== 0);
  };
}

/** The name or address in a Host header, without a port and the brackets of IPv6. */
export function hostOf(header = ""): string {
  const [, address, name = ""] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(header.trim()) ?? [];
  return (address ?? name).toLowerCase();
}

/** An address, or a name, as the host of a URL. */
export function urlHost(bound: string): string {
  if (bound === "0.0.0.0") return "127.0.0.1";
  if (bound === "::") return "[::1]";
  return isIP(bound) === 6 ? `[${bound}]` : bound;
}
