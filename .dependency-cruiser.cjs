// Who may import whom. A part of the provider may import those that its line names, and nothing else of the provider.
const PROVIDER = {
  shared: [],
  aws: ["shared"],
  connect: ["aws", "shared"],
  lifecycle: ["connect", "aws", "shared"],
  dynamic: ["shared"],
  program: ["dynamic", "shared"],
  importFile: ["lifecycle", "connect", "aws", "dynamic", "shared"],
  "index.ts": ["program", "shared"],
  "provider.ts": ["lifecycle", "aws", "dynamic", "shared"],
  "cli.ts": ["importFile", "shared"],
};

// The one part of the provider that uses each package of the AWS SDK.
const SDK = {
  "@aws-sdk/client-connect": "connect",
  "@aws-sdk/client-sts": "aws",
  "@aws-sdk/credential-providers": "aws",
};

const SOURCE = "^provider/src/";
const part = (name) => (name.endsWith(".ts") ? `${SOURCE}${name}$` : `${SOURCE}${name}/`);

module.exports = {
  forbidden: [
    ...Object.entries(PROVIDER).map(([name, allowed]) => ({
      name: `provider/src/${name} imports ${allowed.join(", ") || "no other part"}`,
      severity: "error",
      from: { path: part(name) },
      to: { path: SOURCE, pathNot: [name, ...allowed].map(part) },
    })),
    ...Object.entries(SDK).map(([name, user]) => ({
      name: `only provider/src/${user} uses ${name}`,
      severity: "error",
      from: { path: SOURCE, pathNot: part(user) },
      to: { path: `node_modules/${name}/` },
    })),
    {
      name: "provider and emulator do not know each other",
      severity: "error",
      from: { path: "^(provider|emulator)/src/" },
      to: { path: "^(provider|emulator)/src/", pathNot: "^$1/src/" },
    },
    {
      name: "published code imports neither tests nor scripts",
      severity: "error",
      from: { path: "^(provider|emulator)/src/" },
      to: { path: "^(test|bench|scripts|examples)/" },
    },
    { name: "no circle", severity: "error", from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules|/dist/" },
    tsConfig: { fileName: "tsconfig.json" },
    // Types count: a type-only import is knowledge of the other part too.
    tsPreCompilationDeps: true,
  },
};
