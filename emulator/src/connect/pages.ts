import { connectError } from "./errors";

/** Input of the operations that return pages. */
export interface PageInput {
  MaxResults?: number;
  NextToken?: string;
}

const defaultMaxResults = 100;

/** One page of a list, and the token of the next page if there is one. */
export function page<Item>(items: Item[], input: PageInput): { items: Item[]; next: { NextToken?: string } } {
  const start = input.NextToken === undefined ? 0 : startOf(input.NextToken);
  const end = start + (input.MaxResults ?? defaultMaxResults);
  return { items: items.slice(start, end), next: end < items.length ? { NextToken: tokenOf(end) } : {} };
}

function tokenOf(start: number): string {
  return Buffer.from(`from ${start}`).toString("base64url");
}

function startOf(token: string): number {
  const start = /^from (\d+)$/.exec(Buffer.from(token, "base64url").toString())?.[1];
  if (start === undefined) throw connectError("InvalidParameterException", "NextToken: is none of this list");
  return Number(start);
}
