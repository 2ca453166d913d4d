// Preloaded into every Node.js process of an engine run (NODE_OPTIONS), so that a test can end those it started, by
// their ids: each process writes its own id, its parent's, and the script that it runs.
const fs = require("node:fs");

fs.appendFileSync(process.env.TEST_PID_FILE, `${process.pid} ${process.ppid} ${process.argv[1] ?? ""}\n`);
