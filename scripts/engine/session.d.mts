/** Ends every process of a session, by the id of the process that leads it. */
export function endSession(leader: number): Promise<void>;
