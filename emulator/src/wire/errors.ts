/** An error answer of a service: its wire name, its status and its text. */
export class ServiceError extends Error {
  constructor(
    override readonly name: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
