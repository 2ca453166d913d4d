import assert from "node:assert/strict";
import { parse } from "../../emulator/src/flags";

describe("the options of the command line", () => {
  const wrong: [string, string[], RegExp][] = [
    ["an unknown option", ["--nope"], /'--nope'/],
    ["a word", ["hello"], /'hello'/],
    [
      "an unknown position",
      ["--form-tags", "maybe"],
      /--form-tags must be one of: not copied \| copied, but got: maybe/,
    ],
    ["a port that is none", ["--port", "70000"], /--port must be a whole number from 0 to 65535, but got: 70000/],
    ["a status that is none", ["--delete-in-status", "DRAFT,GONE"], /DRAFT \| SUBMITTED .*got: GONE/],
    ["an account that is none", ["--account", "1"], /--account must be 12 digits/],
    ["a Region that is none", ["--region", "here"], /--region must be a Region/],
    ["a lag that is none", ["--start-lag-ms", "soon"], /--start-lag-ms must be a whole number/],
    ["a time that is none", ["--automation-ms", "never"], /--automation-ms must be a whole number/],
    [
      "answers that are no JSON",
      ["--automated-answers", "q1=Yes"],
      /--automated-answers must be JSON, but got: q1=Yes/,
    ],
    ["answers that are a list", ["--automated-answers", "[]"], /--automated-answers must be an object/],
    ["an answer that is none", ["--automated-answers", '{"q1":"Yes"}'], /--automated-answers: Answers\.q1\.Value: /],
    ["a lag of no read", ["--delete-lag-ms", "TagResource=1"], /--delete-lag-ms must be one of: .*got: TagResource/],
    ["a denial of no operation", ["--deny", "Everything"], /--deny must be one of: .*got: Everything/],
    ["an access key without an account", ["--access-key", "AKIA"], /--access-key must be id=account/],
    ["a fault of no operation", ["--fault", "drop"], /--fault must be one of: /],
    ["a fault that is none", ["--fault", "DescribeContact=explode"], /--fault must be drop, .*got: explode/],
    ["a missing value", ["--region"], /--region/],
    ["a set-up that is not there", ["--setup", "none.json"], /^--setup none\.json: cannot be read: ENOENT/],
    [
      "a form beside a set-up",
      ["--setup", `${__dirname}/fixtures/empty.json`, "--form", `${__dirname}/fixtures/form.json`],
      /^--form adds to the default set-up: put the form into the file of --setup instead/,
    ],
  ];
  for (const [what, args, message] of wrong) {
    it(`are refused with what is allowed where one is ${what}`, () => {
      assert.throws(() => parse(args), { message });
    });
  }
});
