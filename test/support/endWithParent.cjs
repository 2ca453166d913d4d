// Preloaded into mocha by test/run.ts: where that was killed without notice, nobody waits for the tests any more, and nobody
// ends their session. mocha's workers, into which it is preloaded too, have such a line of their own.
if (process.env.MOCHA_WORKER_ID === undefined) {
  process.on("disconnect", async () => {
    const { endSession } = await import("../../scripts/engine/session.mjs");
    await endSession(process.pid);
  });
  process.channel?.unref();
}
