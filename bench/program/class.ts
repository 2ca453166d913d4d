import { ContactEvaluation } from "pulumi-connect-evaluations";
import type { Evaluate } from "./evaluate";

/** This package's class, as its users write it. */
export const evaluate: Evaluate = (name, args) => new ContactEvaluation(name, args);
