import { ServiceError } from "../wire/errors";
import { type ConnectOperationName, model } from "./model";

// Answers of the front end that no operation models.
const frontEndErrors: Record<string, number> = {
  SerializationException: 400,
  MissingAuthenticationTokenException: 403,
  IncompleteSignatureException: 403,
  InvalidSignatureException: 403,
  UnrecognizedClientException: 403,
  ExpiredTokenException: 403,
  UnknownOperationException: 404,
  RequestEntityTooLargeException: 413,
  UnsupportedMediaTypeException: 415,
};

/** An error of Connect with the status that the API model gives it (400 for an unknown name). */
export function connectError(name: string, message: string, status = statusOf(name)): ServiceError {
  return new ServiceError(name, status, message);
}

/** The 400 that this operation models: for a few it is InvalidRequestException. */
export function invalidInput(operation: ConnectOperationName, message: string): ServiceError {
  const modelled = model.operations[operation].errors;
  const name = modelled.includes("InvalidParameterException") ? "InvalidParameterException" : "InvalidRequestException";
  return connectError(name, message);
}

function statusOf(name: string): number {
  return model.errors[name] ?? frontEndErrors[name] ?? 400;
}
