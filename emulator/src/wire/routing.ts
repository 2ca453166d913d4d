import type { Endpoint, Route, Scope } from "./endpoint";
import { HttpError } from "./errors";
import type { HttpRequest } from "./request";

/** What answers a request, and the members of its path. */
export interface Destination {
  endpoint: Endpoint;
  /** Decodes the members of the path; throws if one is not percent-encoded. */
  params: () => Record<string, string>;
}

/** Finds what answers a request. The last scope must own every path. */
export type FindDestination = (request: HttpRequest) => Destination;

/** Routes on the raw path, since an ARN in a path has encoded slashes. */
export function routing(scopes: readonly Scope[]): FindDestination {
  const tables = scopes.map((scope) => ({
    scope,
    routes: scope.routes.map((route) => ({ route, pattern: patternOf(route) })),
  }));
  return (request) => {
    const table = tables.find(({ scope }) => scope.owns(request));
    if (table === undefined) throw new Error(`No scope owns ${request.path}`);
    for (const { route, pattern } of table.routes) {
      const groups = route.method === request.method ? pattern.exec(request.path) : null;
      if (groups !== null) return { endpoint: route, params: () => decoded(groups.groups ?? {}) };
    }
    return { endpoint: table.scope.otherwise, params: () => ({}) };
  };
}

// A segment may be empty: that a member must not be so is a rule of the service.
function patternOf({ uri }: Route): RegExp {
  return new RegExp(`^${uri.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]*)")}$`);
}

function decoded(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, segment]) => [name, decodedSegment(segment)]));
}

function decodedSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new HttpError(400, `The path has ${segment}, which is not percent-encoded`);
  }
}
