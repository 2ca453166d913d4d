// Who may import whom. A part may import those that its line names, and nothing else of its package.
const PROVIDER = {
  shared: [],
  aws: ["shared"],
  connect: ["aws", "shared"],
  presence: ["connect", "aws", "shared"],
  grading: ["presence", "connect", "aws", "shared"],
  work: ["grading", "presence", "connect", "shared"],
  identity: ["work", "connect", "aws", "shared"],
  verbs: ["identity", "work", "grading", "presence", "connect", "aws", "shared"],
  dynamic: ["shared"],
  program: ["dynamic", "shared"],
  plugin: ["verbs", "identity", "aws", "shared"],
  importFile: ["verbs", "identity", "grading", "connect", "aws", "dynamic", "shared"],
  "getContactEvaluations.ts": ["program", "verbs", "shared"],
  "index.ts": ["getContactEvaluations.ts", "program", "shared"],
  "provider.ts": ["verbs", "dynamic", "shared"],
  "cli.ts": ["importFile", "shared"],
};

const EMULATOR = {
  wire: [],
  sts: ["wire"],
  connect: ["wire"],
  setup: ["connect", "wire"],
  control: ["emulator.ts", "inventory.ts", "behaviour.ts", "requests.ts", "version.ts", "connect", "wire"],
  "emulator.ts": ["state.ts", "behaviour.ts", "options.ts", "requests.ts", "setup", "connect", "wire"],
};

// The one part of the provider that uses each package of the AWS SDK.
const SDK = {
  "@aws-sdk/client-connect": "connect",
  "@aws-sdk/client-sts": "aws",
  "@aws-sdk/credential-providers": "aws",
};

const SOURCE = "^provider/src/";

// What start time a plugin has goes with what it loads.
const GRPC = ["@grpc/grpc-js", "google-protobuf"];

function walls(folder, parts) {
  const part = (name) => (name.endsWith(".ts") ? `^${folder}/${name}$` : `^${folder}/${name}/`);
  return Object.entries(parts).map(([name, allowed]) => ({
    name: `${folder}/${name} imports ${allowed.join(", ") || "no other part"}`,
    severity: "error",
    from: { path: part(name) },
    to: { path: `^${folder}/`, pathNot: [name, ...allowed].map(part) },
  }));
}

module.exports = {
  forbidden: [
    ...walls("provider/src", PROVIDER),
    ...walls("emulator/src", EMULATOR),
    {
      name: "operations of the emulator do not import each other",
      severity: "error",
      from: { path: "^emulator/src/(connect|sts)/operations/", pathNot: "/index\\.ts$" },
      to: { path: "^emulator/src/(connect|sts)/operations/" },
    },
    ...Object.entries(SDK).map(([name, user]) => ({
      name: `only provider/src/${user} uses ${name}`,
      severity: "error",
      from: { path: SOURCE, pathNot: `${SOURCE}${user}/` },
      to: { path: `node_modules/${name}/` },
    })),
    ...GRPC.map((name) => ({
      name: `only provider/src/plugin uses ${name}`,
      severity: "error",
      from: { path: SOURCE, pathNot: `${SOURCE}plugin/` },
      to: { path: `node_modules/${name}/` },
    })),
    {
      name: "of @pulumi/pulumi, the plugin uses the messages of its protocol alone",
      severity: "error",
      from: { path: `${SOURCE}plugin/` },
      to: { path: "node_modules/@pulumi/pulumi/", pathNot: "node_modules/@pulumi/pulumi/proto/" },
    },
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
