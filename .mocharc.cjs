const os = require("node:os");

module.exports = {
  require: ["tsx"],
  extension: ["ts"],
  parallel: true,
  // One more than there are processors, since some tests wait: for what is silent, or for a process of its own. Two at once on
  // two take a tenth longer, and four take more processor time.
  jobs: os.availableParallelism() + 1,
  timeout: 180_000,
};
