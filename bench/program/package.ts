import { ContactEvaluation } from "pulumi-connect-evaluations";
import type { Evaluate } from "./evaluate";

/** This package, as its users write it. */
export const evaluate: Evaluate = (name, args) => new ContactEvaluation(name, args);
