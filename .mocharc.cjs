const os = require("node:os");

module.exports = {
  require: ["tsx"],
  extension: ["ts"],
  parallel: true,
  // No more than there are processors: hardly a test waits for the clock, and four at once on two take a fifth longer.
  jobs: os.availableParallelism(),
  timeout: 180_000,
};
