import type { ConnectOperationName } from "../model";
import { activateEvaluationForm } from "./activateEvaluationForm";
import { createEvaluationForm } from "./createEvaluationForm";
import { deactivateEvaluationForm } from "./deactivateEvaluationForm";
import { deleteContactEvaluation } from "./deleteContactEvaluation";
import { deleteEvaluationForm } from "./deleteEvaluationForm";
import { describeContact } from "./describeContact";
import { describeContactEvaluation } from "./describeContactEvaluation";
import { describeEvaluationForm } from "./describeEvaluationForm";
import { describeInstance } from "./describeInstance";
import { listContactEvaluations } from "./listContactEvaluations";
import { listEvaluationForms } from "./listEvaluationForms";
import { listEvaluationFormVersions } from "./listEvaluationFormVersions";
import { listTagsForResource } from "./listTagsForResource";
import { searchContactEvaluations } from "./searchContactEvaluations";
import { startContactEvaluation } from "./startContactEvaluation";
import { submitContactEvaluation } from "./submitContactEvaluation";
import { tagResource } from "./tagResource";
import { untagResource } from "./untagResource";
import { updateContactEvaluation } from "./updateContactEvaluation";
import { updateEvaluationForm } from "./updateEvaluationForm";

/** The handler of each operation. */
export const operations = {
  StartContactEvaluation: startContactEvaluation,
  DescribeContactEvaluation: describeContactEvaluation,
  UpdateContactEvaluation: updateContactEvaluation,
  SubmitContactEvaluation: submitContactEvaluation,
  DeleteContactEvaluation: deleteContactEvaluation,
  ListContactEvaluations: listContactEvaluations,
  SearchContactEvaluations: searchContactEvaluations,
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
  CreateEvaluationForm: createEvaluationForm,
  UpdateEvaluationForm: updateEvaluationForm,
  DescribeEvaluationForm: describeEvaluationForm,
  DeleteEvaluationForm: deleteEvaluationForm,
  ActivateEvaluationForm: activateEvaluationForm,
  DeactivateEvaluationForm: deactivateEvaluationForm,
  ListEvaluationForms: listEvaluationForms,
  ListEvaluationFormVersions: listEvaluationFormVersions,
  DescribeContact: describeContact,
  DescribeInstance: describeInstance,
} satisfies Record<ConnectOperationName, unknown>;
