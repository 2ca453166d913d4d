import { allOf, anyOf, needed, type Predicate } from "./criteria";

interface TagCondition {
  TagKey?: string;
  TagValue?: string;
}

interface AttributeCondition {
  AttributeKey?: "ContactAgentId";
  AttributeValue?: { StringValue?: string };
  ComparisonType?: "EXACT";
}

interface AndCondition {
  TagConditions?: TagCondition[];
  AttributeConditions?: AttributeCondition[];
}

interface AttributeFilter {
  OrConditions?: AndCondition[];
  AndCondition?: AndCondition;
  TagCondition?: TagCondition;
  ContactEvaluationAttributeCondition?: AttributeCondition;
}

/** Narrows a search by tags and by agent. Both filters have the same shape, one without attributes. */
export interface SearchFilter {
  AttributeFilter?: AttributeFilter;
  ContactEvaluationAttributeFilter?: AttributeFilter;
}

/** Turns a filter into a predicate. All members that are set must match. */
export function passesFilter({ AttributeFilter, ContactEvaluationAttributeFilter }: SearchFilter): Predicate {
  return allOf([AttributeFilter ?? {}, ContactEvaluationAttributeFilter ?? {}].map(passes));
}

function passes(filter: AttributeFilter): Predicate {
  const { OrConditions = [], AndCondition, TagCondition, ContactEvaluationAttributeCondition } = filter;
  return allOf([
    ...(OrConditions.length > 0 ? [anyOf(OrConditions.map(holdsAll))] : []),
    ...(AndCondition ? [holdsAll(AndCondition)] : []),
    ...(TagCondition ? [isTagged(TagCondition)] : []),
    ...(ContactEvaluationAttributeCondition ? [hasAttribute(ContactEvaluationAttributeCondition)] : []),
  ]);
}

function holdsAll({ TagConditions = [], AttributeConditions = [] }: AndCondition): Predicate {
  return allOf([...TagConditions.map(isTagged), ...AttributeConditions.map(hasAttribute)]);
}

// We infer that a condition without a value asks for the key alone.
function isTagged({ TagKey, TagValue }: TagCondition): Predicate {
  const key = needed(TagKey, "TagCondition.TagKey");
  return ({ tags }) => Object.hasOwn(tags, key) && (TagValue === undefined || tags[key] === TagValue);
}

// The schema knows one attribute and one comparison.
function hasAttribute({ AttributeKey, AttributeValue }: AttributeCondition): Predicate {
  needed(AttributeKey, "ContactEvaluationAttributeCondition.AttributeKey");
  const wanted = needed(AttributeValue?.StringValue, "ContactEvaluationAttributeCondition.AttributeValue.StringValue");
  return ({ contactAgentId }) => contactAgentId === wanted;
}
