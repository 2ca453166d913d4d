import { ServiceError } from "../wire/errors";
import { model } from "./model";

/** An error of STS with its usual status (400 for an unknown name). */
export function stsError(name: string, message: string, status = model.errors[name] ?? 400): ServiceError {
  return new ServiceError(name, status, message);
}
