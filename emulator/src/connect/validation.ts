import { inputValidation } from "../wire/validation";
import { model } from "./model";

/** Checks inputs against the model of Connect. */
export const violationOf = inputValidation("connect", model);
