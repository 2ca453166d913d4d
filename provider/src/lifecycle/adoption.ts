import { isNotFound } from "../aws/awsError";
import { failed } from "../aws/causes";
import type { Connect } from "../connect/connect";
import type { Evaluation } from "../connect/evaluation";
import { ARN_FORM, parseConnectArn } from "../shared/arns";
import { Failure } from "../shared/errors";
import { type Fault, wrongValue } from "../shared/fault";
import { inSentence } from "../shared/inSentence";
import { type Inputs, isUnknown } from "../shared/model";
import { parseEvaluationArn } from "./evaluationArn";
import { gradesUnlike } from "./grading/drift";
import { isMarkedAsAnothers, MARKER } from "./marker";
import { refuseToShare, removeMarker } from "./ownership";
import type { Resource } from "./resource";
import type { Session } from "./session";
import { bringTagsInLine, tagsOf } from "./tagging";

/** The resource option `import`, which the engine cannot serve for a dynamic provider: create adopts instead. */

const OPTION = "the option import";

const notImportable = (expected: string, got: string): Fault => ({ kind: "value", property: OPTION, expected, got });

/** What stands against adopting, already in preview. */
export async function adoptionFaults(
  session: Session,
  resource: Resource,
  id: string,
  inputs: Inputs,
): Promise<Fault[]> {
  if (isUnknown(id)) return [];
  if (parseConnectArn(id)?.kind !== "contact-evaluation") {
    return [wrongValue(OPTION, `the ARN of a contact evaluation (${ARN_FORM["contact-evaluation"]})`, id)];
  }
  const arn = parseEvaluationArn(id);
  const connect = session.connectOf(arn);
  try {
    return await faultsOf(session, connect, resource, inputs, await connect.describeContactEvaluation(arn));
  } catch (error) {
    if (isNotFound(error)) return [notImportable("the ARN of an evaluation that exists", id)];
    throw failed(`look at evaluation ${id} to import`, error);
  }
}

/** Takes the evaluation as it is, and brings its tags in line. */
export async function adopt(session: Session, resource: Resource, id: string, inputs: Inputs): Promise<Evaluation> {
  const attempt = `adopt evaluation ${id}`;
  const arn = parseEvaluationArn(id);
  const connect = session.connectOf(arn);
  try {
    const evaluation = await connect.describeContactEvaluation(arn);
    const [fault] = await faultsOf(session, connect, resource, inputs, evaluation);
    if (fault !== undefined) throw new Failure(attempt, { why: inSentence(fault), remedy: "correct the program" });
    refuseToShare(session, id, resource.key);
    await bringTagsInLine(session, connect, evaluation, resource.key, inputs, true);
    return evaluation;
  } catch (error) {
    throw failed(attempt, error);
  }
}

async function faultsOf(
  session: Session,
  connect: Connect,
  { key }: Resource,
  inputs: Inputs,
  evaluation: Evaluation,
): Promise<Fault[]> {
  const { evaluationArn: id } = evaluation;
  const faults = [
    ...differences(inputs, evaluation),
    ...(await gradesUnlike(session.forms, connect, inputs, evaluation)),
  ];
  if (session.holdings.isHeldByAnother(id, key)) {
    faults.push(
      notImportable("the ARN of an evaluation that no other resource has", "one that this stack has already"),
    );
  } else if (isMarkedAsAnothers(await tagsOf(connect, evaluation), session.markerFor(key))) {
    const got = `one that another resource has, by its tag ${MARKER}; if that resource is gone, ${removeMarker(id)}`;
    faults.push(notImportable("the ARN of an evaluation that no other resource has", got));
  }
  return faults;
}

/** In what the evaluation differs from the program that is to adopt it. */
function differences(inputs: Inputs, evaluation: Evaluation): Fault[] {
  const { instanceId, contactId, evaluationFormId, evaluationFormVersion, autoEvaluationEnabled = false } = evaluation;
  const { autoEvaluationConfiguration: auto } = inputs;
  const compared: [property: string, declared: unknown, is: unknown][] = [
    ["instanceId", inputs.instanceId, instanceId],
    ["contactId", inputs.contactId, contactId],
    ["evaluationFormId", inputs.evaluationFormId, evaluationFormId],
    ["evaluationFormVersion", inputs.evaluationFormVersion, evaluationFormVersion],
    ["region", inputs.region, parseEvaluationArn(evaluation.evaluationArn).region],
    ["autoEvaluationConfiguration.enabled", isUnknown(auto) ? undefined : auto?.enabled, autoEvaluationEnabled],
  ];
  const faults: Fault[] = compared
    .filter(([, declared, is]) => declared !== undefined && !isUnknown(declared) && declared !== is)
    .map(([property, , is]) => ({ kind: "unlikeImported", property, expected: String(is), got: "another" }));
  if (evaluation.evaluationType === "CALIBRATION") {
    const got = "one that belongs to a calibration session, which manages it itself";
    faults.push(notImportable("the ARN of an evaluation that a stack can manage", got));
  }
  return faults;
}

/** While the option is there it must name what is managed. */
export function refuseToImportAnother({ adopts }: Resource, id: string): void {
  if (isUnknown(adopts)) return;
  throw new Failure(`import evaluation ${adopts}`, {
    why: `this resource already manages ${id}`,
    remedy: "remove the option import, or let go of the resource first: `pulumi state delete URN`",
  });
}

/** While the option is there, nothing may ask for another evaluation. */
export function refuseToReplaceImported({ adopts }: Resource, id: string, replaces: readonly string[]): void {
  if (adopts === undefined || isUnknown(adopts)) return;
  throw new Failure(
    ["replace evaluation", id, ...(replaces.length > 0 ? ["for another", replaces.join(", ")] : [])].join(" "),
    {
      why: "the option import still asks for this very evaluation",
      remedy: "remove the option import first",
    },
  );
}
