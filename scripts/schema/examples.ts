import * as fs from "node:fs";
import * as path from "node:path";

const PAGE = path.resolve(__dirname, "../../docs/any-language.md");

/** The languages of the page's example, as a registry knows them. */
const LANGUAGES = ["typescript", "python", "go", "csharp", "yaml"] as const;

/** The example of docs/any-language.md in every language, as a registry shows examples. */
export function exampleUsage(): string {
  const [, section = ""] = /^## The first evaluation$([\s\S]*?)^## /m.exec(fs.readFileSync(PAGE, "utf8")) ?? [];
  const programs = LANGUAGES.map((language) => {
    const [program] = new RegExp(`^\`\`\`${language}\\n[\\s\\S]*?^\`\`\`$`, "m").exec(section) ?? [];
    if (program === undefined) throw new Error(`${PAGE} has no example in ${language}`);
    return program;
  });
  const example = ["{{% example %}}", "### The first evaluation", "", programs.join("\n\n"), "{{% /example %}}"];
  return ["{{% examples %}}", "## Example Usage", "", ...example, "{{% /examples %}}"].join("\n");
}
