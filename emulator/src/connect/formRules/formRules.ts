import { connectError } from "../errors";
import { includedQuestions, questionsOf, sectionsOf } from "../questions";
import type { EvaluationFormContent, EvaluationFormItem, FormQuestion, FormSection } from "../types";
import { conditionFaults } from "./conditions";
import { countFault, lengthFault, rangeFault, uniqueFaults } from "./measures";
import { questionFaults } from "./questions";
import { thresholdFaults } from "./thresholds";

/** Refuses a form that Connect does not store. */
export function refuseUnfitForm(form: EvaluationFormContent): void {
  refuse(formFaults(form));
}

/** Refuses a form that Connect stores, but does not activate. */
export function refuseActivation(form: EvaluationFormContent): void {
  refuse([...formFaults(form), ...activationFaults(form)]);
}

function refuse(faults: string[]): void {
  if (faults.length > 0) throw connectError("InvalidParameterException", faults.join("; "));
}

/** What keeps Connect from storing a form, in words; empty if nothing does. */
export function formFaults({ Title, Description, Items, ScoringStrategy }: EvaluationFormContent): string[] {
  const questions = questionsOf(Items);
  const sections = sectionsOf(Items);
  const refIds = [...sections, ...questions].map(({ RefId }) => RefId);
  return [
    ...lengthFault("Title", Title, 1, 128),
    ...lengthFault("Description", Description, 0, 1024),
    ...Items.flatMap(({ Question }) => (Question ? [`Items: question ${Question.RefId} must be in a section`] : [])),
    ...countFault("sections", sections.length, 1, 100),
    ...countFault("questions", questions.length, 0, 100),
    ...depthFaults(Items, 1),
    ...uniqueFaults("RefId", refIds, "the form"),
    ...sections.flatMap((section) => [...itemFaults(section, 128), ...sectionFaults(section)]),
    ...questions.flatMap((question) => [...itemFaults(question, 350), ...questionFaults(question)]),
    ...conditionFaults(Items),
    ...thresholdFaults("the form", ScoringStrategy?.ScoreThresholds),
  ];
}

/** What keeps Connect from activating a form: weights and scores that do not go together. */
export function activationFaults({ Items, ScoringStrategy }: EvaluationFormContent): string[] {
  if (ScoringStrategy?.Status !== "ENABLED" || ScoringStrategy.Mode === "POINTS_BASED") return [];
  const isBySection = ScoringStrategy.Mode === "SECTION_ONLY";
  const weighted = isBySection
    ? Items.map(({ Section }) => Section?.Weight)
    : questionsOf(Items).map(({ Weight }) => Weight);
  const weights = weighted.filter((weight) => weight !== undefined);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // Weights may have fractions.
  const isFull = weights.length === 0 || Math.abs(total - 100) < 0.01;
  const whose = isBySection ? "sections" : "questions";
  return [
    ...(isFull ? [] : [`Items: the weights of the ${whose} must add up to 100, but add up to ${total}`]),
    ...includedQuestions(Items)
      .filter(lacksScores)
      .map(({ RefId }) => `Items: each option of question ${RefId} needs a Score`),
  ];
}

function lacksScores({ QuestionTypeProperties }: FormQuestion): boolean {
  return (QuestionTypeProperties?.MultiSelect?.Options ?? []).some(({ Score }) => Score === undefined);
}

// Sections may have subsections, and these have questions only.
function depthFaults(items: EvaluationFormItem[], level: number): string[] {
  return items.flatMap(({ Section }) => {
    if (Section === undefined) return [];
    return level > 2
      ? [`Items: section ${Section.RefId} must not be deeper than two levels`]
      : depthFaults(Section.Items, level + 1);
  });
}

function itemFaults(item: { RefId: string; Title: string; Instructions?: unknown }, longestTitle: number): string[] {
  const { RefId, Title, Instructions } = item;
  return [
    ...lengthFault(`Items: the RefId ${RefId}`, RefId, 1, 40),
    ...lengthFault(`Items: the Title of ${RefId}`, Title, 1, longestTitle),
    ...lengthFault(
      `Items: the Instructions of ${RefId}`,
      typeof Instructions === "string" ? Instructions : "",
      0,
      1024,
    ),
  ];
}

function sectionFaults({ RefId, Weight, ScoreThresholds }: FormSection): string[] {
  return [
    ...rangeFault(`Items: the Weight of section ${RefId}`, Weight, 0, 100),
    ...thresholdFaults(`section ${RefId}`, ScoreThresholds),
  ];
}
