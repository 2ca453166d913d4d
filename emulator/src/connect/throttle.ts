import { connectError } from "./errors";
import type { ConnectOperationName } from "./model";

/** A token bucket: `rate` requests a second, `burst` at once. */
export interface Rate {
  rate: number;
  burst: number;
}

/** The request quotas, for each account and Region. A quota that is not set is not enforced. */
export interface ThrottleOptions {
  /** Shared by all operations on contact evaluations and evaluation forms. */
  evaluations?: Rate;
  describeContact?: Rate;
  /** Shared by the remaining operations: tags and DescribeInstance. */
  others?: Rate;
}

/** The quotas that the service documents. */
export const documentedThrottle: Required<ThrottleOptions> = {
  evaluations: { rate: 3, burst: 5 },
  describeContact: { rate: 10, burst: 15 },
  others: { rate: 2, burst: 5 },
};

interface Bucket {
  rate: number;
  burst: number;
  tokens: number;
  filledAt: number;
}

const quotas: Partial<Record<ConnectOperationName, keyof ThrottleOptions>> = {
  TagResource: "others",
  UntagResource: "others",
  ListTagsForResource: "others",
  DescribeInstance: "others",
  DescribeContact: "describeContact",
};

/** The quota that an operation counts against. */
function quotaOf(operation: ConnectOperationName): keyof ThrottleOptions {
  return quotas[operation] ?? "evaluations";
}

/** Token buckets: one for each quota, account, and Region. A changed rate starts with a full bucket. */
export class Throttle {
  private readonly buckets = new Map<string, Bucket>();

  /** Takes a token, or refuses the request, which then costs none. */
  admit(
    operation: ConnectOperationName,
    { caller, region }: { caller: { account: string }; region: string },
    options: ThrottleOptions,
    now: Date,
  ): void {
    const quota = quotaOf(operation);
    const rate = options[quota];
    if (rate === undefined) return;
    const bucket = this.filledBucket(`${quota} ${caller.account} ${region}`, rate, now.getTime());
    if (bucket.tokens < 1) throw connectError("ThrottlingException", "Rate exceeded");
    bucket.tokens -= 1;
  }

  private filledBucket(key: string, { rate, burst }: Rate, now: number): Bucket {
    const bucket = this.buckets.get(key);
    if (bucket?.rate !== rate || bucket.burst !== burst) {
      const fresh = { rate, burst, tokens: burst, filledAt: now };
      this.buckets.set(key, fresh);
      return fresh;
    }
    const seconds = Math.max(0, now - bucket.filledAt) / 1000;
    bucket.tokens = Math.min(burst, bucket.tokens + seconds * rate);
    bucket.filledAt = now;
    return bucket;
  }
}
