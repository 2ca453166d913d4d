import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { wordsOf } from "../shared/errors";
import { InitFailed } from "./verbs";
import { sealed } from "./wire";
import { inPluginsWords } from "./words";

/** Errors as the engine takes them: a sentence, and the state to keep of what was not finished. */

export type ServiceError = Pick<grpc.ServiceError, "code" | "details"> & { metadata?: grpc.Metadata };

export function statusOf(error: unknown): ServiceError {
  const code = grpc.status.UNKNOWN;
  const isUnfinished = error instanceof InitFailed;
  const details = inPluginsWords(wordsOf(isUnfinished ? error.cause : error));
  if (!isUnfinished) return { code, details };
  return { code, details, metadata: keepingState(error, code, details) };
}

export const unimplemented = (method: string): ServiceError => ({
  code: grpc.status.UNIMPLEMENTED,
  details: `this provider does not implement ${method}: it has the resource ContactEvaluation and the function getContactEvaluations`,
});

/** Where gRPC has the details of a status. */
const DETAILS = "grpc-status-details-bin";

function keepingState({ id, inputs, outputs }: InitFailed, code: number, message: string): grpc.Metadata {
  const failed = new ErrorResourceInitFailed();
  failed.setId(id);
  failed.setProperties(sealed(outputs));
  failed.setInputs(sealed(inputs));
  failed.setReasonsList([message]);
  const detail = new Any();
  detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(code);
  status.setMessage(message);
  status.addDetails(detail);
  const metadata = new grpc.Metadata();
  metadata.add(DETAILS, Buffer.from(status.serializeBinary()));
  return metadata;
}
