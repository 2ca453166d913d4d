/**
 * What stands in every resource's state as `__provider`: CommonJS source whose `handler` returns the provider. It is in
 * users' states for ever: never edit it.
 *
 * The engine looks for modules from the program's folder. Two more places serve package managers that hide dependencies
 * of dependencies from there: the main module's paths (pnpm, bun), and where pnpm keeps its links to a global store.
 */
const PATHS = "module.paths.push(...require.main.paths,...module.paths.map(d=>d+'/.pnpm/node_modules'));";

/**
 * Among the outputs, which the engine runs for every `delete` and `refresh`. Whoever removed the package too early reads
 * one sentence: the engine shows the message of the error with the resource, and its stack, which is emptied, with the
 * stack.
 */
export const PROVIDER_SOURCE =
  `let p='pulumi-connect-evaluations';${PATHS}` +
  "exports.handler=()=>{try{return require(p+'/provider')}catch(e){e.stack='';" +
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source.
  "e.message=`Install ${p} in ${process.cwd()} and keep it while the stack has evaluations:${/ .*/.exec(e)}`;throw e}}";

/** Among the inputs, which the engine runs for a program that has just loaded the package: every byte counts. */
export const DECLARED_SOURCE = `${PATHS}exports.handler=()=>require('pulumi-connect-evaluations/provider')`;

/** Gives properties the source that is to stand in the state; Pulumi's SDK copies another one over it. */
export function withSource<T extends object>(properties: T, source: string): T & { __provider: string } {
  const __provider = { get: () => source, set: () => undefined, enumerable: true };
  return Object.defineProperties(properties, { __provider }) as T & { __provider: string };
}
