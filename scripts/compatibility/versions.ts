import repository from "../../package.json";
import manifest from "../../provider/package.json";

/** The versions that are tried. The page names them; raise them before it is made anew. */

/** The oldest SDK that the package allows. */
export const MINIMUM_SDK = manifest.peerDependencies["@pulumi/pulumi"].replace("^", "");

/** The newest SDK that the package is known to work with. */
export const NEWEST_SDK = "3.270.0";

/** The SDK that the package is developed with, the last one that supports Node.js 20. */
export const OWN_SDK = repository.devDependencies["@pulumi/pulumi"];

/** The newest release of each line of Node.js. */
export const NODES = ["20.20.2", "22.23.3", "24.21.0", "26.10.0"] as const;

/** What everything else is tried with: the Node.js that most people have, and the newest SDK. */
export const USUAL = { node: "24.21.0", sdk: NEWEST_SDK } as const;

/** The compilers whose users can read the declarations. */
export const TYPESCRIPTS = ["4.9.5", "5.0.4", "5.9.3", "6.0.3", "7.0.2"] as const;

/** Package managers and bundlers, by the name of their npm package. */
export const TOOLS = {
  npm: "12.2.1",
  pnpm: "12.21.0",
  pnpm10: repository.devDependencies.pnpm,
  yarn: "1.22.22",
  "@yarnpkg/cli-dist": "4.18.1",
  bun: "1.4.5",
  esbuild: "0.28.2",
} as const;
