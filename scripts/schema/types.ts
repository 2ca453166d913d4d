import * as ts from "typescript";
import { type Declared, type Member, membersOf } from "./source";

/** TypeScript's types as those of a Pulumi schema. */

export type Spec = Readonly<Record<string, unknown>>;

export interface ObjectSpec {
  type: "object";
  description: string;
  properties: Record<string, Spec>;
  required?: string[];
}

/** TypeScript has one kind of number. */
const INTEGERS: readonly string[] = ["evaluationFormVersion", "timeoutSeconds", "maxRetries"];

const ANY: Spec = { $ref: "pulumi.json#/Any" };

/**
 * An answer may be a list, and Python's SDK fails on a list among the alternatives of a union when the program runs. So
 * it is of any type, and the provider's own check says what it may be.
 */
const OF_ANY_TYPE: readonly string[] = ["Answer", "AnswerArgs"];

/** What holds a value that the program may not know yet. */
const WRAPPERS: readonly string[] = ["pulumi.Input", "pulumi.Output"];

/** The named types of the schema. They come about as properties refer to them. */
export class Types {
  readonly specs: Record<string, ObjectSpec> = {};

  constructor(
    private readonly prefix: string,
    private readonly declared: ReadonlyMap<string, Declared>,
    /** The members of a type that are secret by their nature. */
    private readonly secretsOf: (name: string) => readonly string[],
  ) {}

  /** Properties of these members. */
  properties(members: readonly Member[]): Record<string, Spec> {
    return Object.fromEntries(
      members.map((member) => {
        const description = [member.description, this.wordsOnAny(member.type)].filter(Boolean).join(" ");
        return [member.name, { ...this.typeOf(member.type, member), description }];
      }),
    );
  }

  /** What the comment of a type says that the schema cannot. */
  private wordsOnAny(type: ts.TypeNode): string {
    const name = OF_ANY_TYPE.find((any) => new RegExp(`\\b${any}\\b`).test(type.getText())) ?? "";
    return this.declared.get(name)?.description ?? "";
  }

  private typeOf(node: ts.TypeNode, member: Member): Spec {
    if (ts.isUnionTypeNode(node)) return this.unionOf(node, member);
    if (ts.isArrayTypeNode(node)) return { type: "array", items: this.typeOf(node.elementType, singular(member)) };
    if (ts.isTypeOperatorNode(node)) return this.typeOf(node.type, member);
    if (ts.isTypeLiteralNode(node)) {
      return this.named(capitalized(member.name), firstSentence(member.description), membersOf(node.members));
    }
    if (ts.isTypeReferenceNode(node)) return this.referenceOf(node, member);
    switch (node.kind) {
      case ts.SyntaxKind.StringKeyword:
        return { type: "string" };
      case ts.SyntaxKind.BooleanKeyword:
        return { type: "boolean" };
      case ts.SyntaxKind.NumberKeyword:
        return { type: INTEGERS.includes(member.name) ? "integer" : "number" };
      case ts.SyntaxKind.UnknownKeyword:
        return ANY;
      default:
        throw new Error(`the schema has no type for ${member.name}: ${node.getText()}`);
    }
  }

  private unionOf({ types }: ts.UnionTypeNode, member: Member): Spec {
    const present = types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword);
    const [only, ...others] = present;
    if (only !== undefined && others.length === 0) return this.typeOf(only, member);
    if (present.every((one) => ts.isLiteralTypeNode(one) && ts.isStringLiteral(one.literal))) return { type: "string" };
    throw new Error(`the schema has no type for ${member.name}, which may be of several`);
  }

  private referenceOf(node: ts.TypeReferenceNode, member: Member): Spec {
    const name = node.typeName.getText();
    const [first, second] = node.typeArguments ?? [];
    if (OF_ANY_TYPE.includes(name)) return ANY;
    if (WRAPPERS.includes(name) && first !== undefined) return this.typeOf(first, member);
    if (name === "Record" && second !== undefined) {
      return { type: "object", additionalProperties: this.typeOf(second, member) };
    }
    const declared = this.declared.get(name);
    if (declared === undefined) throw new Error(`the schema has no type for ${member.name}: ${node.getText()}`);
    return this.named(name.replace(/Args$/, ""), declared.description, declared.members);
  }

  private named(name: string, description: string, members: readonly Member[]): Spec {
    const token = `${this.prefix}:index:${name}`;
    if (this.specs[token] === undefined) {
      const secrets = this.secretsOf(name);
      const properties = this.properties(members);
      for (const secret of secrets) properties[secret] = { ...properties[secret], secret: true };
      this.specs[token] = { ...objectOf(members, properties), description };
    }
    return { $ref: `#/types/${token}` };
  }
}

/** The type of an object with these properties. */
export function objectOf(
  members: readonly Member[],
  properties: Record<string, Spec>,
): Omit<ObjectSpec, "description"> {
  const required = members.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  return { type: "object", properties, ...(required.length > 0 && { required }) };
}

const singular = (member: Member): Member => ({ ...member, name: member.name.replace(/s$/, "") });

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const firstSentence = (text: string): string => text.replace(/(?<=\.) .*/, "");
