import { ARN_FORM, type ConnectArn, parseConnectArn } from "../shared/arns";
import { Failure } from "../shared/errors";

/** The parts of a resource's id. An empty one must never reach the service: its requests would go to another address. */
export function parseEvaluationArn(id: string): ConnectArn {
  const arn = parseConnectArn(id);
  if (arn?.kind === "contact-evaluation") return arn;
  throw new Failure(`work with the evaluation ${JSON.stringify(id)}`, {
    why: "that is not the ARN of a contact evaluation",
    remedy: `give an ARN like ${ARN_FORM["contact-evaluation"]}`,
  });
}
