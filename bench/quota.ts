import * as os from "node:os";
import { type Rate, startConnectEmulator } from "connect-emulator";
import { ContactEvaluation } from "pulumi-connect-evaluations";
import { createTestStack } from "../test/engine/support/stack";

/**
 * How close many evaluations come to the least time that a quota allows, on the real engine.
 * usage: node --import tsx bench/quota.ts [COUNT] [RATE/BURST …], with `none` for no quota
 */
async function main([count = "150", ...quotas]: string[]): Promise<void> {
  console.log(`${os.cpus().length} × ${os.cpus()[0]?.model}, Node.js ${process.version}, ${count} evaluations`);
  console.log("| quota | operation | seconds | least | ratio | calls | throttled | lost |");
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const quota of quotas.length > 0 ? quotas : ["3/5"]) await measure(Number(count), quota);
}

async function measure(count: number, quota: string): Promise<void> {
  const emulator = await startConnectEmulator({ region: "eu-central-1" });
  const stack = await createTestStack({ emulator: emulator.url });
  const { instanceId } = emulator.addInstance();
  const { evaluationFormId } = emulator.addEvaluationForm(instanceId);
  const contacts = Array.from({ length: count }, () => emulator.addContact(instanceId).contactId);
  const program = (round: string) => async () => {
    for (const [n, contactId] of contacts.entries()) {
      new ContactEvaluation(`e${n}`, { instanceId, contactId, evaluationFormId, tags: { round } });
    }
  };
  const [rate, burst] = quota.split("/").map(Number);
  const limit: Rate | undefined = rate && burst ? { rate, burst } : undefined;
  emulator.throttle = limit ? { evaluations: limit, others: limit } : {};
  const operations: [string, number, () => Promise<unknown>][] = [
    ["up", 2, () => stack.up({ program: program("1"), parallel: 100 })],
    ["refresh", 1, () => stack.refresh({ parallel: 100 })],
    ["tags", 1, () => stack.up({ program: program("2"), parallel: 100 })],
    ["destroy", 2, () => stack.destroy({ parallel: 100 })],
  ];
  try {
    for (const [name, callsEach, operate] of operations) {
      // Each operation finds a full bucket, as one that comes after another command of a person does.
      emulator.throttle = { ...emulator.throttle };
      emulator.clearRequests();
      const began = performance.now();
      const lost = await operate().then(
        () => 0,
        () => count - emulator.evaluations().length,
      );
      const seconds = (performance.now() - began) / 1000;
      const least = limit ? (count * callsEach - limit.burst) / limit.rate : 0;
      const throttled = emulator.requests.filter(({ status }) => status === 429).length;
      const ratio = limit ? (seconds / least).toFixed(2) : "";
      console.log(
        `| ${quota} | ${name} | ${seconds.toFixed(1)} | ${least.toFixed(1)} | ${ratio} | ${emulator.calls()} | ${throttled} | ${lost} |`,
      );
    }
  } finally {
    await emulator.close();
    await stack.dispose();
  }
}

main(process.argv.slice(2));
