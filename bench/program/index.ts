import { Config } from "@pulumi/pulumi";
import type { Evaluate } from "./evaluate";

const config = new Config();
const instanceId = config.require("instanceId");
const evaluationFormId = config.require("evaluationFormId");

// Only its own module: what another contender loads is not its cost.
const { evaluate } = require(`./${config.require("contender")}`) as { evaluate: Evaluate };

for (const [n, contactId] of config.requireObject<string[]>("contactIds").entries()) {
  const tags = { purpose: "calibration", team: "quality", round: process.env.BENCH_ROUND ?? "" };
  evaluate(`e${n}`, { instanceId, contactId, evaluationFormId, tags });
}
