/**
 * What stands in every resource's state as `__provider`: CommonJS source whose `handler` returns the provider.
 * It is in users' states for ever and the engine runs it for their every `delete` and `refresh`: never edit it.
 * The engine looks for modules from the program's folder; the main module's paths serve package managers that hide
 * dependencies of dependencies from there (pnpm).
 */
export const PROVIDER_SOURCE =
  "module.paths.push(...require.main.paths);exports.handler=()=>require('pulumi-connect-evaluations/provider')";
