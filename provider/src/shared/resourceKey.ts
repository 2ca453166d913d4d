import { hash } from "./hash";

/**
 * 128 bits that stay the same for a resource however often its creation is repeated. A rename or a move changes them.
 * @param organization of Pulumi, where the program is told it.
 */
export const resourceKey = (urn: string, organization = ""): string => hash(organization, urn).slice(0, 32);
