import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

/** The public interfaces and the class, as the source declares them, with their comments. */

const FOLDER = path.resolve(__dirname, "../../provider/src");

const FILES = [
  "shared/model.ts",
  "program/contactEvaluation.ts",
  "program/explicitProvider.ts",
  "getContactEvaluations.ts",
];

export interface Member {
  name: string;
  /** What the comment says, in one line. */
  description: string;
  isRequired: boolean;
  type: ts.TypeNode;
}

export interface Declared {
  name: string;
  description: string;
  members: Member[];
}

/** The interfaces, classes, and other types of these files, by name. */
export function declarations(): ReadonlyMap<string, Declared> {
  const found = FILES.flatMap((file) => {
    const text = fs.readFileSync(path.join(FOLDER, file), "utf8");
    return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true).statements.flatMap(declaredBy);
  });
  return new Map(found.map((one) => [one.name, one]));
}

function declaredBy(statement: ts.Statement): Declared[] {
  if (ts.isTypeAliasDeclaration(statement)) {
    return [{ name: statement.name.text, description: commentOf(statement), members: [] }];
  }
  if (!ts.isInterfaceDeclaration(statement) && !ts.isClassDeclaration(statement)) return [];
  const members: readonly ts.Node[] = statement.members;
  return [{ name: statement.name?.text ?? "", description: commentOf(statement), members: membersOf(members) }];
}

/** The properties among the members; what begins with underscores is hidden. */
export function membersOf(members: readonly ts.Node[]): Member[] {
  return members.flatMap((member) => {
    if (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member)) return [];
    const { name, type, questionToken } = member;
    if (type === undefined || !ts.isIdentifier(name) || name.text.startsWith("_")) return [];
    const isRequired = questionToken === undefined && !type.getText().includes("| undefined");
    return [{ name: name.text, description: commentOf(member), isRequired, type }];
  });
}

function commentOf(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node);
  return (ts.getTextOfJSDocComment(comment?.comment) ?? "").replaceAll(/\s+/g, " ").trim();
}
