/**
 * What stands in every resource's state as `__provider`: CommonJS source whose `handler` returns the provider.
 * It is in users' states for ever and the engine runs it for their every `delete` and `refresh`: never edit it.
 *
 * The engine looks for modules from the program's folder. Two more places serve package managers that hide dependencies
 * of dependencies from there: the main module's paths (pnpm, bun), and where pnpm keeps its links to a global store.
 * Whoever removes the package too early reads one sentence. The engine shows the message of the error with the resource,
 * and its stack, which is emptied, with the stack.
 */
export const PROVIDER_SOURCE =
  "let p='pulumi-connect-evaluations';" +
  "module.paths.push(...require.main.paths,...module.paths.map(d=>d+'/.pnpm/node_modules'));" +
  "exports.handler=()=>{try{return require(p+'/provider')}catch(e){e.stack='';" +
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source.
  "e.message=`Install ${p} in ${process.cwd()} and keep it while the stack has evaluations:${/ .*/.exec(e)}`;throw e}}";
