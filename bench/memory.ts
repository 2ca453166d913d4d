import { startConnectEmulator } from "../emulator/src";
import { DECLARED_SOURCE } from "../provider/src/dynamic/providerSource";
import { emulatorConfig } from "../test/support/preparedStack";
import type { Plan } from "./plan";
import { ProviderProcess } from "./providerProcess";

/** What one provider process holds on to after so many evaluations, garbage not counted. */
export interface LiveHeap {
  count: number;
  megabytes: number;
}

/** @param memoryCounts in rising order */
export async function measureMemory({ memoryCounts }: Plan): Promise<LiveHeap[]> {
  const emulator = await startConnectEmulator({ region: "eu-central-1" });
  const { instanceId } = emulator.addInstance();
  const { evaluationFormId } = emulator.addEvaluationForm(instanceId);
  const provider = await ProviderProcess.start();
  try {
    await provider.configure(emulatorConfig(emulator.url));
    const heaps: LiveHeap[] = [];
    let started = 0;
    for (const count of memoryCounts) {
      for (; started < count; started++) {
        const { contactId } = emulator.addContact(instanceId);
        const news = { instanceId, contactId, evaluationFormId, __provider: DECLARED_SOURCE, __key: `key ${started}` };
        await provider.create(await provider.check(news));
      }
      heaps.push({ count, megabytes: (await provider.liveHeap()) / 1e6 });
    }
    return heaps;
  } finally {
    provider.end();
    await emulator.close();
  }
}
