import { authenticate, authorize, type Gate, type Permissions } from "../wire/credentials";
import { anonymous, type Identities } from "../wire/identities";
import type { Clock } from "../wire/requestDate";
import type { Answer, Call, Service } from "../wire/service";
import { inputValidation } from "../wire/validation";
import type { StsContext, StsOperation } from "./context";
import { stsError } from "./errors";
import { model, type StsOperationName, version } from "./model";
import { operations } from "./operations";
import { xml } from "./xml";

/** What STS works with. Clock and permissions are read at each request, because they may change at any time. */
interface StsParts {
  readonly behaviour: Permissions & Clock;
  readonly identities: Identities;
}

const headers = { "content-type": "text/xml" };
const namesByStatus: Record<number, string> = { 403: "AccessDenied" };
const namespace = `xmlns="https://sts.amazonaws.com/doc/${version}/"`;

const gate: Gate = {
  service: "sts",
  refusals: {
    unsigned: "MissingAuthenticationToken",
    incomplete: "IncompleteSignature",
    otherService: "SignatureDoesNotMatch",
    unknown: "InvalidClientTokenId",
    expired: "ExpiredToken",
    denied: "AccessDenied",
  },
  error: stsError,
};

const violationOf = inputValidation("sts", model);

/** STS: the query protocol of AWS. Requests are forms, answers are XML. */
export function stsService(parts: StsParts): Service<StsOperationName> {
  return {
    perform: (call) => perform(parts, call),
    errorAnswer: ({ name, status, message }, requestId) => {
      const error = xml({ Type: status < 500 ? "Sender" : "Receiver", Code: name, Message: message });
      const body = `<ErrorResponse ${namespace}><Error>${error}</Error>${xml({ RequestId: requestId })}</ErrorResponse>`;
      return { status, headers, body, error: name };
    },
    error: stsError,
    httpError: (status, message) =>
      status >= 500
        ? stsError("InternalFailure", message)
        : stsError(namesByStatus[status] ?? "MalformedInput", message, status),
  };
}

function perform({ behaviour, identities }: StsParts, call: Call<StsOperationName>): Answer {
  const { operation, input, request, requestId } = call;
  const now = behaviour.now();
  const { caller } = model.operations[operation].unsigned
    ? { caller: anonymous }
    : authenticate(request.headers, gate, identities, behaviour);
  authorize(caller, operation, gate, behaviour);
  const violation = violationOf(operation, input);
  if (violation !== undefined) throw stsError("ValidationError", violation);
  const result = run(operation, { identities, caller, now }, input);
  const parts = { [`${operation}Result`]: result, ResponseMetadata: { RequestId: requestId } };
  return { status: 200, headers, body: `<${operation}Response ${namespace}>${xml(parts)}</${operation}Response>` };
}

function run(operation: StsOperationName, context: StsContext, input: object): ReturnType<StsOperation<never>> {
  // The input was validated against the schema of this operation.
  const handler = operations[operation] as StsOperation<unknown>;
  return handler(context, input);
}
