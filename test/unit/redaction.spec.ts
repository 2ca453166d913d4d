import assert from "node:assert/strict";
import { redact, type Sent } from "../../provider/src/aws/redaction";

describe("what was sent and a service repeats in its error", () => {
  const cases: readonly [what: string, said: string, sent: Sent[], shown: string][] = [
    ["a text", "Value 'canary' at 'notes'", ["canary"], "Value '[redacted]' at 'notes'"],
    ["a text inside of another word", "Value 'xcanaryx'", ["canary"], "Value 'x[redacted]x'"],
    ["a short text that stands for itself", "Value 'No' is no option", ["No"], "Value '[redacted]' is no option"],
    ["no short text inside of another word", "Not a Notion", ["No"], "Not a Notion"],
    ["a short text beside one in another script", "选项“好”不对", ["好"], "选项“[redacted]”不对"],
    ["a text of signs alone", "Value '?' failed", ["?"], "Value '[redacted]' failed"],
    ["a text with the signs of a pattern", "Value 'a.c(1' or 'abc'", ["a.c(1"], "Value '[redacted]' or 'abc'"],
    ["a text that another one begins with", "Value 'canary-two'", ["canary", "canary-two"], "Value '[redacted]'"],
    ["a text of several lines, as JSON", '{"Value":"a \\"b\\"\\nc"}', ['a "b"\nc'], '{"Value":"[redacted]"}'],
    ["a text without the spaces around it", "Value 'canary'", [" canary\n"], "Value '[redacted]'"],
    ["no blank text", "Value ' ' failed", [" ", ""], "Value ' ' failed"],
    ["a number", "Value '7' at 'answers'", [7], "Value '[redacted]' at 'answers'"],
    ["a number in another spelling", "7.0, 7.00, 0.7E1.", [7], "[redacted], [redacted], [redacted]."],
    ["a number and its sign", "Value '-7.5' failed", [-7.5], "Value '[redacted]' failed"],
    ["a large number", "Value 1.2345678E7 failed", [12_345_678], "Value [redacted] failed"],
    ["no number inside of another one", "17, 7.5, 1.7, id7, 7th", [7], "17, 7.5, 1.7, id7, 7th"],
    ["each member of a list", "Value '[One, T]'", ["One", "T"], "Value '[[redacted], [redacted]]'"],
    ["nothing else", "Value '8' at 'answers' failed", [7, "canary"], "Value '8' at 'answers' failed"],
  ];
  for (const [what, said, sent, shown] of cases) {
    it(`is taken out: ${what}`, () => assert.equal(redact(said, sent), shown));
  }
});
