/** How many random sequences a test plays: `usual` of them, and every night ten times as many (workflow `nightly`). */
export const sequences = (usual: number): number => usual * Number(process.env.TEST_SEQUENCES ?? 1);
