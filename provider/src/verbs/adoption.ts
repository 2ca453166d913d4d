import { isNotFound } from "../aws/awsError";
import { during } from "../aws/causes";
import type { Evaluation } from "../connect/evaluation";
import { gradesUnlike } from "../grading/compare";
import { MARKER, newLife, REMEDIES_FOR_TAGS, removeMarker, whose } from "../identity/marker";
import { mark, takeBack, withTags } from "../identity/ownership";
import { find } from "../presence/find";
import { ARN_FORM, parseConnectArn, parseEvaluationArn } from "../shared/arns";
import { Failure } from "../shared/errors";
import { type Fault, wrongValue } from "../shared/fault";
import { inSentence } from "../shared/inSentence";
import { type Inputs, isUnknown, type State } from "../shared/model";
import type { Managed, Resource } from "./declarations";
import type { Session } from "./session";
import { keeping, startedState, stateOf } from "./state";
import { bringTagsInLine } from "./tags";

/** The resource option `import`, which the engine cannot serve for a dynamic provider: create adopts instead. */

const OPTION = "the option import";

const notImportable = (expected: string, got: string): Fault => ({ kind: "value", property: OPTION, expected, got });

/** What stands against adopting, already in preview. */
export async function adoptionFaults(session: Session, resource: Resource, inputs: Inputs): Promise<Fault[]> {
  const { adopts: id = "" } = resource;
  if (isUnknown(id)) return [];
  if (parseConnectArn(id)?.kind !== "contact-evaluation") {
    return [wrongValue(OPTION, `the ARN of a contact evaluation (${ARN_FORM["contact-evaluation"]})`, id)];
  }
  return during(`look at evaluation ${id} to import`, async () => {
    try {
      const adoption = adoptionOf(session, resource, inputs);
      return await faultsOfAdopting(adoption, await adoption.connect.describeContactEvaluation(adoption.arn));
    } catch (error) {
      if (isNotFound(error)) return [notImportable("the ARN of an evaluation that exists", id)];
      throw error;
    }
  });
}

/** Takes the evaluation as it is, brings its tags in line, and marks it. */
export function adopt(session: Session, resource: Resource, inputs: Inputs): Promise<State> {
  const adoption = adoptionOf(session, resource, inputs);
  const { connect, id, key } = adoption;
  const attempt = `adopt evaluation ${id}`;
  return during(attempt, async () => {
    const described = await connect.describeContactEvaluation(adoption.arn);
    const [fault] = await faultsOfAdopting(adoption, described);
    if (fault !== undefined) throw new Failure(attempt, { why: inSentence(fault), remedy: "correct the program" });
    const evaluation = await withTags(connect, described);
    const marker = newLife(adoption.marker, connect.clock.now(), evaluation.tags);
    session.holdings.noteLife(id, marker);
    session.holdings.claimOrRefuse(id, key, marker);
    await during(attempt, () => bringTagsInLine(adoption, evaluation), REMEDIES_FOR_TAGS);
    await keeping(
      () => startedState({ inputs, marker }, evaluation),
      attempt,
      () => mark(connect, id, marker),
    );
    return stateOf(inputs, evaluation, { marker });
  });
}

type Adoption = ReturnType<typeof adoptionOf>;

const adoptionOf = (session: Session, { adopts = "", key }: Resource, inputs: Inputs) => {
  const arn = parseEvaluationArn(adopts);
  return {
    session,
    connect: session.connectIn(arn.region),
    key,
    marker: session.markerFor(key),
    id: adopts,
    arn,
    inputs,
  };
};

async function faultsOfAdopting({ session, connect, key, marker, id, inputs }: Adoption, evaluation: Evaluation) {
  const faults = [...unlikeDeclared(inputs, evaluation), ...(await gradesUnlike(connect, inputs, evaluation))];
  const nobodyElses = "the ARN of an evaluation that no other resource has";
  if (session.holdings.isHeldByAnother(id, key)) {
    faults.push(notImportable(nobodyElses, "one that this stack has already"));
  } else if (whose((await withTags(connect, evaluation)).tags, marker) === "another's") {
    const got = `one that another resource has, by its tag ${MARKER}; if that resource is gone, ${removeMarker(id)}`;
    faults.push(notImportable(nobodyElses, got));
  }
  return faults;
}

/** In what the evaluation differs from the program that is to adopt it. */
function unlikeDeclared(inputs: Inputs, evaluation: Evaluation): Fault[] {
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

/**
 * Whether the resource lets go of its evaluation for the one to import. It may where its own is gone, as after a
 * replacement that failed half way; else the option must name what is managed.
 */
export async function isLetGoForImport(
  session: Session,
  { adopts, key }: Resource,
  managed: Managed,
): Promise<boolean> {
  const { id } = managed;
  if (adopts === undefined || isUnknown(adopts) || adopts === id) return false;
  return during(`import evaluation ${adopts} in place of ${id}`, async () => {
    if ((await find(session.existence(managed, key))) === "gone") return true;
    throw new Failure(`import evaluation ${adopts}`, {
      why: `this resource already manages ${id}`,
      remedy: "remove the option import, or let go of the resource first: `pulumi state delete URN`",
    });
  });
}

/** While the option is there, nothing may ask for another evaluation. */
export function refuseToReplaceImported({ adopts }: Resource, id: string, replaces: readonly string[]): void {
  if (adopts === undefined || isUnknown(adopts)) return;
  const purpose = replaces.length > 0 ? ` for another ${replaces.join(", ")}` : "";
  const untag = replaces.includes("marker") ? `; or, if no other resource has it, ${takeBack(id)}` : "";
  throw new Failure(`replace evaluation ${id}${purpose}`, {
    why: "the option import still asks for this very evaluation",
    remedy: `remove the option import first${untag}`,
  });
}
