import assert from "node:assert/strict";
import { readOptions } from "../../provider/src/importFile/options";
import { UsageError } from "../../provider/src/shared/errors";

describe("the options of import-file", () => {
  const wrong: [string, string[], RegExp][] = [
    ["without an instance", ["--form", "f"], /^--instance is missing/],
    ["without a word on which evaluations", ["--instance", "i"], /^say which evaluations/],
    ["with an unknown option", ["--nope"], /^Unknown option '--nope'/],
    ["with an instance given twice", ["--instance", "i", "--instance", "j"], /^--instance can be given only once/],
    ["with a tag that is none", ["--instance", "i", "--tag", "x"], /^--tag must be KEY=VALUE; got "x"/],
    ["with an ARN of another kind", ["--instance", "i", "--contact", "arn:aws:x"], /^--contact must be the id of a/],
    [
      "with ARNs that disagree",
      ["--instance", "i", "--contact", "arn:aws:connect:us-west-2:1:instance/j/contact/c"],
      /^--contact is an ARN of instance j, and --instance says i/,
    ],
    [
      "with ids that are named as inputs are",
      ["--instance", "region", "--contact", "arn:aws:connect:us-west-2:1:instance/contactId/contact/c"],
      /^--contact is an ARN of instance contactId, and --instance says region; make them agree$/,
    ],
    ["with an empty contact", ["--instance", "i", "--contact", ""], /^--contact must be .*; got an empty string/],
    ["with no name of a Region", ["--instance", "i", "--form", "f", "--region", "x"], /^--region must be the name of/],
    ["with one place for both files", ["--instance", "i", "--form", "f", "--out", "-", "--program", "-"], /both -/],
    [
      "with a name that Pulumi cannot have",
      ["--instance", "i", "--form", "f", "--name-prefix", "a::"],
      /^--name-prefix/,
    ],
  ];
  for (const [what, args, message] of wrong) {
    it(`are refused in one sentence ${what}`, () => {
      assert.throws(
        () => readOptions(args),
        (error) => error instanceof UsageError && message.test(error.message) && !error.message.includes("\n"),
      );
    });
  }
});
