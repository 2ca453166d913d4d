/** What the name of a Region looks like. */
export const regionPattern = /^[a-z]{2,4}(-[a-z]+)+-\d$/;

/** What an account looks like. */
export const accountPattern = /^\d{12}$/;

// As the endpoint rules of the AWS SDKs have them.
const partitions: Record<string, string> = {
  "us-gov-": "aws-us-gov",
  "cn-": "aws-cn",
  "eusc-": "aws-eusc",
  "us-iso-": "aws-iso",
  "us-isob-": "aws-iso-b",
  "eu-isoe-": "aws-iso-e",
  "us-isof-": "aws-iso-f",
};

/** The partition of a Region, which its ARNs start with. */
export function partitionOf(region: string): string {
  const prefix = Object.keys(partitions).find((start) => region.startsWith(start));
  return partitions[prefix ?? ""] ?? "aws";
}
