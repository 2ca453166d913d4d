/**
 * What stands in every resource's state as `__provider`: CommonJS source whose `handler` returns the provider.
 * It is in users' states for ever and the engine runs it for their every `delete` and `refresh`: never edit it.
 * The fallback serves package managers that hide dependencies of dependencies from the working directory (pnpm).
 */
export const PROVIDER_SOURCE =
  'const p="pulumi-connect-evaluations/provider";exports.handler=()=>{try{return require(p)}catch(e){if(e.code!=="MODULE_NOT_FOUND")throw e;return require.main.require(p)}};';
